import { cellAt } from './cells.js';
import type { ISortTask, Pause, ScalarValue } from './tasks.js';

/** Sorts rows, see {@link ISortTask}. */
export async function sortRows(task: ISortTask, pause: Pause): Promise<Uint32Array> {
  const order =
    task.rows ?? Uint32Array.from({ length: task.rowCount }, (_, row) => row);
  const keys = task.keys.map(({ chunks, descending }) => ({
    cells: chunks.flatMap(chunk =>
      Array.from({ length: chunk.length }, (_, index) => cellAt(chunk, index))
    ),
    sign: descending ? -1 : 1
  }));
  await pause();
  return order.slice().sort((a, b) => {
    for (const { cells, sign } of keys) {
      const difference = compare(cells[a], cells[b], sign);
      if (difference !== 0) {
        return difference;
      }
    }
    return 0;
  });
}

function compare(a: ScalarValue, b: ScalarValue, sign: number): number {
  const ranks = rank(a) - rank(b);
  if (ranks !== 0 || a === null || b === null || a === b) {
    return ranks;
  }
  return (a < b ? -1 : a > b ? 1 : 0) * sign;
}

function rank(value: ScalarValue): number {
  return value === null ? 2 : Number.isNaN(value) ? 1 : 0;
}
