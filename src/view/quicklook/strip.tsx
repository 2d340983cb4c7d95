import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { PictureModel } from '../../model/quicklook/picture.js';
import { formatCount, shortest, withMinus } from '../shared/format.js';

/** Below a picture: the plane of a cube, and how coarsely it is shown. */
export function PictureStrip(props: {
  readonly picture: PictureModel;
  readonly trans: TranslationBundle;
}): JSX.Element | null {
  const { picture, trans } = props;
  const { reduction } = picture;
  const isCube = picture.image.planes > 1;
  if (!isCube && reduction === 1) {
    return null;
  }
  return (
    <div className="jp-Obsdeck-QuickLook-strip">
      {isCube && <PlaneSlider picture={picture} trans={trans} />}
      <span role="status">
        {reduction > 1 && trans.__('Shown at 1/%1 of its size.', reduction)}
      </span>
    </div>
  );
}

/** Chooses the plane of a cube, and tells what it stands for. */
function PlaneSlider(props: {
  readonly picture: PictureModel;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { picture, trans } = props;
  const { plane, image } = picture;
  const words = planeWords(picture, trans);
  return (
    <label className="jp-Obsdeck-QuickLook-plane">
      {trans.__('Plane')}
      <input
        type="range"
        min={1}
        max={image.planes}
        value={plane + 1}
        aria-valuetext={words}
        onChange={event => picture.setPlane(Number(event.target.value) - 1)}
      />
      <output>{words}</output>
    </label>
  );
}

function planeWords({ plane, image }: PictureModel, trans: TranslationBundle): string {
  const { planeAxis: axis } = image;
  const value = axis?.values[plane];
  const place = trans.__('%1 of %2', formatCount(plane + 1), formatCount(image.planes));
  if (!axis || value === undefined || !Number.isFinite(value)) {
    return place;
  }
  const number = withMinus(shortest(Number(value.toPrecision(7))));
  return `${place}, ${axis.name} ${number} ${axis.unit}`.trim();
}
