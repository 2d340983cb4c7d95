import {
  type Data,
  type DataType,
  Field,
  FixedSizeList,
  List,
  makeData
} from 'apache-arrow';

import { isBlank } from '../numbers.js';
import { MAX_FIXED_LENGTH } from '../limits.js';
import {
  type IBinaryInput,
  type IColumn,
  type ICounts,
  IMPOSSIBLE,
  type ReportRepair
} from './column.js';
import { grown, reusable, taken, Validity } from './validity.js';

/** How the arrays of a column are sized. */
export interface IListFormat {
  /** Values of a fixed array, null where a count stands before each. */
  readonly length: number | null;
  /** Values of all axes but the last: what some writers count as one. */
  readonly block: number;
}

/** The rows of a list column: their offsets, or nothing where the length is fixed. */
abstract class ListBase implements IColumn {
  readonly type: DataType;
  readonly keepsBlanks = false;

  constructor(
    protected readonly format: IListFormat,
    protected readonly child: IColumn,
    protected readonly report: ReportRepair
  ) {
    const { length } = format;
    const item = new Field('item', child.type, true);
    this._inPlace = length !== null && length > 0 && length <= MAX_FIXED_LENGTH;
    this.type = this._inPlace ? new FixedSizeList(length ?? 0, item) : new List(item);
  }

  get length(): number {
    return this._validity.length;
  }

  appendNull(): void {
    const length = this._inPlace ? (this.format.length ?? 0) : 0;
    for (let index = 0; index < length; index++) {
      this.child.appendNull();
    }
    this.close(false);
  }

  /** Bytes of a BINARY cell; null where they differ or depend on what is counted. */
  get size(): number | null {
    const { length } = this.format;
    return length === null ? null : this.sizeOf(length);
  }

  abstract appendText(
    bytes: Uint8Array,
    start: number,
    end: number,
    plain: boolean
  ): boolean;

  measure({ view, counts }: IBinaryInput, at: number, end: number): number {
    const { length } = this.format;
    if (length !== null) {
      return this.sizeOf(length);
    }
    if (end - at < 4) {
      return 4;
    }
    const count = view.getInt32(at);
    return count < 0 ? IMPOSSIBLE : 4 + this.sizeOf(count * this._unit(counts));
  }

  appendBinary(input: IBinaryInput, at: number): void {
    const { length } = this.format;
    const count = length ?? input.view.getInt32(at) * this._unit(input.counts);
    this.appendValues(input, length === null ? at + 4 : at, count);
    this.close(true);
  }

  take(): Data {
    const { length } = this._validity;
    const shared = { length, ...this._validity.take(), child: this.child.take() };
    const data =
      this.type instanceof List
        ? makeData({
            ...shared,
            type: this.type,
            valueOffsets: taken(this._offsets, length + 1)
          })
        : makeData({ ...shared, type: this.type as FixedSizeList });
    this._offsets = reusable(this._offsets, length + 1);
    return data;
  }

  /** Bytes that so many values take in BINARY. */
  protected abstract sizeOf(count: number): number;

  /** Adds so many values of a BINARY cell to the child. */
  protected abstract appendValues(input: IBinaryInput, at: number, count: number): void;

  /** Makes `count` values in the child the declared number, where there is one. */
  protected pad(count: number): void {
    const { length } = this.format;
    if (length === null || count === length) {
      return;
    }
    this.report(`has ${count} values where ${length} are declared`);
    for (let missing = length - count; this._inPlace && missing > 0; missing--) {
      this.child.appendNull();
    }
  }

  /** True if one more value may be added to a cell that has `count`. */
  protected takes(count: number): boolean {
    return !this._inPlace || count < (this.format.length ?? 0);
  }

  protected close(valid: boolean): void {
    this._validity.append(valid);
    if (this._validity.length >= this._offsets.length) {
      this._offsets = grown(this._offsets, 0);
    }
    this._offsets[this._validity.length] = this.child.length;
  }

  /** Values that a count of one stands for. */
  private _unit({ ofArrays }: ICounts): number {
    return ofArrays === 'blocks' ? this.format.block : 1;
  }

  /** True where every row, null or not, has its values in place. */
  private readonly _inPlace: boolean;
  private _offsets = grown(new Int32Array(0), 0);
  private readonly _validity = new Validity();
}

/** Arrays of numbers, booleans or complex numbers. */
export class ListColumn extends ListBase {
  /**
   * @param width - bytes of a value in BINARY
   * @param words - words of a value in TABLEDATA: 2 for complex numbers
   */
  constructor(
    format: IListFormat,
    child: IColumn,
    report: ReportRepair,
    private readonly _width: number,
    private readonly _words: 1 | 2
  ) {
    super(format, child, report);
  }

  appendText(bytes: Uint8Array, start: number, end: number): boolean {
    let count = 0;
    let at = start;
    while (at < end) {
      const from = at;
      at = this._valueEnd(bytes, at, end);
      if (this.takes(count) && !this.child.appendText(bytes, from, at, true)) {
        return false;
      }
      count += 1;
      at = skipBlanks(bytes, at, end);
    }
    this.pad(count);
    this.close(true);
    return true;
  }

  protected sizeOf(count: number): number {
    return count * this._width;
  }

  protected appendValues(input: IBinaryInput, at: number, count: number): void {
    for (let index = 0; index < count; index++) {
      this.child.appendBinary(input, at + index * this._width);
    }
  }

  private _valueEnd(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    for (let word = 0; word < this._words; word++) {
      at = skipBlanks(bytes, at, end);
      while (at < end && !isBlank(bytes[at])) {
        at += 1;
      }
    }
    return at;
  }
}

/** Arrays of `bit`: in BINARY packed, the first in the most significant bit of a byte. */
export class BitListColumn extends ListBase {
  appendText(bytes: Uint8Array, start: number, end: number): boolean {
    let count = 0;
    for (let at = start; at < end; at++) {
      if (isBlank(bytes[at])) {
        continue;
      }
      if (bytes[at] !== 48 && bytes[at] !== 49) {
        return false;
      }
      if (this.takes(count)) {
        this.child.appendText(bytes, at, at + 1, true);
      }
      count += 1;
    }
    this.pad(count);
    this.close(true);
    return true;
  }

  protected sizeOf(count: number): number {
    return Math.ceil(count / 8);
  }

  protected appendValues({ bytes }: IBinaryInput, at: number, count: number): void {
    for (let index = 0; index < count; index++) {
      const bit = (bytes[at + (index >> 3)] >> (7 - (index & 7))) & 1;
      this.child.appendText(DIGITS, bit, bit + 1, true);
    }
  }
}

/** The characters `0` and `1`. */
const DIGITS = Uint8Array.of(48, 49);

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(bytes[at])) {
    at += 1;
  }
  return at;
}
