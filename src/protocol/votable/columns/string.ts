import { type Data, makeData, Utf8 } from 'apache-arrow';

import { copyResolved } from '../references.js';
import { asUtf8, isUtf8, NEEDS_CARE } from '../utf8.js';
import type { IBinaryInput, IBytes, IDirectColumn, ReportRepair } from './column.js';
import { type ITextFormat, measureText } from './textsize.js';
import { TextStore } from './textstore.js';
import { grown, reusable, taken, Validity } from './validity.js';

const AMPERSAND = 0x26;

/** `char` and `unicodeChar` of any one-dimensional size, as UTF-8. */
export class StringColumn implements IDirectColumn {
  readonly type = new Utf8();
  readonly keepsBlanks = true;
  readonly size: number | null;

  /**
   * @param magic - the `VALUES null` text, or null
   * @param report - told of characters that had to be replaced
   */
  constructor(
    private readonly _format: ITextFormat,
    magic: string | null,
    private readonly _report: ReportRepair
  ) {
    const { unit, length } = _format;
    // A fixed `unicodeChar` has more than one size to writers that count characters.
    this.size = unit === 1 ? length : null;
    this._magic = magic === null ? null : new TextEncoder().encode(magic);
  }

  get length(): number {
    return this._validity.length;
  }

  appendNull(): void {
    this._close(false);
  }

  appendText(bytes: Uint8Array, start: number, end: number, plain: boolean): boolean {
    this._text.reserve(end - start);
    const { bytes: out, used } = this._text;
    let to = used;
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (NEEDS_CARE[byte] !== 0 && !plain) {
        return this._appendCareful(bytes, start, end);
      }
      out[to++] = byte;
    }
    this._text.used = to;
    this._close(true);
    return true;
  }

  readText(input: IBytes, start: number, end: number): number {
    const stop = this._text.copyCell(input, start, end);
    if (stop >= 0) {
      this._close(true);
    }
    return stop;
  }

  dropLast(): void {
    this._validity.dropLast();
    this._text.used = this._offsets[this._validity.length];
  }

  measure(input: IBinaryInput, at: number, end: number): number {
    return measureText(this._format, input, at, end);
  }

  appendBinary(input: IBinaryInput, at: number): void {
    const start = this._format.length === null ? at + 4 : at;
    const size = this.measure(input, at, input.bytes.length);
    this.appendUnits(input, start, at + size);
  }

  /** Adds a string given by its code units, which ends at the first NUL if there is one. */
  appendUnits(input: IBytes, start: number, end: number): void {
    if (this._format.unit === 2) {
      this._text.copyUtf16(input, start, end);
      this._close(true);
    } else if (this._text.copyAscii(input, start, end)) {
      this._close(true);
    } else {
      this._appendRepaired(input.bytes.subarray(start, end));
    }
  }

  take(): Data {
    const { length } = this._validity;
    const data = makeData({
      type: this.type,
      length,
      valueOffsets: taken(this._offsets, length + 1),
      data: this._text.take(),
      ...this._validity.take()
    });
    this._offsets = reusable(this._offsets, length + 1);
    return data;
  }

  private _appendRepaired(units: Uint8Array): void {
    const end = units.indexOf(0);
    const { bytes, repaired } = asUtf8(end < 0 ? units : units.subarray(0, end));
    if (repaired) {
      this._report('has bytes that are not UTF-8');
    }
    this.appendText(bytes, 0, bytes.length, true);
  }

  /** Adds well-formed UTF-8 without control characters, and resolves its references. */
  private _appendCareful(bytes: Uint8Array, start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (byte < 0x80 && NEEDS_CARE[byte] !== 0 && byte !== AMPERSAND) {
        return false;
      }
    }
    if (!isUtf8(bytes, start, end)) {
      return false;
    }
    const { bytes: out, used } = this._text;
    this._text.used = copyResolved(bytes, start, end, out, used);
    this._close(true);
    return true;
  }

  /** Ends a cell, whose text is what came behind the one before. */
  private _close(valid: boolean): void {
    const row = this._validity.length;
    const start = this._offsets[row];
    const isValue = valid && !this._isMagic(start);
    if (!isValue) {
      this._text.used = start;
    }
    this._validity.append(isValue);
    if (row + 1 >= this._offsets.length) {
      this._offsets = grown(this._offsets, 0);
    }
    this._offsets[row + 1] = this._text.used;
  }

  /** True if the text from here on is the magic one. */
  private _isMagic(start: number): boolean {
    const { bytes, used } = this._text;
    const magic = this._magic;
    return (
      magic !== null &&
      magic.length === used - start &&
      magic.every((byte, index) => bytes[start + index] === byte)
    );
  }

  private readonly _magic: Uint8Array | null;
  private readonly _text = new TextStore();
  private _offsets = grown(new Int32Array(0), 0);
  private readonly _validity = new Validity();
}
