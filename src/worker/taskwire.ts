import type { TableResult, TableTask } from '../model/table/tasks.js';
import { type HeldArrays, type NumberedArrays, numberOf } from './held.js';
import type { Inlet, Outlet } from './pipe.js';

/** What crosses for a task, in this order. */
export type PackedTask =
  /** Numbers of the arrays to keep of those held; null to hold none, nor any of the task. */
  | { readonly keep: readonly number[] | null }
  /** Copies of arrays that are not held yet. */
  | { readonly arrays: readonly NumberedArray[] }
  /** The task with numbers in the places of its arrays. */
  | { readonly task: unknown };

type NumberedArray<T = ArrayBufferView> = readonly [number: number, array: T];

/** Stands for an array of a task. */
interface IPlace {
  readonly array: number;
}

/** Bytes in a message, unless an array is larger: copied in a fraction of a slice. */
const GROUP_BYTES = 1024 * 1024;

/**
 * Sends a task, whose arrays stay usable: those that the worker lacks cross in copies.
 *
 * @param held - what the worker holds; always says what was sent, also if that ends early
 * @param pause - awaited between two messages
 */
export async function sendTask(
  task: TableTask,
  input: Outlet<PackedTask>,
  held: HeldArrays,
  pause: () => Promise<void> | void
): Promise<void> {
  try {
    const arrays = new Map<number, ArrayBufferView>();
    const outline = strip(task, arrays);
    await pause();
    await sendArrays(arrays, input, held, pause);
    input.send({ task: outline }, 0);
    input.end();
  } catch (error) {
    // The worker takes what was sent until it hears the end.
    input.fail(error);
    throw error;
  }
}

async function sendArrays(
  arrays: NumberedArrays,
  input: Outlet<PackedTask>,
  held: HeldArrays,
  pause: () => Promise<void> | void
): Promise<void> {
  const keep = held.makeRoom(arrays);
  input.send({ keep }, 0);
  const missing = [...arrays].filter(([number]) => !held.has(number));
  for (const group of inGroups(missing)) {
    await pause();
    if (!(await input.room())) {
      return;
    }
    const copies = group.map(([number, array]) => [number, copyOf(array)] as const);
    const buffers = copies.map(([, { buffer }]) => buffer);
    if (input.send({ arrays: copies }, bytesOf(group), buffers) && keep) {
      group.forEach(([number, { byteLength }]) => held.add(number, byteLength));
    }
  }
}

/** Receives tasks, and holds their arrays for the next ones. */
export class TaskUnpacker {
  /** The task that crosses; another one only when all of those before have ended. */
  unpack(parts: Inlet<PackedTask>): Promise<TableTask> {
    const task = this._last.then(() => this._unpack(parts));
    this._last = task.catch(() => undefined);
    return task;
  }

  /** Holds nothing more. */
  forget(): void {
    this._last = this._last.then(() => this._held.clear());
  }

  private async _unpack(parts: Inlet<PackedTask>): Promise<TableTask> {
    let arrays = this._held;
    for (;;) {
      const part = await parts.next();
      if (part === null) {
        throw new Error('The task ended before it was complete.');
      }
      if ('task' in part) {
        return restore(part.task, arrays) as TableTask;
      }
      if ('arrays' in part) {
        part.arrays.forEach(([number, array]) => arrays.set(number, array));
      } else {
        this._keep(new Set(part.keep));
        arrays = part.keep ? this._held : new Map();
      }
    }
  }

  private _keep(numbers: ReadonlySet<number>): void {
    for (const number of this._held.keys()) {
      if (!numbers.has(number)) {
        this._held.delete(number);
      }
    }
  }

  private readonly _held = new Map<number, ArrayBufferView>();
  /** Resolves when the last word about arrays has been heard. */
  private _last: Promise<unknown> = Promise.resolve();
}

/** The buffers of a result that move. */
export function packResult(result: TableResult<TableTask>): Transferable[] {
  return result instanceof Uint32Array ? [result.buffer as ArrayBuffer] : [];
}

/** The same structure with places for its arrays, which are added to `arrays`. */
function strip(value: unknown, arrays: Map<number, ArrayBufferView>): unknown {
  if (ArrayBuffer.isView(value)) {
    const array = numberOf(value);
    arrays.set(array, value);
    return { array } satisfies IPlace;
  }
  return mapped(value, part => strip(part, arrays));
}

function restore(value: unknown, arrays: NumberedArrays): unknown {
  return isPlace(value)
    ? found(arrays.get(value.array))
    : mapped(value, part => restore(part, arrays));
}

function found(array: ArrayBufferView | undefined): ArrayBufferView {
  if (!array) {
    throw new Error('Part of the column did not arrive. Sort or filter once more.');
  }
  return array;
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

/** Small arrays together: a message costs more than a few bytes do. */
function inGroups(arrays: readonly NumberedArray[]): NumberedArray[][] {
  const groups: NumberedArray[][] = [];
  let room = 0;
  for (const array of arrays) {
    room -= array[1].byteLength;
    if (groups.length === 0 || room < 0) {
      groups.push([]);
      room = GROUP_BYTES - array[1].byteLength;
    }
    groups[groups.length - 1].push(array);
  }
  return groups;
}

function bytesOf(group: readonly NumberedArray[]): number {
  return group.reduce((sum, [, { byteLength }]) => sum + byteLength, 0);
}

function copyOf(array: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return (array as Uint8Array).slice() as Uint8Array<ArrayBuffer>;
}
