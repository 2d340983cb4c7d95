import { isValid } from './cells.js';
import type { Matcher } from './matcher.js';
import { createMatcher, takesNull } from './matchers.js';
import type { IColumnChunk, IFilterTask, Pause } from './tasks.js';

/** Rows to work on at once: their text fits into the processor's cache. */
const BLOCK = 4096;

/** A condition that is ready to be applied. */
interface ITest {
  readonly chunks: readonly IColumnChunk[];
  readonly match: Matcher;
  readonly takesNull: boolean;
}

/** Finds the rows that meet every condition, see {@link IFilterTask}. */
export async function filterRows(
  task: IFilterTask,
  pause: Pause
): Promise<Uint32Array> {
  const tests = task.conditions.map(({ chunks, condition }) => ({
    chunks,
    match: createMatcher(condition),
    takesNull: takesNull(condition)
  }));
  const found = new Uint32Array(task.rowCount);
  let count = 0;
  let first = task.first;
  for (const [chunk, length] of chunkLengths(task).entries()) {
    for (let from = 0; from < length; from += BLOCK) {
      const to = Math.min(from + BLOCK, length);
      const kept = keptOf(tests, chunk, from, to);
      for (let index = 0; index < kept.length; index++) {
        found[count] = first + from + index;
        count += kept[index];
      }
      await pause();
    }
    first += length;
  }
  return found.slice(0, count);
}

/** Batches are the same for all columns. */
function chunkLengths({ conditions, rowCount }: IFilterTask): readonly number[] {
  return conditions.length > 0
    ? conditions[0].chunks.map(({ length }) => length)
    : [rowCount];
}

/** For each row of a block 1 if it meets every condition, else 0. */
function keptOf(
  tests: readonly ITest[],
  index: number,
  from: number,
  to: number
): Uint8Array {
  const kept = new Uint8Array(to - from).fill(1);
  const hits = new Uint8Array(to - from);
  for (const { chunks, match, takesNull } of tests) {
    if (!kept.includes(1)) {
      break;
    }
    const chunk = chunks[index];
    match(chunk, from, to, hits.fill(0));
    setNulls(chunk, from, hits, takesNull);
    for (let row = 0; row < kept.length; row++) {
      kept[row] &= hits[row];
    }
  }
  return kept;
}

function setNulls(
  chunk: IColumnChunk,
  from: number,
  hits: Uint8Array,
  taken: boolean
): void {
  for (let row = 0; chunk.valid && row < hits.length; row++) {
    if (!isValid(chunk, from + row)) {
      hits[row] = Number(taken);
    }
  }
}
