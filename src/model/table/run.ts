import { countValues } from './count.js';
import { filterRows } from './filter.js';
import { sortRows } from './sort.js';
import type { Pause, TableResult, TableTask } from './tasks.js';

/** Runs a task here, pausing between slices. */
export async function runTableTask<T extends TableTask>(
  task: T,
  pause: Pause
): Promise<TableResult<T>>;
export async function runTableTask(
  task: TableTask,
  pause: Pause
): Promise<TableResult<TableTask>> {
  switch (task.kind) {
    case 'sort':
      return sortRows(task, pause);
    case 'filter':
      return filterRows(task, pause);
    case 'count':
      return countValues(task, pause);
  }
}
