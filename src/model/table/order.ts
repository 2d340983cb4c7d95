/** Which rows of a table are shown, and where: a permutation of some of them. */
export class RowOrder {
  private constructor(
    private _rows: Uint32Array | null,
    private _length: number
  ) {}

  /** The first rows of the table as they are; takes no memory. */
  static natural(length: number): RowOrder {
    return new RowOrder(null, length);
  }

  /** These rows in this order; the array is not copied. */
  static of(rows: Uint32Array): RowOrder {
    return new RowOrder(rows, rows.length);
  }

  /** Rows shown. */
  get length(): number {
    return this._length;
  }

  /**
   * The row at a position.
   *
   * @throws RangeError outside the rows shown
   */
  rowAt(position: number): number {
    if (!(position >= 0 && position < this._length)) {
      throw new RangeError(
        `Position ${position} is not among the ${this._length} shown.`
      );
    }
    return this._rows ? this._rows[position] : position;
  }

  /** The position of a row; -1 where it is not shown. */
  positionOf(row: number): number {
    if (!this._rows) {
      return row >= 0 && row < this._length ? row : -1;
    }
    this._positions ??= inverse(this._rows, this._length);
    return this._positions[row] ?? -1;
  }

  /** Shows rows after the others. */
  append(rows: Uint32Array): void {
    const length = this._length + rows.length;
    const own =
      this._rows ?? Uint32Array.from({ length: this._length }, (_, row) => row);
    if (own.length < length) {
      this._rows = new Uint32Array(Math.max(length, own.length * 2));
      this._rows.set(own);
    }
    this._rows?.set(rows, this._length);
    this._length = length;
    this._positions = null;
  }

  /** Positions of all rows up to the last one shown; made when first asked for. */
  private _positions: Int32Array | null = null;
}

function inverse(rows: Uint32Array, length: number): Int32Array {
  let last = -1;
  for (let position = 0; position < length; position++) {
    last = Math.max(last, rows[position]);
  }
  const positions = new Int32Array(last + 1).fill(-1);
  for (let position = 0; position < length; position++) {
    positions[rows[position]] = position;
  }
  return positions;
}
