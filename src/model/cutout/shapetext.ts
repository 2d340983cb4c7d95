import {
  explainPosition,
  parsePosition,
  type IPosition
} from '../../protocol/position.js';
import { parsePolygon } from '../../protocol/polygon.js';
import { fieldNumber, parseNumber } from './numbers.js';
import type { CutoutKind, CutoutShape } from './types.js';

/** A field of a shape. */
export type ShapePlace =
  'ra' | 'dec' | 'radius' | 'corners' | 'raFrom' | 'raTo' | 'decFrom' | 'decTo';

/** What was typed for a shape, by field; degrees. */
export type ShapeTexts = Readonly<Partial<Record<ShapePlace, string>>>;

/** What typed texts stand for; null as a problem while nothing was typed. */
export type ShapeReading =
  | { readonly shape: CutoutShape }
  | { readonly place: ShapePlace; readonly problem: string | null };

/** Fields of a kind of shape, in their order. */
export const SHAPE_PLACES: Readonly<Record<CutoutKind, readonly ShapePlace[]>> = {
  circle: ['ra', 'dec', 'radius'],
  polygon: ['corners'],
  range: ['raFrom', 'raTo', 'decFrom', 'decTo']
};

/** Read what was typed for a shape. */
export function readShape(kind: CutoutKind, texts: ShapeTexts): ShapeReading {
  const empty = SHAPE_PLACES[kind].find(place => (texts[place] ?? '').trim() === '');
  return empty === undefined ? READERS[kind](texts) : { place: empty, problem: null };
}

/** A shape as it is typed, so that it reads back as the same shape. */
export function shapeTexts(shape: CutoutShape): ShapeTexts {
  const step = stepOf(shape);
  const text = (value: number): string => fieldNumber(value, step);
  switch (shape.kind) {
    case 'circle':
      return {
        ra: text(shape.at.ra),
        dec: text(shape.at.dec),
        radius: text(shape.radius)
      };
    case 'polygon':
      return {
        corners: shape.corners
          .map(({ ra, dec }) => `${text(ra)} ${text(dec)}`)
          .join(', ')
      };
    case 'range':
      return {
        raFrom: text(shape.ra[0]),
        raTo: text(shape.ra[1]),
        decFrom: text(shape.dec[0]),
        decTo: text(shape.dec[1])
      };
  }
}

type Reader = (texts: ShapeTexts) => ShapeReading;

const READERS: Readonly<Record<CutoutKind, Reader>> = {
  circle: readCircle,
  polygon: readPolygon,
  range: readRange
};

function readCircle(texts: ShapeTexts): ShapeReading {
  const at = readPlace(texts.ra ?? '', texts.dec ?? '');
  if ('problem' in at) {
    return at;
  }
  const radius = parseNumber(texts.radius ?? '');
  return radius === null || !(radius > 0 && radius <= 90)
    ? { place: 'radius', problem: WORDS.radius }
    : { shape: { kind: 'circle', at, radius } };
}

/** Hours as well as degrees: the two are read as one position. */
function readPlace(
  ra: string,
  dec: string
): IPosition | { place: ShapePlace; problem: string } {
  const text = `${ra.trim()} ${dec.trim()}`;
  const at = parsePosition(text);
  if (at !== null) {
    return at;
  }
  const why = explainPosition(text) ?? WORDS.place;
  const place = why.startsWith('Declination') || isNumber(ra) ? 'dec' : 'ra';
  return { place: why.startsWith('Right') ? 'ra' : place, problem: why };
}

/** Counter-clockwise, as services want them, in whatever order they were typed. */
function readPolygon({ corners: text = '' }: ShapeTexts): ShapeReading {
  const read = parsePolygon(text);
  return 'problem' in read
    ? { place: 'corners', problem: read.problem }
    : { shape: { kind: 'polygon', corners: read.corners } };
}

function readRange(texts: ShapeTexts): ShapeReading {
  const number = (place: ShapePlace): number | null => parseNumber(texts[place] ?? '');
  const ra = [number('raFrom'), number('raTo')] as const;
  const dec = [number('decFrom'), number('decTo')] as const;
  if (!isRa(ra[0]) || !isRa(ra[1])) {
    return { place: isRa(ra[0]) ? 'raTo' : 'raFrom', problem: WORDS.ra };
  }
  if (!isDec(dec[0]) || !isDec(dec[1])) {
    return { place: isDec(dec[0]) ? 'decTo' : 'decFrom', problem: WORDS.dec };
  }
  return dec[0] < dec[1] && ra[0] !== ra[1]
    ? { shape: { kind: 'range', ra: [ra[0], ra[1]], dec: [dec[0], dec[1]] } }
    : { place: 'decTo', problem: 'The range is empty.' };
}

const WORDS = {
  radius: 'Radius must be more than 0 and at most 90 deg.',
  place:
    'A position has a right ascension and a declination, with a dot as decimal sign.',
  corners:
    'Corners are pairs of right ascension (0 to 360) and declination (−90 to 90).',
  ra: 'Right ascension must be between 0 and 360 deg.',
  dec: 'Declination must be between -90 and 90 deg.'
} as const;

function isNumber(text: string): boolean {
  return parseNumber(text) !== null;
}

function isRa(value: number | null | undefined): value is number {
  return typeof value === 'number' && value >= 0 && value <= 360;
}

function isDec(value: number | null | undefined): value is number {
  return typeof value === 'number' && Math.abs(value) <= 90;
}

/** A thousandth of its size, so that drawing it gives no endless decimals. */
function stepOf(shape: CutoutShape): number {
  switch (shape.kind) {
    case 'circle':
      return shape.radius / 1000;
    case 'polygon':
      return spread(shape.corners.map(({ dec }) => dec)) / 1000;
    case 'range':
      return spread(shape.dec) / 1000;
  }
}

function spread(values: readonly number[]): number {
  const size = Math.max(...values) - Math.min(...values);
  return Math.min(1, Math.max(size, 1e-6));
}
