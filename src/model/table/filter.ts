import { cellAt } from './cells.js';
import type {
  Condition,
  IFilterTask,
  IRangeCondition,
  Pause,
  ScalarValue
} from './tasks.js';

/** Finds the rows that meet every condition, see {@link IFilterTask}. */
export async function filterRows(
  task: IFilterTask,
  pause: Pause
): Promise<Uint32Array> {
  const { first, rowCount } = task;
  let rows =
    task.rows ?? Uint32Array.from({ length: rowCount }, (_, row) => first + row);
  for (const { chunks, condition } of task.conditions) {
    const cells = chunks.flatMap(chunk =>
      Array.from({ length: chunk.length }, (_, index) => cellAt(chunk, index))
    );
    rows = rows.filter(row => meets(condition, cells[row - first]));
    await pause();
  }
  return rows;
}

function meets(condition: Condition, cell: ScalarValue): boolean {
  switch (condition.kind) {
    case 'text':
      return (
        condition.text === '' ||
        holds(String(cell ?? ''), condition.text, condition.matchCase)
      );
    case 'range':
      return isWithin(condition, cell as number | bigint | null);
    case 'set':
      return condition.values.includes(cell);
  }
}

function isWithin(
  { min, max }: IRangeCondition,
  cell: number | bigint | null
): boolean {
  if (min === null && max === null) {
    return true;
  }
  return (
    cell !== null && (min === null || cell >= min) && (max === null || cell <= max)
  );
}

function holds(cell: string, text: string, matchCase: boolean): boolean {
  return matchCase ? cell.includes(text) : fold(cell).includes(fold(text));
}

function fold(text: string): string {
  return [...text].map(c => c.toUpperCase().toLowerCase()).join('');
}
