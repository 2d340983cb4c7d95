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
    for (const part of cut(bytes.subarray(start, end), this._format)) {
      this._child.appendText(part, 0, part.length, true);
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
      const part = input.bytes.subarray(from, Math.min(from + step, end));
      const { length: bytes } = withoutPadding(part, unit);
      this._child.appendUnits(input, from, from + bytes);
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

/**
 * Cuts one run of text into strings of equal width. Width is in bytes of UTF-8 for
 * `char` (VOTable 1.6) and in UTF-16 units for `unicodeChar`; where that would cut a
 * character in two, it was meant in characters.
 */
function cut(bytes: Uint8Array, { width, unit }: IStringsFormat): Uint8Array[] {
  const step = Math.max(width, 1);
  const isAscii = bytes.every(byte => byte < 0x80);
  if (isAscii || unit === 1) {
    const parts = slices(bytes.length, step).map(([from, to]) =>
      bytes.subarray(from, to)
    );
    if (isAscii || parts.every(part => isUtf8(part, 0, part.length))) {
      return parts.map(part => withoutPadding(part, 1));
    }
  }
  const text = new TextDecoder().decode(bytes);
  const characters = unit === 1 ? [...text] : text.split('');
  return slices(characters.length, step).map(([from, to]) =>
    new TextEncoder().encode(characters.slice(from, to).join('').trimEnd())
  );
}

function slices(length: number, step: number): [number, number][] {
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => [
    index * step,
    (index + 1) * step
  ]);
}

/** Short strings are filled up with blanks or NULs. */
function withoutPadding(units: Uint8Array, unit: 1 | 2): Uint8Array {
  let end = units.length;
  while (end >= unit && isPadding(units, end, unit)) {
    end -= unit;
  }
  return units.subarray(0, end);
}

function isPadding(units: Uint8Array, end: number, unit: 1 | 2): boolean {
  const low = units[end - 1];
  return (low === 32 || low === 0) && (unit === 1 || units[end - 2] === 0);
}
