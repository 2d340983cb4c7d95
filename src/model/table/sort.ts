import { isValid } from './cells.js';
import { type FixedChunk, isNaNKey, numberKeys } from './numberkeys.js';
import { type IKeyedRows, keyedRows, partOf, sortMany } from './radix.js';
import type { IColumnChunk, ISortTask, ITextChunk, Pause } from './tasks.js';
import { TextSorter } from './textsorter.js';

type SortKey = ISortTask['keys'][number];

/** Sorts rows, see {@link ISortTask}. */
export async function sortRows(task: ISortTask, pause: Pause): Promise<Uint32Array> {
  const rows = task.rows?.slice() ?? naturalOrder(task.rowCount);
  const spare = keyedRows(rows.length);
  // Each column is sorted stably, so the least important one comes first.
  for (const key of [...task.keys].reverse()) {
    await sortByColumn(rows, key, spare, pause);
  }
  return rows;
}

async function sortByColumn(
  rows: Uint32Array,
  { chunks, descending }: SortKey,
  spare: IKeyedRows,
  pause: Pause
): Promise<void> {
  const rowCount = chunks.reduce((sum, { length }) => sum + length, 0);
  const nulls = nullRows(chunks, rowCount);
  const count = nulls
    ? moveBack(rows, spare.rows, row => nulls[row] !== 0)
    : rows.length;
  const values = rows.subarray(0, count);
  if (isText(chunks)) {
    await new TextSorter(chunks, rowCount, descending, spare, pause).sort(values);
    return;
  }
  const keys = await numberKeys(
    chunks as readonly FixedChunk[],
    rowCount,
    descending,
    pause
  );
  const numbers = moveBack(values, spare.rows, row => isNaNKey(keys, row));
  const items = {
    rows: values.subarray(0, numbers),
    words: new Uint32Array(numbers * 2)
  };
  takeKeys(items, keys);
  await sortMany(items, partOf(spare, 0, numbers), pause);
}

function naturalOrder(length: number): Uint32Array {
  const rows = new Uint32Array(length);
  for (let row = 0; row < length; row++) {
    rows[row] = row;
  }
  return rows;
}

/** Puts the key of each row beside it. */
function takeKeys({ rows, words }: IKeyedRows, keys: Uint32Array): void {
  for (let at = 0; at < rows.length; at++) {
    words[at * 2] = keys[rows[at] * 2];
    words[at * 2 + 1] = keys[rows[at] * 2 + 1];
  }
}

/** A column has chunks of one kind. */
function isText(chunks: readonly IColumnChunk[]): chunks is readonly ITextChunk[] {
  return chunks[0]?.kind === 'text';
}

/** For each row 1 if it is null, else 0; null where no row is. */
function nullRows(
  chunks: readonly IColumnChunk[],
  rowCount: number
): Uint8Array | null {
  if (chunks.every(({ valid }) => valid === null)) {
    return null;
  }
  const nulls = new Uint8Array(rowCount);
  let first = 0;
  for (const chunk of chunks) {
    for (let index = 0; chunk.valid && index < chunk.length; index++) {
      nulls[first + index] = isValid(chunk, index) ? 0 : 1;
    }
    first += chunk.length;
  }
  return nulls;
}

/**
 * Moves some rows behind the others; both stay in their order.
 *
 * @returns how many are the others
 */
function moveBack(
  rows: Uint32Array,
  spare: Uint32Array,
  isLast: (row: number) => boolean
): number {
  let kept = 0;
  let moved = 0;
  for (const row of rows) {
    if (isLast(row)) {
      spare[moved++] = row;
    } else {
      rows[kept++] = row;
    }
  }
  rows.set(spare.subarray(0, moved), kept);
  return kept;
}
