import { DataType, makeData, RecordBatch, type Schema, Struct } from 'apache-arrow';

import { createColumn } from './columns/create.js';
import type { IColumn } from './columns/column.js';
import { toSchema } from './schema.js';
import type { IVOTableField } from './types.js';
import type { Warnings } from './warnings.js';

/** The first rows come early, so that a person sees something. */
const FIRST_ROWS = 1000;
const FIRST_BYTES = 256 * 1024;

/** Later ones in portions that keep overheads and memory small. */
const ROWS = 16_384;
const BYTES = 8 * 1024 * 1024;

/** Collects the rows of one table and gives them away in Arrow record batches. */
export class BatchBuilder {
  readonly columns: readonly IColumn[];
  readonly schema: Schema;
  /** Rows of this table so far. */
  rows = 0;

  constructor(
    readonly fields: readonly IVOTableField[],
    readonly warnings: Warnings
  ) {
    this.columns = this._createColumns();
    this.schema = toSchema(
      fields,
      this.columns.map(column => column.type)
    );
    this._struct = new Struct<Record<string, DataType>>(this.schema.fields);
    this._leastBytes = this.columns.reduce((sum, { type }) => sum + cellBytes(type), 0);
  }

  /** True when the rows that wait should be taken. */
  get isFull(): boolean {
    return this._waiting >= this._maxRows || this._bytes >= this._maxBytes;
  }

  /**
   * Ends a row, in which every column got one cell.
   *
   * @param bytes - that it took in the document
   */
  endRow(bytes: number): void {
    this.rows += 1;
    this._waiting += 1;
    // Nulls may take far more memory than place in the document.
    this._bytes += Math.max(bytes, this._leastBytes);
  }

  /** The rows that wait, or null if there are none. */
  take(): RecordBatch | null {
    if (this._waiting === 0) {
      return null;
    }
    const length = this._waiting;
    // A row that cannot be read to its end has cells in the columns before the bad one.
    const children = this.columns.map(column => {
      const data = column.take();
      return data.length > length ? data.slice(0, length) : data;
    });
    const data = makeData({ type: this._struct, length, nullCount: 0, children });
    this._waiting = 0;
    this._bytes = 0;
    this._maxRows = ROWS;
    this._maxBytes = BYTES;
    return new RecordBatch(this.schema, data);
  }

  private _createColumns(): IColumn[] {
    return this.fields.map(field => {
      const report = (what: string): void =>
        this.warnings.addRow(`Column “${field.name}” ${what}`, this.rows);
      return createColumn(field, report);
    });
  }

  private readonly _struct: Struct<Record<string, DataType>>;
  /** What a row takes in Arrow, even if all of its cells are null. */
  private readonly _leastBytes: number;
  private _waiting = 0;
  private _bytes = 0;
  private _maxRows = FIRST_ROWS;
  private _maxBytes = FIRST_BYTES;
}

/** Bytes that every cell of a type takes in Arrow, null or not. */
function cellBytes(type: DataType): number {
  if (DataType.isFixedSizeList(type)) {
    return type.listSize * cellBytes(type.valueType);
  }
  return DataType.isInt(type) || DataType.isFloat(type)
    ? type.ArrayType.BYTES_PER_ELEMENT
    : OFFSET_BYTES;
}

/** What strings and variable lists take; booleans are so small that it is no matter. */
const OFFSET_BYTES = 4;
