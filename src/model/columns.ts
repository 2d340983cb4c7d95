import type { RecordBatch, Vector } from 'apache-arrow';

import type { IVOTableField, IVOTableHead } from '../protocol/votable/types.js';

/** A cell as Arrow gives it: null, boolean, number, bigint, string, or an array-like of these. */
export type CellValue = unknown;

/**
 * The rows of one table that have arrived so far, addressed by row and column.
 *
 * Grows by record batches and never copies them; a cell is found in O(log batches).
 */
export class RowStore {
  /** @param head - the table's columns */
  constructor(readonly head: IVOTableHead) {}

  /** The columns, in the order of the document; names may repeat (VO-37). */
  get fields(): readonly IVOTableField[] {
    return this.head.fields;
  }

  /** Rows that have arrived. */
  get rowCount(): number {
    return this._starts[this._starts.length - 1];
  }

  /** Rows of the answer: all, unless others were put behind them. */
  get answered(): number {
    return this.rowCount;
  }

  /** The batches, in order; an Arrow table can be made of them without copying. */
  get batches(): readonly RecordBatch[] {
    return this._batches;
  }

  /** Add the rows of a batch at the end. */
  append(batch: RecordBatch): void {
    this._batches.push(batch);
    this._vectors.push([]);
    this._starts.push(this.rowCount + batch.numRows);
  }

  /**
   * The value of a cell; null where it is null.
   *
   * @param row - counted from 0, in order of arrival
   * @param column - counted from 0
   * @throws RangeError outside the rows that have arrived
   */
  value(row: number, column: number): CellValue {
    const batch = this._batchOf(row);
    // Made when they are first asked for: most columns of most batches never are.
    const vectors = this._vectors[batch];
    const vector = (vectors[column] ??= this._batches[batch].getChildAt(column));
    return vector ? (vector.get(row - this._starts[batch]) as CellValue) : null;
  }

  /** Index of the first column of this name, ignoring case; -1 where there is none. */
  indexOf(name: string): number {
    const wanted = name.toLowerCase();
    return this.fields.findIndex(field => field.name.toLowerCase() === wanted);
  }

  private _batchOf(row: number): number {
    if (row < 0 || row >= this.rowCount) {
      throw new RangeError(
        `Row ${row} is not among the ${this.rowCount} that arrived.`
      );
    }
    let low = 0;
    let high = this._batches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this._starts[middle] <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private readonly _batches: RecordBatch[] = [];
  private readonly _vectors: (Vector | null)[][] = [];
  /** Row at which each batch starts, and the row count at the end. */
  private readonly _starts: number[] = [0];
}
