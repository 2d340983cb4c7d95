import type { RowStore } from '../../model/columns.js';
import type { Pause } from '../../model/table/tasks.js';
import { copyName, copyText, type IResultColumn } from './columns.js';

/** Rows that are copied at once; making the text of more would be felt. */
export const COPY_AT_ONCE = 1000;

/** Letters that a copy may have: beyond, clipboards and the programs behind them fail. */
export const COPY_LIMIT = 128_000_000;

/** Rows between two pauses. */
const SLICE = 200;

/** Columns and rows that are to be copied. */
export interface ICopied {
  readonly columns: readonly IResultColumn[];
  readonly store: RowStore;
  /** Rows of the store, in the order of the copy. */
  readonly rows: Iterable<number>;
}

/** Tab-separated text with a header line. */
export function tableText({ columns, store, rows }: ICopied): string {
  const lines = [headLine(columns)];
  for (const row of rows) {
    lines.push(rowLine(columns, store, row));
  }
  return lines.join('\n');
}

/**
 * The same for many rows, with pauses.
 *
 * @param limit - letters that the text may have
 * @returns null where the text would be longer
 */
export async function longTableText(
  { columns, store, rows }: ICopied,
  pause: Pause,
  limit = COPY_LIMIT
): Promise<string | null> {
  const parts: string[] = [];
  let [lines, length] = [[headLine(columns)], 0];
  const flush = (): void => {
    const part = lines.join('\n');
    length += part.length + 1;
    parts.push(part);
    lines = [];
  };
  for (const row of rows) {
    lines.push(rowLine(columns, store, row));
    if (lines.length >= SLICE) {
      flush();
      await pause();
    }
    if (length > limit) {
      return null;
    }
  }
  if (lines.length > 0) {
    flush();
  }
  return length > limit ? null : parts.join('\n');
}

/** Letters that many rows would have, by the first ones. */
export function estimatedSize(
  { columns, store, rows }: ICopied,
  count: number
): number {
  let [seen, letters] = [0, 0];
  for (const row of rows) {
    if (seen === SLICE) {
      break;
    }
    letters += rowLine(columns, store, row).length + 1;
    seen += 1;
  }
  return seen === 0 ? 0 : (letters / seen) * count;
}

function headLine(columns: readonly IResultColumn[]): string {
  return columns.map(copyName).join('\t');
}

function rowLine(
  columns: readonly IResultColumn[],
  store: RowStore,
  row: number
): string {
  return columns
    .map(column => copyText(column, store.value(row, column.index)))
    .join('\t');
}
