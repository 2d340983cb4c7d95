import type { ISearchTable, IArchive } from '../archives/archive.js';
import type { ProtocolError } from '../protocol/errors.js';
import type { RowStore } from './columns.js';
import type { Pace } from './pace.js';
import type { Tally } from './tallies.js';

/** What a search costs, before it runs. */
export type Cost =
  /** Nobody asked for it. */
  | { readonly state: 'unknown' }
  | { readonly state: 'counting' }
  | { readonly state: 'failed'; readonly error: ProtocolError }
  | ICounted;

/** A search whose rows were counted by the service. */
export interface ICounted {
  readonly state: 'counted';
  /** Rows that fit the form, however many the row limit lets through. */
  readonly rows: number;
  /** Rows that are fetched. */
  readonly fetched: number;
  /** Sum of the sizes of the files, byte; null where no row has one. */
  readonly bytes: number | null;
  /** True where each row has a size. */
  readonly isWhole: boolean;
  /** Seconds it takes to fetch the rows, by earlier answers; null where there are none. */
  readonly seconds: number | null;
  /** Seconds after which the service ends a query that is run directly. */
  readonly limit: number | null;
}

/** What a cost is worked out from. */
export interface ICostBasis {
  readonly archive: IArchive;
  readonly table: ISearchTable;
  /** Bytes that one unit of a size is; null where the table has no sizes. */
  readonly sizeUnit: number | null;
  readonly rowLimit: number;
  readonly pace: Pace;
}

/** Read the answer to `IFormQueries.cost`. */
export function costOf(tally: Tally | null, basis: ICostBasis): Cost {
  switch (tally?.state) {
    case undefined:
      return { state: 'unknown' };
    case 'waiting':
      return { state: 'counting' };
    case 'failed':
      return tally;
    case 'done':
      return counted(tally.rows, basis);
  }
}

function counted(store: RowStore, basis: ICostBasis): ICounted {
  const { archive, table, sizeUnit, rowLimit, pace } = basis;
  const rows = numberIn(store, 'n_rows') ?? 0;
  const sized = numberIn(store, 'n_sized') ?? 0;
  const sum = numberIn(store, 'sum_size');
  const fetched = Math.min(rows, rowLimit);
  const endpoint = archive.definition.services.tap?.find(
    ({ url }) => url === table.service
  );
  return {
    state: 'counted',
    rows,
    fetched,
    bytes: sum === null || sizeUnit === null || sized === 0 ? null : sum * sizeUnit,
    isWhole: sized >= rows,
    seconds: pace.estimate(table.service, fetched),
    limit: endpoint?.syncSeconds ?? null
  };
}

/** A number of the first row; null where it is null or missing. */
function numberIn(store: RowStore, column: string): number | null {
  const index = store.indexOf(column);
  const value = index < 0 || store.rowCount === 0 ? null : store.value(0, index);
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null;
}
