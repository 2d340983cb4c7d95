import { type Data, makeData, Utf8 } from 'apache-arrow';

import { copyResolved } from '../references.js';
import { asUtf8, copyUtf16, isUtf8, NEEDS_CARE } from '../utf8.js';
import type { IBinaryInput, IColumn, ReportRepair } from './column.js';
import { type ITextFormat, measureText } from './textsize.js';
import { fresh, grown, used, Validity } from './validity.js';

const AMPERSAND = 0x26;

/** Largest length that Arrow's 32-bit offsets can hold in one batch. */
const MAX_BATCH_TEXT = 0x7fff_ffff;

/** `char` and `unicodeChar` of any one-dimensional size, as UTF-8. */
export class StringColumn implements IColumn {
  readonly type = new Utf8();
  readonly keepsBlanks = true;

  /**
   * @param magic - the `VALUES null` text, or null
   * @param report - told of characters that had to be replaced
   */
  constructor(
    private readonly _format: ITextFormat,
    magic: string | null,
    private readonly _report: ReportRepair
  ) {
    this._magic = magic === null ? null : new TextEncoder().encode(magic);
  }

  get length(): number {
    return this._validity.length;
  }

  appendNull(): void {
    this._close(this._used, false);
  }

  appendText(bytes: Uint8Array, start: number, end: number, plain: boolean): boolean {
    this._reserve(end - start);
    const values = this._values;
    let to = this._used;
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (NEEDS_CARE[byte] !== 0 && !plain) {
        return this._appendCareful(bytes, start, end);
      }
      values[to++] = byte;
    }
    this._close(to, true);
    return true;
  }

  measure(input: IBinaryInput, at: number, end: number): number {
    return measureText(this._format, input, at, end);
  }

  appendBinary(input: IBinaryInput, at: number): void {
    const { bytes } = input;
    const start = this._format.length === null ? at + 4 : at;
    const end = at + this.measure(input, at, bytes.length);
    this.appendUnits(bytes, start, end);
  }

  /** Adds a string given by its code units, which ends at the first NUL if there is one. */
  appendUnits(bytes: Uint8Array, start: number, end: number): void {
    if (this._format.unit === 2) {
      this._reserve(((end - start) / 2) * 3);
      this._close(copyUtf16(bytes, start, end, this._values, this._used), true);
    } else if (!this._appendAscii(bytes, start, end)) {
      this._appendRepaired(bytes.subarray(start, end));
    }
  }

  take(): Data {
    const { length } = this._validity;
    const data = makeData({
      type: this.type,
      length,
      valueOffsets: used(this._offsets, length + 1),
      data: used(this._values, this._used),
      ...this._validity.take()
    });
    this._offsets = fresh(this._offsets, length + 1);
    this._values = fresh(this._values, this._used);
    this._used = 0;
    return data;
  }

  /** Adds ASCII up to the first NUL; false, with nothing added, if there is other text. */
  private _appendAscii(bytes: Uint8Array, start: number, end: number): boolean {
    this._reserve(end - start);
    const values = this._values;
    let to = this._used;
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (byte === 0) {
        break;
      }
      if (byte >= 0x80) {
        return false;
      }
      values[to++] = byte;
    }
    this._close(to, true);
    return true;
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
    this._close(copyResolved(bytes, start, end, this._values, this._used), true);
    return true;
  }

  private _reserve(size: number): void {
    const needed = this._used + size;
    if (needed > MAX_BATCH_TEXT) {
      throw new RangeError('A batch of strings exceeds 2 GB.');
    }
    if (needed > this._values.length) {
      this._values = grown(this._values, needed);
    }
  }

  private _close(to: number, valid: boolean): void {
    const magic = valid && this._magic !== null && this._isMagic(this._magic, to);
    this._used = magic ? this._used : to;
    this._validity.append(valid && !magic);
    if (this._validity.length >= this._offsets.length) {
      this._offsets = grown(this._offsets, 0);
    }
    this._offsets[this._validity.length] = this._used;
  }

  private _isMagic(magic: Uint8Array, to: number): boolean {
    const from = this._used;
    return (
      magic.length === to - from &&
      magic.every((byte, index) => this._values[from + index] === byte)
    );
  }

  private readonly _magic: Uint8Array | null;
  private _values = grown(new Uint8Array(0), 0);
  private _used = 0;
  private _offsets = grown(new Int32Array(0), 0);
  private readonly _validity = new Validity();
}
