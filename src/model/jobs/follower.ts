import type { IDisposable } from '@lumino/disposable';
import { Poll } from '@lumino/polling';

import { asProtocolError, type ProtocolError } from '../../protocol/errors.js';
import type { IPolledJob } from '../../protocol/uws/poll.js';
import { JobPoller } from '../../protocol/uws/poll.js';
import type { IUwsJob } from '../../protocol/uws/types.js';

/** Milliseconds between two questions while nobody sees the page. */
const HIDDEN_INTERVAL = 60_000;

/** Whose turn it is to let a service hold a question back. */
export interface IBlockingTurn {
  /** True while some job's question is held back. */
  taken: boolean;
}

/** What a {@link Follower} works with. */
export interface IFollowerOptions {
  readonly source: IPolledJob;
  /** The job as it was heard last. */
  readonly job: IUwsJob | null;
  /** Send RUN once more to a job that is HELD. */
  readonly runHeld: boolean;
  /**
   * Shared by all followers: a question that is held back takes a connection to the Jupyter
   * server, of which a browser has but six.
   */
  readonly turn: IBlockingTurn;
  /** Milliseconds by a clock that never goes back. */
  readonly now: () => number;
  readonly isHidden: () => boolean;
  readonly heard: (job: IUwsJob) => void;
  /** Told why asking failed; true where it makes no sense to ask again. */
  readonly failed: (error: ProtocolError) => boolean;
}

/** Follows one job until it has ended. */
export class Follower implements IDisposable {
  constructor(private readonly _options: IFollowerOptions) {
    const { source, job, runHeld, now } = _options;
    this._poller = new JobPoller(source, { now }, job, { runHeld });
    this._asked = job === null ? -Infinity : now();
    this._poll = new Poll({
      name: 'obsdeck:job',
      auto: false,
      frequency: frequency(this._poller.delay),
      standby: () => this._mayRest(),
      factory: () => this._step()
    });
    void (job === null ? this._poll.refresh() : this._poll.schedule());
  }

  get isDisposed(): boolean {
    return this._poll.isDisposed;
  }

  /** Stop asking. */
  dispose(): void {
    if (!this.isDisposed) {
      this._abort.abort();
      this._poll.dispose();
    }
  }

  private async _step(): Promise<void> {
    const { turn, isHidden, heard, failed, now } = this._options;
    const mayBlock = !turn.taken && !isHidden();
    turn.taken ||= mayBlock;
    this._asked = now();
    try {
      const job = await this._poller.step(this._abort.signal, mayBlock);
      this._poll.frequency = frequency(this._poller.delay);
      if (!this.isDisposed) {
        heard(job);
      }
    } catch (reason) {
      this._poll.frequency = frequency(this._poller.delay);
      if (!this.isDisposed && failed(asProtocolError(reason))) {
        this.dispose();
      }
    } finally {
      turn.taken &&= !mayBlock;
    }
    if (this._poller.isOver) {
      this.dispose();
    }
  }

  private _mayRest(): boolean {
    const { isHidden, now } = this._options;
    return isHidden() && now() - this._asked < HIDDEN_INTERVAL;
  }

  private readonly _poller: JobPoller;
  private readonly _poll: Poll;
  private readonly _abort = new AbortController();
  /** When it was asked the last time. */
  private _asked: number;
}

/** The pause is the poller's business; Lumino's own back-off would come on top of it. */
function frequency(interval: number): {
  interval: number;
  backoff: boolean;
  max: number;
} {
  // An interval of 0 would be “at once, again and again” if an answer came at once.
  const pause = Math.max(interval, 1);
  return { interval: pause, backoff: false, max: Math.max(pause, 30_000) };
}
