import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IAccount } from '../../archives/account.js';
import type { IArchive, IJobService } from '../../archives/archive.js';
import { polledJob } from '../../archives/polling.js';
import { asProtocolError, type ProtocolError } from '../../protocol/errors.js';
import { isOver } from '../../protocol/uws/phases.js';
import type { IUwsJob } from '../../protocol/uws/types.js';
import { mendedBySignIn } from '../signingate.js';
import { addressOf, failed, heard, isAtService, isOpen, isRunning } from './entry.js';
import { Follower, type IBlockingTurn } from './follower.js';
import { inLanes } from './lanes.js';
import type { JobList } from './list.js';
import type { IJob } from './types.js';

/** What asking about jobs works with. */
export interface IAttentionOptions {
  readonly list: JobList;
  readonly archiveOf: (id: string) => IArchive | undefined;
  readonly accountOf: (archive: string) => IAccount | undefined;
  /** True while nobody sees the page. */
  readonly isHidden: () => boolean;
  readonly now: () => number;
}

/** Asking again would get the same answer. */
const LASTING = [
  'not-signed-in',
  'expired',
  'forbidden',
  'refused-address',
  'rejected'
];

/**
 * Keeps what is known of jobs up to date: follows those that run, and asks about the others
 * once somebody looks. Nobody is asked in the user's name before the user did something.
 */
export class JobAttention implements IDisposable {
  constructor(private readonly _options: IAttentionOptions) {}

  /** Emitted when a job was first heard to have ended, well or not. */
  get ended(): ISignal<this, IJob> {
    return this._ended;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Stop asking. */
  dispose(): void {
    this._isDisposed = true;
    this._followers.forEach(follower => follower.dispose());
    this._followers.clear();
    Signal.clearData(this);
  }

  /** The user did something. */
  wake(): void {
    if (!this._isAwake) {
      this._isAwake = true;
      this._list.jobs.forEach(({ record }) => this.follow(record.id));
      this._askUnheard();
    }
  }

  /** Somebody looks at the list. */
  watch(): IDisposable {
    this._watchers += 1;
    this._askUnheard();
    return new DisposableDelegate(() => (this._watchers -= 1));
  }

  /**
   * Follow a job as long as something happens to it.
   *
   * @param force - also one that is PENDING, as it was told to run
   * @param runHeld - send RUN once more if it is HELD
   */
  follow(id: string, { force = false, runHeld = false } = {}): void {
    const entry = this._list.get(id);
    const jobs = entry && this._serviceOf(entry);
    const wants = entry?.kept && (isRunning(entry) || (force && isOpen(entry)));
    if (!wants || !jobs || !this._mayAsk(entry) || this._isDisposed) {
      return;
    }
    this.unfollow(id);
    const follower = new Follower({
      source: polledJob(jobs, addressOf(entry)),
      job: entry.job,
      runHeld,
      turn: this._turn,
      now: this._options.now,
      isHidden: this._options.isHidden,
      heard: job => this.hear(id, job),
      failed: error => this.fail(id, error)
    });
    this._followers.set(id, follower);
  }

  unfollow(id: string): void {
    this._followers.get(id)?.dispose();
    this._followers.delete(id);
  }

  /** Ask about some jobs, those that are asked about anyway left out. Never throws. */
  async ask(entries: readonly IJob[]): Promise<void> {
    const quiet = entries.filter(
      entry =>
        entry.kept &&
        isAtService(entry) &&
        this._mayAsk(entry) &&
        !this._followers.has(entry.record.id)
    );
    await inLanes(quiet, async entry => {
      const { id } = entry.record;
      try {
        const job = await this._serviceOf(entry)?.status(addressOf(entry));
        if (job) {
          this.hear(id, job);
        }
      } catch (reason) {
        this.fail(id, asProtocolError(reason));
      }
    });
  }

  /** Take a document over; the first that tells of an end is told. */
  hear(id: string, job: IUwsJob): void {
    const before = this._list.get(id);
    if (!before || this._isDisposed) {
      return;
    }
    const entry = this._list.put(heard(before, job, this._options.now()));
    if (isOver(job.phase)) {
      this.unfollow(id);
      this._end(entry);
    }
  }

  /**
   * Take over why asking failed.
   *
   * @returns true where it makes no sense to ask again
   */
  fail(id: string, error: ProtocolError): boolean {
    const before = this._list.get(id);
    if (!before || error.kind === 'cancelled') {
      return true;
    }
    const entry = this._list.put(failed(before, error));
    const { archive, ended } = entry.record;
    if (entry.gone && entry.kept && ended === undefined) {
      void this._list.save({ ...entry.record, ended: Date.now() });
    }
    if (mendedBySignIn(error)) {
      this._refusedTo.set(archive, this._whoIs(archive));
    }
    return entry.gone || LASTING.includes(error.kind);
  }

  /** Go on asking at archives where somebody has signed in since they wanted that. */
  retry(): void {
    for (const [archive, who] of this._refusedTo) {
      if (this._whoIs(archive) !== who) {
        this._refusedTo.delete(archive);
        this._list.jobs
          .filter(({ record, error }) => record.archive === archive && error !== null)
          .forEach(({ record: { id } }) => {
            this._list.change(id, { error: null });
            this.follow(id, { force: true });
          });
      }
    }
  }

  private _end(entry: IJob): void {
    const { record, kept } = entry;
    if (kept && record.ended === undefined) {
      void this._list.save({ ...record, ended: Date.now() });
      this._ended.emit(this._list.known(record.id));
    }
  }

  /** Ask about those of which nothing was heard since the page was loaded, once. */
  private _askUnheard(): void {
    if (this._watchers > 0) {
      const unheard = this._list.jobs.filter(
        entry =>
          entry.job === null &&
          !entry.gone &&
          this._mayAsk(entry) &&
          !this._askedOnce.has(entry.record.id)
      );
      unheard.forEach(({ record }) => this._askedOnce.add(record.id));
      void this.ask(unheard);
    }
  }

  private _mayAsk({ record }: IJob): boolean {
    return record.as !== 'me' || this._isAwake;
  }

  private _serviceOf({ record }: IJob): IJobService | undefined {
    return this._options.archiveOf(record.archive)?.discover?.jobs;
  }

  private _whoIs(archive: string): string {
    const account = this._options.accountOf(archive);
    return account ? `${account.state} ${account.expires} ${account.who}` : '';
  }

  private get _list(): JobList {
    return this._options.list;
  }

  private readonly _followers = new Map<string, Follower>();
  private readonly _turn: IBlockingTurn = { taken: false };
  private readonly _askedOnce = new Set<string>();
  /** Archives that wanted a sign-in, with who one was then. */
  private readonly _refusedTo = new Map<string, string>();
  private _watchers = 0;
  private _isAwake = false;
  private _isDisposed = false;
  private readonly _ended = new Signal<this, IJob>(this);
}
