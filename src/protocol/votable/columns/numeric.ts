import {
  type Data,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  type DataType,
  makeData,
  Uint8
} from 'apache-arrow';

import {
  integerEnd,
  readDecimal,
  readFloat,
  readInteger,
  readLong
} from '../numbers.js';
import type { IBinaryInput, IBytes, IColumn, IDirectColumn } from './column.js';
import { grown, reusable, type Store, taken, Validity } from './validity.js';

const LESS = 0x3c;

/** What the columns of one fixed-width value share. */
abstract class NumericColumn<S extends Store> implements IDirectColumn {
  readonly keepsBlanks = false;

  /**
   * @param type - Arrow type of the column
   * @param size - bytes of a value in BINARY
   * @param store - empty array of the right kind
   */
  constructor(
    readonly type: DataType,
    readonly size: number,
    store: S
  ) {
    this.values = grown(store, 0);
  }

  get length(): number {
    return this.validity.length;
  }

  appendNull(): void {
    this.clear(this.validity.length);
    this.close(false);
  }

  abstract appendText(bytes: Uint8Array, start: number, end: number): boolean;

  abstract readText(input: IBytes, start: number, end: number): number;

  dropLast(): void {
    this.validity.dropLast();
  }

  measure(): number {
    return this.size;
  }

  abstract appendBinary(input: IBinaryInput, at: number): void;

  take(): Data {
    const length = this.validity.length;
    const data = taken(this.values, length);
    this.values = reusable(this.values, length);
    this.moved();
    const options = { type: this.type, length, data, ...this.validity.take() };
    return makeData(options as Parameters<typeof makeData>[0]);
  }

  /** Ends the cell whose value stands at `length` already. */
  protected close(valid: boolean): void {
    this.validity.append(valid);
    if (this.validity.length >= this.values.length) {
      this.values = grown(this.values, 0);
      this.moved();
    }
  }

  /** Makes a value zero: what stands under a null is the same in every run. */
  protected abstract clear(index: number): void;

  /** Called whenever `values` is another array. */
  protected moved(): void {
    return;
  }

  protected values: S;
  protected readonly validity = new Validity();
}

/** `unsignedByte`, `short` and `int`. */
export class IntegerColumn extends NumericColumn<Uint8Array | Int16Array | Int32Array> {
  /**
   * @param width - bytes: 1 (unsigned), 2 or 4
   * @param magic - the `VALUES null` number, or NaN
   */
  constructor(width: 1 | 2 | 4, magic: number) {
    const [type, store] = INTEGERS[width];
    super(type, width, store);
    this._magic = magic;
    this._minimum = width === 1 ? 0 : -(2 ** (width * 8 - 1));
    this._maximum = width === 1 ? 255 : 2 ** (width * 8 - 1) - 1;
  }

  appendText(bytes: Uint8Array, start: number, end: number): boolean {
    const value = readInteger(bytes, start, end);
    if (value === this._magic) {
      this.close(false);
      return true;
    }
    if (!(value >= this._minimum && value <= this._maximum)) {
      return false;
    }
    this._append(value);
    return true;
  }

  readText({ bytes }: IBytes, start: number, end: number): number {
    return readWhole(this, bytes, start, end);
  }

  appendBinary({ view }: IBinaryInput, at: number): void {
    const { size } = this;
    this._append(
      size === 1
        ? view.getUint8(at)
        : size === 2
          ? view.getInt16(at)
          : view.getInt32(at)
    );
  }

  protected clear(index: number): void {
    this.values[index] = 0;
  }

  private _append(value: number): void {
    this.values[this.validity.length] = value;
    this.close(value !== this._magic);
  }

  private readonly _magic: number;
  private readonly _minimum: number;
  private readonly _maximum: number;
}

const INTEGERS: Readonly<
  Record<1 | 2 | 4, [DataType, Uint8Array | Int16Array | Int32Array]>
> = {
  1: [new Uint8(), new Uint8Array(0)],
  2: [new Int16(), new Int16Array(0)],
  4: [new Int32(), new Int32Array(0)]
};

/** `long`: 64 bits, never through a double that cannot hold them. */
export class LongColumn extends NumericColumn<BigInt64Array> {
  /** @param magic - the `VALUES null` number, or null */
  constructor(magic: bigint | null) {
    super(new Int64(), 8, new BigInt64Array(0));
    this._magic = magic;
    this._words = new Int32Array(this.values.buffer);
  }

  appendText(bytes: Uint8Array, start: number, end: number): boolean {
    const at = this.validity.length;
    if (!readLong(bytes, start, end, this.values, this._words, at)) {
      return false;
    }
    this._closeValue(at);
    return true;
  }

  readText({ bytes }: IBytes, start: number, end: number): number {
    return readWhole(this, bytes, start, end);
  }

  appendBinary({ view }: IBinaryInput, at: number): void {
    const words = this._words;
    const index = this.validity.length;
    words[index * 2] = view.getInt32(at + 4);
    words[index * 2 + 1] = view.getInt32(at);
    this._closeValue(index);
  }

  protected clear(index: number): void {
    this.values[index] = 0n;
  }

  private _closeValue(index: number): void {
    // Reading the value makes a BigInt: only where there is a magic one to compare.
    this.close(this._magic === null || this.values[index] !== this._magic);
  }

  protected override moved(): void {
    this._words = new Int32Array(this.values.buffer);
  }

  private readonly _magic: bigint | null;
  private _words: Int32Array;
}

/** `float` and `double`. NaN is a value, not a null. */
export class FloatColumn extends NumericColumn<Float32Array | Float64Array> {
  /**
   * @param width - bytes: 4 or 8
   * @param magic - the `VALUES null` number; null for none, NaN where it says so
   */
  constructor(width: 4 | 8, magic: number | null) {
    super(
      width === 4 ? new Float32() : new Float64(),
      width,
      width === 4 ? new Float32Array(0) : new Float64Array(0)
    );
    this._magic = magic === null || width === 8 ? magic : Math.fround(magic);
  }

  appendText(bytes: Uint8Array, start: number, end: number): boolean {
    const at = this.validity.length;
    if (!readFloat(bytes, start, end, this.values, at)) {
      return false;
    }
    this._closeValue(at);
    return true;
  }

  readText({ bytes }: IBytes, start: number, end: number): number {
    const at = this.validity.length;
    const stop = readDecimal(bytes, start, end, this.values, at);
    if (stop < 0 || stop >= end || bytes[stop] !== LESS) {
      return -1;
    }
    this._closeValue(at);
    return stop;
  }

  appendBinary({ view }: IBinaryInput, at: number): void {
    const index = this.validity.length;
    const value = this.size === 4 ? view.getFloat32(at) : view.getFloat64(at);
    this.values[index] = value;
    this._closeValue(index);
  }

  protected clear(index: number): void {
    this.values[index] = 0;
  }

  private _closeValue(index: number): void {
    this.close(this._magic === null || !Object.is(this.values[index], this._magic));
  }

  private readonly _magic: number | null;
}

/** Reads the text of a TD that is nothing but an integer and a `<` behind it. */
function readWhole(
  column: IColumn,
  bytes: Uint8Array,
  start: number,
  end: number
): number {
  const stop = integerEnd(bytes, start, end);
  const isWhole = stop > start && stop < end && bytes[stop] === LESS;
  return isWhole && column.appendText(bytes, start, stop, true) ? stop : -1;
}
