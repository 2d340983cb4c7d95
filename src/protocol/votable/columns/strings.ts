import { type Data, Field, List, makeData } from 'apache-arrow';

import { isUtf8, NEEDS_CARE } from '../utf8.js';
import type { IBinaryInput, IColumn } from './column.js';
import type { StringColumn } from './string.js';
import { type ITextFormat, measureText } from './textsize.js';
import { grown, reusable, taken, Validity } from './validity.js';

/** How the strings of an `ax*` column are stored. */
export interface IStringsFormat extends ITextFormat {
  /** Code units of each string: the first axis. */
  readonly width: number;
}

/** Lists of fixed-width strings (`char` or `unicodeChar` of two or more axes). */
export class StringsColumn implements IColumn {
  readonly type: List;
  readonly keepsBlanks = true;
  readonly size: number | null;

  constructor(
    private readonly _format: IStringsFormat,
    private readonly _child: StringColumn
  ) {
    const { length, unit } = _format;
    // A fixed `unicodeChar` has more than one size to writers that count characters.
    this.size = unit === 1 ? length : null;
    this.type = new List(new Field('item', _child.type, true));
  }

  get length(): number {
    return this._validity.length;
  }

  appendNull(): void {
    this._close(false);
  }

  appendText(bytes: Uint8Array, start: number, end: number, plain: boolean): boolean {
    if (!plain && needsCare(bytes, start, end)) {
      return false;
    }
    const { unit } = this._format;
    const width = Math.max(this._format.width, 1);
    const weigh = isCutInTwo(bytes, start, end, width, WEIGHTS[unit])
      ? asOne
      : WEIGHTS[unit];
    for (let from = start; from < end;) {
      const { to } = stringEnd(bytes, from, end, width, weigh);
      this._child.appendText(bytes, from, withoutPadding(bytes, from, to, 1), true);
      from = to;
    }
    this._close(true);
    return true;
  }

  measure(input: IBinaryInput, at: number, end: number): number {
    return measureText(this._format, input, at, end);
  }

  appendBinary(input: IBinaryInput, at: number): void {
    const { unit, length, width } = this._format;
    const size = this.measure(input, at, input.bytes.length);
    const end = at + size;
    const step = Math.max(width, 1) * unit;
    for (let from = length === null ? at + 4 : at; from < end; from += step) {
      const to = Math.min(from + step, end);
      const stop = withoutPadding(input.bytes, from, to, unit);
      this._child.appendUnits(input, from, stop);
    }
    this._close(true);
  }

  take(): Data {
    const { length } = this._validity;
    const data = makeData({
      type: this.type,
      length,
      valueOffsets: taken(this._offsets, length + 1),
      child: this._child.take(),
      ...this._validity.take()
    });
    this._offsets = reusable(this._offsets, length + 1);
    return data;
  }

  private _close(valid: boolean): void {
    this._validity.append(valid);
    if (this._validity.length >= this._offsets.length) {
      this._offsets = grown(this._offsets, 0);
    }
    this._offsets[this._validity.length] = this._child.length;
  }

  private _offsets = grown(new Int32Array(0), 0);
  private readonly _validity = new Validity();
}

function needsCare(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] < 0x80 && NEEDS_CARE[bytes[at]] !== 0) {
      return true;
    }
  }
  return !isUtf8(bytes, start, end);
}

/** How much of a string's width a character takes, given its bytes of UTF-8. */
type Weigh = (bytes: number) => number;

/** Width is in bytes for `char` (VOTable 1.6) and in UTF-16 units for `unicodeChar`. */
const WEIGHTS: Readonly<Record<1 | 2, Weigh>> = {
  1: bytes => bytes,
  2: bytes => (bytes === 4 ? 2 : 1)
};

/** Where strings would be cut within a character, their width was meant in characters. */
const asOne: Weigh = () => 1;

/** True if strings of this width would end within a character. */
function isCutInTwo(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  weigh: Weigh
): boolean {
  for (let from = start; from < end;) {
    const { to, left } = stringEnd(bytes, from, end, width, weigh);
    if (left < 0) {
      return true;
    }
    from = to;
  }
  return false;
}

/**
 * Where the string of a width ends that begins at `start`.
 *
 * @returns with what is left of the width: less than 0 within a character
 */
function stringEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  weigh: Weigh
): { readonly to: number; readonly left: number } {
  let to = start;
  let left = width;
  while (left > 0 && to < end) {
    const size = characterBytes(bytes[to]);
    left -= weigh(size);
    to += size;
  }
  return { to, left };
}

/** Bytes of the character of UTF-8 that begins with this one. */
function characterBytes(first: number): number {
  if (first < 0x80) {
    return 1;
  }
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** Where a string ends without the blanks or NULs that short ones are filled up with. */
function withoutPadding(
  bytes: Uint8Array,
  start: number,
  end: number,
  unit: 1 | 2
): number {
  let to = end;
  while (to >= start + unit && isPadding(bytes, to, unit)) {
    to -= unit;
  }
  return to;
}

function isPadding(bytes: Uint8Array, end: number, unit: 1 | 2): boolean {
  const low = bytes[end - 1];
  return (low === 32 || low === 0) && (unit === 1 || bytes[end - 2] === 0);
}
