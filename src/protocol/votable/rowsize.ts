import { type IBinaryInput, type IColumn, IMPOSSIBLE } from './columns/column.js';
import { MAX_ROW_BYTES } from './limits.js';

/** Measures rows of BINARY or BINARY2 before they are read. */
export class RowSizes {
  /** The column at which measuring stopped last. */
  stoppedAt = 0;

  /** @param flagBytes - that stand before each row: those of BINARY2 */
  constructor(
    private readonly _columns: readonly IColumn[],
    private readonly _flagBytes: number
  ) {}

  /**
   * Bytes of the row that begins here, or those up to the cell that is not complete.
   * Nothing is allocated for a length that is only declared.
   *
   * @returns `IMPOSSIBLE` for a length that cannot be
   */
  measure(input: IBinaryInput, start: number, end: number): number {
    let at = start + this._flagBytes;
    for (let index = 0; index < this._columns.length && at <= end; index++) {
      this.stoppedAt = index;
      const size = this._columns[index].measure(input, at, end);
      if (size === IMPOSSIBLE || at + size - start > MAX_ROW_BYTES) {
        return IMPOSSIBLE;
      }
      at += size;
    }
    return at - start;
  }

  /**
   * Whole rows between `start` and `end` under these counts.
   *
   * @returns where they end, and the bytes that must be there before the next one can
   * be looked at: 0 if there is none that could be
   */
  measureAll(
    input: IBinaryInput,
    start: number,
    end: number
  ): { readonly end: number; readonly needed: number } {
    let at = start;
    while (at < end) {
      const size = this.measure(input, at, end);
      if (size <= 0 || size > end - at) {
        return { end: at, needed: Math.max(size, 0) };
      }
      at += size;
    }
    return { end: at, needed: 1 };
  }

  /**
   * The first column of the row whose size depends on what is counted, as far as the
   * row is there.
   *
   * @param other - the same bytes with other counts
   * @returns −1 if there is none
   */
  findDoubtful(
    input: IBinaryInput,
    other: IBinaryInput,
    start: number,
    end: number
  ): number {
    let at = start + this._flagBytes;
    for (let index = 0; index < this._columns.length && at <= end; index++) {
      const size = this._columns[index].measure(input, at, end);
      const otherSize = this._columns[index].measure(other, at, end);
      if (size === IMPOSSIBLE || otherSize === IMPOSSIBLE) {
        return -1;
      }
      if (size !== otherSize) {
        return index;
      }
      at += size;
    }
    return -1;
  }
}
