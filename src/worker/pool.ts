import { aborted, workerDied } from './errors.js';
import { HeldArrays } from './held.js';
import { type IForget, type IJob, READY } from './jobs.js';

/** As much of a `Worker` as the pool uses. */
export interface IWorker {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Times are in milliseconds. */
export interface IPoolOptions {
  /** Workers at once. */
  readonly most: number;
  /** Workers that stay when nothing is to be done. */
  readonly kept: number;
  /** How long the others stay, and arrays of tables in those that do. */
  readonly linger: number;
  /** How long a worker may take to start. */
  readonly start: number;
  /** How long a stopped job may take to end, before its worker is ended. */
  readonly polite: number;
}

/** No worker can be had: the browser or a policy of the server refuses them. */
export class WorkerUnavailable extends Error {}

/** A worker, lent for one job. */
export interface ILoan {
  post(message: unknown, transfer: Transferable[]): void;
  /** Calls back with the reason if the worker dies or is ended during the job. */
  onGone(callback: (reason: Error) => void): void;
  /** Arrays of tables that the worker holds from earlier jobs. */
  readonly held: HeldArrays;
  /** Makes it hold none. */
  forget(): void;
  /** The worker is free when `done` resolves, and ended if that takes too long. */
  giveBack(done: Promise<void>): void;
}

/** Lends workers, each to one job at a time; who finds none waits in line. */
export class WorkerPool {
  /** @param _start - makes a worker; may throw */
  constructor(
    private readonly _start: () => IWorker,
    options: Partial<IPoolOptions> = {}
  ) {
    this._options = { ...DEFAULTS, ...options };
  }

  /**
   * A worker for one job: one that holds arrays of tables rather for work on tables, and
   * none that does for reading, which needs the memory.
   *
   * @param signal - leaves the line
   * @throws WorkerUnavailable if none can be started; an AbortError
   */
  async lend(kind: IJob['kind'], signal?: AbortSignal): Promise<ILoan> {
    if (kind === 'table') {
      await this._returning;
    }
    await this._turn(signal);
    try {
      return this._loan(await this._member(kind));
    } catch (error) {
      this._next();
      throw error;
    }
  }

  /** Waits for its turn, first come, first served. */
  private async _turn(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) {
      throw aborted();
    }
    if (this._busy < this._options.most) {
      this._busy += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this._line.splice(this._line.indexOf(enter), 1);
        reject(aborted());
      };
      const enter = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      this._line.push(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Hands a place on to the first in line. */
  private _next(): void {
    const enter = this._line.shift();
    if (enter) {
      enter();
    } else {
      this._busy -= 1;
    }
  }

  /** One that waits for work, or a new one. */
  private async _member(kind: IJob['kind']): Promise<Member> {
    while (this._idle.length > 0) {
      const member = kind === 'read' ? this._idle.shift() : this._idle.pop();
      if (member?.alive) {
        member.wake(kind);
        return member;
      }
    }
    return Member.start(this._start, this._options.start);
  }

  private _loan(member: Member): ILoan {
    let isBack = false;
    return {
      post: (message, transfer) => member.post(message, transfer),
      onGone: callback => (member.onEnd = callback),
      held: member.held,
      forget: () => member.forget(),
      giveBack: done => {
        if (!isBack) {
          isBack = true;
          const back = this._take(member, done);
          this._returning = member.held.isEmpty ? this._returning : back;
        }
      }
    };
  }

  private async _take(member: Member, done: Promise<void>): Promise<void> {
    const isDone = await within(this._options.polite, done);
    if (isDone && member.alive) {
      member.onEnd = () => undefined;
      member.rest(this._options.linger);
      if (member.held.isEmpty) {
        this._idle.unshift(member);
      } else {
        this._idle.push(member);
      }
      this._trimLater();
    } else {
      member.end(aborted());
    }
    this._next();
  }

  private _trimLater(): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => {
      const { kept } = this._options;
      for (const member of this._idle.splice(kept)) {
        member.end(aborted());
      }
    }, this._options.linger);
  }

  private readonly _options: IPoolOptions;
  /** Resolves when the last one that holds arrays is idle again, or ended. */
  private _returning: Promise<void> = Promise.resolve();
  /** Workers that are lent, and being started. */
  private _busy = 0;
  /** Those that hold arrays behind the others; of each kind, the last used outermost. */
  private readonly _idle: Member[] = [];
  private readonly _line: (() => void)[] = [];
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

/** A running worker. */
class Member {
  /**
   * A worker whose script runs.
   *
   * @param limit - milliseconds it may take
   * @throws WorkerUnavailable
   */
  static async start(start: () => IWorker, limit: number): Promise<Member> {
    const member = new Member(make(start));
    const timer = setTimeout(() => member.end(new Error('It took too long.')), limit);
    try {
      await member._ready();
    } catch (cause) {
      throw new WorkerUnavailable('The script of a worker could not be run.', {
        cause
      });
    } finally {
      clearTimeout(timer);
    }
    return member;
  }

  private constructor(private readonly _worker: IWorker) {
    _worker.onerror = ({ message }) => this.end(workerDied(message));
    _worker.onmessageerror = () => this.end(workerDied());
  }

  /** Called with the reason when it is no more. */
  onEnd: (reason: Error) => void = () => undefined;

  /** False when it is no more. */
  get alive(): boolean {
    return this._alive;
  }

  post(message: unknown, transfer: Transferable[]): void {
    this._worker.postMessage(message, transfer);
  }

  /** What it holds. */
  readonly held = new HeldArrays();

  /** Makes it hold nothing. */
  forget(): void {
    if (!this.held.isEmpty) {
      this.held.clear();
      this.post({ kind: 'forget' } satisfies IForget, []);
    }
  }

  /** Has nothing to do: it forgets what it holds in so many milliseconds. */
  rest(linger: number): void {
    this._timer = setTimeout(() => this.forget(), linger);
  }

  /** Has something to do. */
  wake(kind: IJob['kind']): void {
    clearTimeout(this._timer);
    if (kind === 'read') {
      this.forget();
    }
  }

  end(reason: Error): void {
    clearTimeout(this._timer);
    if (this._alive) {
      this._alive = false;
      this._worker.terminate();
      this.onEnd(reason);
    }
  }

  private async _ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this._worker.onmessage = ({ data }) => data === READY && resolve();
      this.onEnd = reject;
    });
    this.onEnd = () => undefined;
  }

  private _alive = true;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

const DEFAULTS: IPoolOptions = {
  most: 2,
  kept: 2,
  linger: 30_000,
  start: 10_000,
  polite: 1000
};

function make(start: () => IWorker): IWorker {
  try {
    return start();
  } catch (cause) {
    throw new WorkerUnavailable('A worker could not be made.', { cause });
  }
}

/** True if `event` happens within so many milliseconds. */
async function within(limit: number, event: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), limit);
  });
  try {
    return await Promise.race([event.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
