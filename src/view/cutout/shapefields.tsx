import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ShapeModel } from '../../model/cutout/shape.js';
import { SHAPE_PLACES } from '../../model/cutout/shapetext.js';
import { TextInput } from './inputs.js';
import { placeName } from './words.js';

interface IShapeFieldsProps {
  readonly area: ShapeModel;
  readonly trans: TranslationBundle;
}

/** The fields of a shape; what is drawn stands in them, and what is typed is drawn. */
export function ShapeFields({ area, trans }: IShapeFieldsProps): JSX.Element | null {
  const { kind, problem, texts } = area;
  if (kind === null) {
    return null;
  }
  return (
    <>
      <div className="jp-Obsdeck-Cutout-line" data-kind={kind}>
        {SHAPE_PLACES[kind].map(place => (
          <TextInput
            key={place}
            label={placeName(trans, place)}
            value={texts[place] ?? ''}
            unit={trans.__('deg')}
            problem={problem?.place === place ? problem.words : null}
            onValue={text => area.setText(place, text)}
          />
        ))}
      </div>
      {problem?.place === null && (
        <p className="jp-Obsdeck-Cutout-problem" role="status">
          {problem.words}
        </p>
      )}
    </>
  );
}
