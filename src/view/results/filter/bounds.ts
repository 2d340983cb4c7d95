import {
  findSpectralUnit,
  parseSpectral,
  toMetre
} from '../../../protocol/spectral.js';
import { parseTime } from '../../../protocol/time.js';
import type { IResultColumn } from '../columns.js';

/** What is wrong with a bound: it is no number, no time, or has no unit that is known. */
export type BoundProblem = 'number' | 'time' | 'spectral' | 'size' | 'order';

/** A range as typed, in the unit of the header, and what is wrong with it. */
export interface IRange {
  /** Smallest value of the column; null where the range is open or not understood. */
  readonly min: number | bigint | null;
  readonly max: number | bigint | null;
  /** What is wrong with the text for the lower bound; null where nothing is. */
  readonly from: BoundProblem | null;
  readonly until: BoundProblem | null;
}

/** A bound of a column. */
interface IBound {
  readonly value: number | bigint;
  /** True where a larger value typed is a smaller one stored, as for frequencies. */
  readonly inverse?: boolean;
}

type Edge = 'start' | 'end';

/**
 * Read a range for a column: numbers in the unit of its header, times as ISO or MJD (UTC),
 * wavelengths and sizes with a unit, because those columns choose one for each cell.
 */
export function parseRange(column: IResultColumn, from: string, until: string): IRange {
  const lower = parseBound(column, from, 'start');
  const upper = parseBound(column, until, 'end');
  const problems = { from: problemOf(lower), until: problemOf(upper) };
  const bounds = orderBounds(boundOf(lower), boundOf(upper));
  const { min, max } = bounds;
  if (min !== null && max !== null && min > max) {
    return { min: null, max: null, from: problems.from, until: 'order' };
  }
  return { ...bounds, ...problems };
}

/** Where a typed bound belongs: the lower frequency is the longer wavelength. */
function orderBounds(
  lower: IBound | null,
  upper: IBound | null
): Pick<IRange, 'min' | 'max'> {
  const isInverse = (lower ?? upper)?.inverse === true;
  const [min, max] = isInverse ? [upper, lower] : [lower, upper];
  return { min: min?.value ?? null, max: max?.value ?? null };
}

function problemOf(bound: IBound | BoundProblem | null): BoundProblem | null {
  return typeof bound === 'string' ? bound : null;
}

function boundOf(bound: IBound | BoundProblem | null): IBound | null {
  return typeof bound === 'string' ? null : bound;
}

/** A bound; null where the text is empty, which leaves the range open. */
function parseBound(
  { kind, field }: IResultColumn,
  text: string,
  edge: Edge
): IBound | BoundProblem | null {
  const plain = text.trim().replaceAll('\u2212', '-');
  if (plain === '') {
    return null;
  }
  switch (kind) {
    case 'mjd':
      return timeBound(plain, edge);
    case 'wavelength':
      return spectralBound(plain);
    case 'size':
      return sizeBound(plain);
    default:
      return numberBound(plain, field.datatype, edge);
  }
}

const HALF_SECOND = 0.5 / 86_400;

/**
 * Times are shown rounded to the second, so half a second is added: what is in the range
 * is what is seen to be. A date alone is the whole day.
 */
function timeBound(text: string, edge: Edge): IBound | 'time' {
  const mjd = parseTime(text, edge);
  if (mjd === null) {
    return 'time';
  }
  if (!text.includes('-')) {
    return { value: mjd };
  }
  const isMidnightAfter = edge === 'end' && /^\d{4}-\d\d-\d\d$/.test(text);
  const isLess = edge === 'start' || isMidnightAfter;
  return { value: mjd + (isLess ? -HALF_SECOND : HALF_SECOND) };
}

function spectralBound(text: string): IBound | 'spectral' {
  const typed = parseSpectral(text);
  const unit = typed && findSpectralUnit(typed.symbol.trim());
  if (!typed || !unit) {
    return 'spectral';
  }
  return {
    value: toMetre(typed.value, unit),
    inverse: unit.quantity !== 'wavelength'
  };
}

/** In kbyte, as `access_estsize` is (ObsCore 1.1 §3.3.4). */
const SIZES: Readonly<Record<string, number>> = {
  b: 1e-3,
  byte: 1e-3,
  kb: 1,
  kbyte: 1,
  mb: 1e3,
  gb: 1e6,
  tb: 1e9,
  pb: 1e12
};

function sizeBound(text: string): IBound | 'size' {
  const [, number, symbol] = /^([\d,.]+)\s*([a-z]+)$/i.exec(text) ?? [];
  const unit = SIZES[symbol?.toLowerCase() ?? ''];
  const value = Number(number?.replaceAll(',', '') || NaN);
  return unit === undefined || Number.isNaN(value)
    ? 'size'
    : { value: Number((value * unit).toPrecision(15)) };
}

/**
 * 32-bit floats are compared with the float nearest to what was typed, because that is
 * what is shown as it; longs beyond 2⁵³ as they are.
 */
function numberBound(text: string, datatype: string, edge: Edge): IBound | 'number' {
  const plain = text.replaceAll(',', '');
  if (datatype === 'long' && /^[+-]?\d{1,18}$/.test(plain)) {
    return { value: BigInt(plain.replace('+', '')) };
  }
  const value = Number(plain);
  if (Number.isNaN(value)) {
    return 'number';
  }
  return {
    value: datatype === 'float' ? Math.fround(value) : whole(value, datatype, edge)
  };
}

/** A bound of a long is a whole number: 1.5 or more is 2 or more. */
function whole(value: number, datatype: string, edge: Edge): number {
  if (datatype !== 'long') {
    return value;
  }
  return edge === 'start' ? Math.ceil(value) : Math.floor(value);
}
