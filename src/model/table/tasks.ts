import type { Pause } from '../../protocol/votable/types.js';

export type { Pause };

/** What the cells of a column are to sorting and filtering. */
export type ChunkKind = IColumnChunk['kind'];

/**
 * The cells of one column in one record batch: Arrow's own buffers, so that a chunk can
 * be cloned into a worker. Offsets into the buffers are already applied, except `bit`.
 */
export type IColumnChunk = INumberChunk | ILongChunk | IBooleanChunk | ITextChunk;

interface IChunk {
  /** Cells of the chunk. */
  readonly length: number;
  /** Validity bitmap, least significant bit first; null where no cell is null. */
  readonly valid: Uint8Array | null;
  /** Bit of the first cell in bitmaps: in `valid` and in boolean `values`. */
  readonly bit: number;
}

/** Floats, and integers of at most 32 bits. */
export interface INumberChunk extends IChunk {
  readonly kind: 'number';
  readonly values:
    | Float64Array
    | Float32Array
    | Int32Array
    | Uint32Array
    | Int16Array
    | Uint16Array
    | Int8Array
    | Uint8Array;
}

/** Integers of 64 bits. */
export interface ILongChunk extends IChunk {
  readonly kind: 'long';
  readonly values: BigInt64Array;
}

/** Booleans: a bitmap. */
export interface IBooleanChunk extends IChunk {
  readonly kind: 'boolean';
  readonly values: Uint8Array;
}

/** Strings: cell `i` is the UTF-8 in `values` from `offsets[i]` to `offsets[i + 1]`. */
export interface ITextChunk extends IChunk {
  readonly kind: 'text';
  readonly values: Uint8Array;
  readonly offsets: Int32Array;
}

/** A cell of a column that can be sorted and filtered. */
export type ScalarValue = string | number | bigint | boolean | null;

/** Keeps rows whose text holds a text. Of text columns only. */
export interface ITextCondition {
  readonly kind: 'text';
  /** Empty matches every row, null cells too. */
  readonly text: string;
  /**
   * False where upper and lower case are the same: each character counts as the lower
   * case of its upper case, so that `ß` is `ss` and the Kelvin sign is `k`. Characters
   * that Unicode writes in several ways (`é`) are not made equal.
   */
  readonly matchCase: boolean;
}

/**
 * Keeps rows whose number is between `min` and `max`, both included; null is open, and
 * with both open every row is kept. Null cells and NaN are in no range. Longs are
 * compared exactly. Of columns of numbers only.
 */
export interface IRangeCondition {
  readonly kind: 'range';
  readonly min: number | bigint | null;
  readonly max: number | bigint | null;
}

/**
 * Keeps rows whose cell is one of `values`, where null means a null cell and NaN is equal
 * to itself. Longs may be given as bigint or number. An empty list keeps no row.
 */
export interface ISetCondition {
  readonly kind: 'set';
  readonly values: readonly ScalarValue[];
}

/** What a filter asks of the cells of one column. */
export type Condition = ITextCondition | IRangeCondition | ISetCondition;

/**
 * Sorts rows by several columns, the most important first. Equal rows stay in the order
 * of `rows`. Nulls come last, also when descending, and NaN just before them. Strings are
 * sorted by code point, which is the order of their bytes; −0 equals +0.
 */
export interface ISortTask {
  readonly kind: 'sort';
  /** Rows of the chunks of each column, all batches together. */
  readonly rowCount: number;
  /** The rows to sort; null for all. */
  readonly rows: Uint32Array | null;
  readonly keys: readonly {
    readonly chunks: readonly IColumnChunk[];
    readonly descending: boolean;
  }[];
}

/** Finds the rows that meet every condition, in ascending order. */
export interface IFilterTask {
  readonly kind: 'filter';
  /** Rows of the chunks of each column, all batches together. */
  readonly rowCount: number;
  /** Number of the first row of the chunks: not 0 where only new rows are filtered. */
  readonly first: number;
  readonly conditions: readonly {
    readonly chunks: readonly IColumnChunk[];
    readonly condition: Condition;
  }[];
}

/** Counts the values of a column, unless there are more than `limit` different ones. */
export interface ICountTask {
  readonly kind: 'count';
  readonly chunks: readonly IColumnChunk[];
  readonly limit: number;
}

/** A value of a column and how many of the rows have it. */
export interface IValueCount {
  readonly value: ScalarValue;
  readonly count: number;
}

/** Work on columns that may take long; made of what can be cloned into a worker. */
export type TableTask = ISortTask | IFilterTask | ICountTask;

interface ITableResults {
  /** Rows in order. */
  sort: Uint32Array;
  /** Rows that remain, ascending. */
  filter: Uint32Array;
  /** The most frequent first, else in order of appearance; null if there are too many. */
  count: readonly IValueCount[] | null;
}

/** What a kind of task gives. */
export type TableResult<T extends TableTask> = ITableResults[T['kind']];

/**
 * Runs a task somewhere: on the page or in a worker. The buffers of the task stay usable,
 * and must never be changed: a worker may hold copies for the next task.
 *
 * @throws AbortError when `signal` is aborted
 */
export type TableRunner = <T extends TableTask>(
  task: T,
  signal: AbortSignal
) => Promise<TableResult<T>>;
