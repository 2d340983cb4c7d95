import { ProtocolError } from '../errors.js';
import type { IWaitClock } from '../patience.js';

import { isActive, isOver } from './phases.js';
import type { IUwsJob, UwsPhase } from './types.js';

/** Seconds for which a service is asked to block. */
export const WAIT_SECONDS = 30;

/** Milliseconds between two questions: never less, and the most. */
const SHORTEST = 1000;
const LONGEST = 30_000;

/** An answer without news after less than this, in milliseconds, was not held back. */
const HELD_BACK = 5000;

/** What asks for a job. */
export interface IPolledJob {
  status(
    wait?: { readonly seconds: number; readonly while: UwsPhase },
    signal?: AbortSignal
  ): Promise<IUwsJob>;
  run(signal?: AbortSignal): Promise<IUwsJob>;
}

/** How a job is asked for. */
export interface IPollOptions {
  /** Whether RUN is sent once more to a job that is HELD (UWS 1.1 §2.1.3). */
  readonly runHeld: boolean;
}

/**
 * Asks how a job stands, neither too often nor in vain: blocking where the service does
 * that, otherwise after 1, 2, 4 … 30 s.
 */
export class JobPoller {
  /**
   * @param _source - asks the service
   * @param _clock - only its `now` is used; whoever steps does the waiting
   * @param job - the job as it was heard last; null for one never asked for
   */
  constructor(
    private readonly _source: IPolledJob,
    private readonly _clock: Pick<IWaitClock, 'now'>,
    job: IUwsJob | null,
    private readonly _options: IPollOptions = { runHeld: false }
  ) {
    this._job = job;
  }

  /** The job as it was heard last. */
  get job(): IUwsJob | null {
    return this._job;
  }

  /** The job has ended: nobody needs to ask again. */
  get isOver(): boolean {
    return this._job !== null && isOver(this._job.phase);
  }

  /** Milliseconds to wait before the next {@link step}. */
  get delay(): number {
    return this._delay;
  }

  /**
   * Ask once. Throws what asking throws; the next question then waits for longer.
   *
   * @param mayBlock - whether the service may keep the question for up to 30 s
   */
  async step(signal?: AbortSignal, mayBlock = true): Promise<IUwsJob> {
    const before = this._job;
    const asked = this._clock.now();
    const blocks = mayBlock && before !== null && before.canWait && !this._isIgnored;
    const wait =
      blocks && isActive(before.phase)
        ? { seconds: WAIT_SECONDS, while: before.phase }
        : undefined;
    try {
      const job = await this._ask(wait, signal);
      const took = this._clock.now() - asked;
      const moved = job.phase !== before?.phase;
      // A service that answers at once although nothing has changed does not block.
      this._isIgnored ||= wait !== undefined && !moved && took < HELD_BACK;
      this._pace(moved || (wait !== undefined && !this._isIgnored), took);
      return (this._job = job);
    } catch (error) {
      this._pace(false, 0);
      throw error;
    }
  }

  private async _ask(
    wait: { readonly seconds: number; readonly while: UwsPhase } | undefined,
    signal?: AbortSignal
  ): Promise<IUwsJob> {
    if (this._job?.phase === 'HELD' && this._options.runHeld && !this._wasRunAgain) {
      this._wasRunAgain = true;
      return this._source.run(signal);
    }
    return this._source.status(wait, signal);
  }

  /** The pause counts from the question, so that an answer held back needs none after it. */
  private _pace(begins: boolean, took: number): void {
    this._backOff = begins ? SHORTEST : Math.min(this._backOff * 2, LONGEST);
    this._delay = Math.max(this._backOff - took, 0);
  }

  private _job: IUwsJob | null;
  private _backOff = SHORTEST;
  private _delay = SHORTEST;
  /** The service says that it blocks, and does not. */
  private _isIgnored = false;
  private _wasRunAgain = false;
}

/** The job each time it was asked for, until it has ended. */
export async function* followJob(
  poller: JobPoller,
  clock: IWaitClock,
  signal?: AbortSignal
): AsyncGenerator<IUwsJob> {
  while (!poller.isOver) {
    await clock.sleep(poller.delay, signal);
    if (signal?.aborted) {
      throw new ProtocolError('cancelled', 'Cancelled.');
    }
    yield await poller.step(signal);
  }
}
