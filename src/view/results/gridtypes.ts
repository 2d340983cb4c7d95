import type { ISortKey } from '../../model/table/filters.js';
import type { IResultColumn } from './columns.js';

/** A row was asked for: by a click, a double click or Enter. */
export interface IRowOpened {
  /** Counted from 0 in the order of arrival. */
  readonly row: number;
  /** True for Enter and double clicks, which mean nothing but “show me this”. */
  readonly explicit: boolean;
}

/** Rows are to be sorted. */
export interface ISortRequest {
  /** The column that was pressed. */
  readonly column: IResultColumn;
  /** The keys that there would be then. */
  readonly keys: readonly ISortKey[];
}
