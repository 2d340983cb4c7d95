import { columnChunks, type ITableColumns } from './chunks.js';
import type {
  ICountTask,
  IFilterTask,
  IRangeCondition,
  ISetCondition,
  ISortTask,
  ITextCondition
} from './tasks.js';

/** One column to sort by. */
export interface ISortKey {
  /** Index of the column in the order of the document. */
  readonly column: number;
  readonly descending: boolean;
}

/** The column that a filter is about. */
interface IOfColumn {
  /** Index of the column in the order of the document. */
  readonly column: number;
}

/** Rows whose text holds a text; columns of kind `text` only. */
export type TextFilter = ITextCondition & IOfColumn;

/** Rows whose number is in a range; columns of kind `number` and `long` only. */
export type RangeFilter = IRangeCondition & IOfColumn;

/** Rows whose cell is one of several values. */
export type SetFilter = ISetCondition & IOfColumn;

/** A filter of one column; the filters of a table are ANDed. */
export type ColumnFilter = TextFilter | RangeFilter | SetFilter;

/** True where a filter keeps every row: an empty text, a range that is open on both sides. */
export function isVoid(filter: ColumnFilter): boolean {
  switch (filter.kind) {
    case 'text':
      return filter.text === '';
    case 'range':
      return filter.min === null && filter.max === null;
    case 'set':
      return false;
  }
}

/**
 * A task that sorts the rows that are in the store now.
 *
 * @param rows - the rows to sort, null for all
 * @throws RangeError for a column that cannot be sorted
 */
export function sortTask(
  store: ITableColumns,
  keys: readonly ISortKey[],
  rows: Uint32Array | null = null
): ISortTask {
  return {
    kind: 'sort',
    rowCount: rowsOf(store, 0),
    rows,
    keys: keys.map(({ column, descending }) => ({
      chunks: columnChunks(store, column),
      descending
    }))
  };
}

/**
 * A task that filters the rows of the store from a batch on.
 *
 * @param batch - index of the first batch wanted: those before were filtered earlier
 * @throws RangeError for a column that cannot be filtered, or not in this way
 */
export function filterTask(
  store: ITableColumns,
  filters: readonly ColumnFilter[],
  batch = 0
): IFilterTask {
  return {
    kind: 'filter',
    rowCount: rowsOf(store, batch),
    first: rowsOf(store, 0) - rowsOf(store, batch),
    conditions: filters
      .filter(filter => !isVoid(filter))
      .map(({ column, ...condition }) => ({
        chunks: columnChunks(store, column, batch),
        condition
      }))
  };
}

/**
 * A task that counts the values of a column, for a choice among them.
 *
 * @param limit - how many different values are too many
 * @throws RangeError for a column of arrays
 */
export function countTask(
  store: ITableColumns,
  column: number,
  limit: number
): ICountTask {
  return { kind: 'count', chunks: columnChunks(store, column), limit };
}

function rowsOf({ batches }: ITableColumns, batch: number): number {
  return batches.slice(batch).reduce((sum, { numRows }) => sum + numRows, 0);
}
