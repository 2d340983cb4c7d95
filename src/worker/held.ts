/** Bytes of arrays that a worker holds between two tasks. */
const MOST_BYTES = 160 * 1024 * 1024;

/** An array that so many tasks did not use is forgotten: most likely it never comes again. */
const UNUSED_TASKS = 4;

/** Arrays of a task by their numbers, see {@link numberOf}. */
export type NumberedArrays = ReadonlyMap<number, ArrayBufferView>;

interface IHeld {
  readonly bytes: number;
  /** The last task that used it. */
  readonly task: number;
}

/**
 * What the page knows of the arrays that one worker holds. Columns are sorted and filtered
 * again and again, so a task names the arrays that the worker has and brings the others.
 */
export class HeldArrays {
  /** @param _most - bytes that the worker may hold */
  constructor(private readonly _most = MOST_BYTES) {}

  get isEmpty(): boolean {
    return this._held.size === 0;
  }

  has(number: number): boolean {
    return this._held.has(number);
  }

  /**
   * Makes room for a task: what was not used for longest goes first.
   *
   * @returns numbers of the arrays that the worker is to keep; null if it is to hold none,
   *   and none of the task, which is too large
   */
  makeRoom(wanted: NumberedArrays): readonly number[] | null {
    this._task += 1;
    let bytes = 0;
    for (const [number, { byteLength }] of wanted) {
      bytes += byteLength;
      if (this._held.delete(number)) {
        this.add(number, byteLength);
      }
    }
    if (bytes > this._most) {
      this.clear();
      return null;
    }
    for (const [number, held] of [...this._held].reverse()) {
      bytes += wanted.has(number) ? 0 : held.bytes;
      if (bytes > this._most || this._task - held.task > UNUSED_TASKS) {
        this._held.delete(number);
      }
    }
    return [...this._held.keys()];
  }

  /** The worker was sent an array of the task. */
  add(number: number, bytes: number): void {
    this._held.set(number, { bytes, task: this._task });
  }

  /** The worker holds nothing more. */
  clear(): void {
    this._held.clear();
  }

  /** Those that were used last come last. */
  private readonly _held = new Map<number, IHeld>();
  private _task = 0;
}

/** The number of an array: the same as long as there is this array, and never another's. */
export function numberOf(array: ArrayBufferView): number {
  let number = numbers.get(array);
  if (number === undefined) {
    number = next++;
    numbers.set(array, number);
  }
  return number;
}

/** Weak, so that tables that are closed do not stay for this. */
const numbers = new WeakMap<ArrayBufferView, number>();
let next = 0;
