import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { PictureModel } from '../../model/quicklook/picture.js';
import { pixelOf } from '../../model/quicklook/pointer.js';
import {
  formatPosition,
  formatPositionSexagesimal,
  NULL_TEXT,
  shortest,
  withMinus
} from '../shared/format.js';

/** What is told of a place on a picture. */
export interface IReadOut {
  /** Position in degrees; empty where none is known. */
  readonly degrees: string;
  readonly sexagesimal: string;
  /** Pixel, counted from 1 as FITS does, and its value. */
  readonly pixel: string;
}

/** What is told of the place below the pointer; null where there is none. */
export function readOutOf(
  picture: PictureModel,
  trans: TranslationBundle
): IReadOut | null {
  const { at, value } = picture.pointer;
  if (!at) {
    return null;
  }
  const position = picture.sky?.position(at);
  const pixel = trans.__('x %1, y %2', pixelOf(at.x) + 1, pixelOf(at.y) + 1);
  return {
    degrees: position ? formatPosition(position.ra, position.dec) : '',
    sexagesimal: position ? formatPositionSexagesimal(position.ra, position.dec) : '',
    pixel: value === null ? pixel : `${pixel}: ${valueWords(value, picture.image.unit)}`
  };
}

/** Position and value below the pointer. */
export function PositionView(props: {
  readonly picture: PictureModel;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { picture, trans } = props;
  const told = readOutOf(picture, trans);
  return (
    // Read at will and not aloud: it changes with each movement of the pointer.
    <div
      className="jp-Obsdeck-QuickLook-position"
      role="status"
      aria-live="off"
      aria-label={trans.__('Position')}
    >
      {told && (
        <>
          <span>{told.degrees}</span>
          <span>{told.sexagesimal}</span>
          <span>{told.pixel}</span>
        </>
      )}
    </div>
  );
}

function valueWords(value: string, unit: string): string {
  if (value === '') {
    return NULL_TEXT;
  }
  const number = Number(value);
  const isSingle = Math.fround(number) === number;
  return `${withMinus(shortest(number, isSingle))} ${unit}`.trim();
}
