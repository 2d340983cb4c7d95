import { formatDegrees } from '../../protocol/position.js';
import {
  formatKbytes,
  formatMjd,
  formatWavelength,
  shortest,
  withMinus
} from '../shared/format.js';

/** How the cells of a column are written. */
export type ColumnKind =
  | 'text'
  | 'number'
  | 'single'
  | 'integer'
  | 'boolean'
  | 'degrees'
  | 'mjd'
  | 'wavelength'
  | 'size'
  | 'array'
  | 'singleArray';

/** Decimals of positions in the grid; the record shows five. */
const GRID_DECIMALS = 4;

/** Elements of an array that a cell shows. */
const ARRAY_LIMIT = 200;

/**
 * A value for the screen, without its unit unless the unit depends on the value.
 *
 * @returns null where there is no value; a NaN of a quantity is none
 */
export function cellText(kind: ColumnKind, value: unknown): string | null {
  if (typeof value === 'number') {
    return numberText(kind, value);
  }
  if (typeof value === 'bigint' && kind !== 'integer') {
    // A long as a quantity is written with three digits anyway.
    return numberText(kind, Number(value));
  }
  const plain = plainText(kind, value);
  return plain === null || kind === 'text' ? plain : withMinus(plain);
}

/**
 * A value as exact as it is stored, with ASCII minus: what reads back as the same value.
 *
 * @returns null where there is no value
 */
export function plainText(kind: ColumnKind, value: unknown): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return shortest(value, kind === 'single' || kind === 'singleArray');
    case 'object':
      return isIterable(value) ? arrayText(kind, value) : String(value);
    default:
      return String(value);
  }
}

function numberText(kind: ColumnKind, value: number): string | null {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? null : withMinus(String(value));
  }
  switch (kind) {
    case 'degrees':
      return formatDegrees(value, GRID_DECIMALS);
    case 'mjd':
      return formatMjd(value);
    case 'wavelength':
      return withMinus(formatWavelength(value));
    case 'size':
      return formatKbytes(value);
    default:
      return withMinus(shortest(value, kind === 'single'));
  }
}

/** Elements joined by blanks, as TABLEDATA writes them; inner arrays in parentheses. */
function arrayText(kind: ColumnKind, values: Iterable<unknown>): string {
  const parts: string[] = [];
  for (const value of values) {
    if (parts.length === ARRAY_LIMIT) {
      parts.push('\u2026');
      break;
    }
    const text = plainText(kind, value) ?? 'null';
    parts.push(typeof value === 'object' && value !== null ? `(${text})` : text);
  }
  return parts.join(' ');
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
