import type { TableResult, TableTask } from '../model/table/tasks.js';
import type { Inlet, Outlet } from './pipe.js';

/** The copy of one array of a task, or at last the task with numbers in their places. */
export type PackedTask =
  { readonly array: ArrayBufferView } | { readonly task: unknown };

/** Stands for an array of a task. */
interface IPlace {
  readonly array: number;
}

/**
 * Sends a task, whose arrays stay usable: they cross in copies, one at a time.
 *
 * @param pause - awaited between two of them
 */
export async function sendTask(
  task: TableTask,
  input: Outlet<PackedTask>,
  pause: () => Promise<void> | void
): Promise<void> {
  const arrays: ArrayBufferView[] = [];
  const outline = strip(task, arrays);
  for (const array of arrays) {
    await pause();
    if (!(await input.room())) {
      return;
    }
    const copy = copyOf(array);
    input.send({ array: copy }, copy.byteLength, [copy.buffer]);
  }
  input.send({ task: outline }, 0);
  input.end();
}

/** The task that crossed. */
export async function unpackTask(parts: Inlet<PackedTask>): Promise<TableTask> {
  const arrays: ArrayBufferView[] = [];
  for (;;) {
    const part = await parts.next();
    if (part === null) {
      throw new Error('The task ended before it was complete.');
    }
    if ('task' in part) {
      return restore(part.task, arrays) as TableTask;
    }
    arrays.push(part.array);
  }
}

/** The buffers of a result that move. */
export function packResult(result: TableResult<TableTask>): Transferable[] {
  return result instanceof Uint32Array ? [result.buffer as ArrayBuffer] : [];
}

/** The same structure with places for its arrays, which are added to `arrays` once each. */
function strip(value: unknown, arrays: ArrayBufferView[]): unknown {
  if (ArrayBuffer.isView(value)) {
    const known = arrays.indexOf(value);
    const array = known < 0 ? arrays.push(value) - 1 : known;
    return { array } satisfies IPlace;
  }
  return mapped(value, part => strip(part, arrays));
}

function restore(value: unknown, arrays: readonly ArrayBufferView[]): unknown {
  return isPlace(value)
    ? arrays[value.array]
    : mapped(value, part => restore(part, arrays));
}

/** The same list or record with every part replaced. */
function mapped(value: unknown, replace: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(replace);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, part]) => [key, replace(part)]);
  return Object.fromEntries(entries);
}

function isPlace(value: unknown): value is IPlace {
  return typeof value === 'object' && value !== null && 'array' in value;
}

function copyOf(array: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return (array as Uint8Array).slice() as Uint8Array<ArrayBuffer>;
}
