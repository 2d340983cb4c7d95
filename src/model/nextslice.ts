import { columnKey, type ISliceEnd, type ISlicing } from '../protocol/form.js';
import type { RowStore } from './columns.js';
import type { ResultModel } from './result.js';
import type { ISlice } from './slice.js';

/**
 * The rows that follow those of a result, where the service has more and they can be asked
 * for without missing any; null otherwise.
 *
 * They follow the last row that the service sent, whether or not it was among the rows
 * before, and continue the query that gave it: where a slice failed, the one before that.
 */
export function sliceAfter(result: ResultModel): ISlice | null {
  const { provenance, rows, overflow, giver } = result;
  const form = provenance?.archive.discover?.form;
  if (!provenance || !rows || !overflow || !giver || !form) {
    return null;
  }
  const { table } = provenance;
  const slicing = form.slicing(table, giver.query);
  const end = slicing && endOf(giver, rows, slicing);
  const next = end && form.nextSlice(table, giver.query, end);
  return next && { query: next, key: columnKey(slicing.key) };
}

/** The last row by the columns of a slicing; null where the answer lacks one of them. */
function endOf(
  { tail }: NonNullable<ResultModel['giver']>,
  rows: RowStore,
  { key, order }: ISlicing
): ISliceEnd | null {
  const last = (column: number): unknown =>
    tail?.getChildAt(column)?.get(tail.numRows - 1) ?? null;
  const value = last(rows.indexOf(columnKey(key)));
  if (!isKey(value)) {
    return null;
  }
  if (order === null) {
    return { key: value };
  }
  const column = rows.indexOf(columnKey(order));
  return column < 0
    ? null
    : { key: value, order: last(column), ...nullsIn(rows, column) };
}

/** Whether rows without a value came, and whether rows with one did. */
function nullsIn(
  { batches, rowCount }: RowStore,
  column: number
): Pick<ISliceEnd, 'sawNull' | 'sawValue'> {
  const nulls = batches.reduce(
    (sum, batch) => sum + (batch.getChildAt(column)?.nullCount ?? batch.numRows),
    0
  );
  return { sawNull: nulls > 0, sawValue: nulls < rowCount };
}

function isKey(value: unknown): value is ISliceEnd['key'] {
  return ['string', 'number', 'bigint'].includes(typeof value);
}
