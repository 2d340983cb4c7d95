import { cellAt } from './cells.js';
import type { ICountTask, IValueCount, Pause, ScalarValue } from './tasks.js';

/** Counts the values of a column, see {@link ICountTask}. */
export async function countValues(
  { chunks, rows, limit }: ICountTask,
  pause: Pause
): Promise<readonly IValueCount[] | null> {
  const cells = chunks.flatMap(chunk =>
    Array.from({ length: chunk.length }, (_, index) => cellAt(chunk, index))
  );
  await pause();
  const counts = new Map<ScalarValue, number>();
  for (const cell of rows ? Array.from(rows, row => cells[row]) : cells) {
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
    if (counts.size > limit) {
      return null;
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count);
}
