import { type ISignal, Signal } from '@lumino/signaling';

import type { IJobRecords } from '../../archives/jobrecord.js';
import { asProtocolError, ProtocolError } from '../../protocol/errors.js';
import { unheard } from './entry.js';
import type { IJob, IJobRecord } from './types.js';

/** Where the records of jobs are kept: the server half. */
export interface IJobStore {
  jobs(): Promise<IJobRecords>;
  keepJob(record: IJobRecord): Promise<unknown>;
  forgetJob(id: string): Promise<void>;
}

/** The jobs that are known, with what is kept of them. */
export class JobList {
  constructor(private readonly _store: IJobStore) {}

  /** Emitted when a job, or the error, changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Newest first. */
  get jobs(): readonly IJob[] {
    return this._sorted;
  }

  /** What went wrong last. */
  error: ProtocolError | null = null;

  /** What the user should know of the kept list, one sentence each. */
  problems: readonly string[] = [];

  get(id: string): IJob | undefined {
    return this._entries.get(id);
  }

  /** Throws `not-found` for one that is not in the list. */
  known(id: string): IJob {
    const entry = this._entries.get(id);
    if (!entry) {
      throw new ProtocolError('not-found', 'There is no such job in the list.');
    }
    return entry;
  }

  put(entry: IJob): IJob {
    this._entries.set(entry.record.id, entry);
    this.emit();
    return entry;
  }

  /** Change what is known of a job; nothing happens to one that is not in the list. */
  change(id: string, change: Partial<IJob>): void {
    const entry = this._entries.get(id);
    if (entry) {
      this.put({ ...entry, ...change });
    }
  }

  drop(ids: readonly string[]): void {
    ids.forEach(id => this._entries.delete(id));
    this.emit();
  }

  /**
   * Read what is kept, as other pages may have changed it; what is known of a job stays.
   *
   * @returns ids of those that were not known
   */
  async load(): Promise<readonly string[]> {
    const { jobs, problems } = await this._store.jobs();
    this.problems = problems;
    const kept = new Set(jobs.map(({ id }) => id));
    for (const [id, entry] of this._entries) {
      if (entry.kept && !kept.has(id) && !this._unsaved.has(id)) {
        this._entries.delete(id);
      }
    }
    const fresh = jobs.filter(({ id }) => !this._entries.has(id));
    for (const record of jobs.filter(({ id }) => !this._unsaved.has(id))) {
      const entry = this._entries.get(record.id);
      this._entries.set(record.id, entry ? { ...entry, record } : unheard(record));
    }
    this.emit();
    return fresh.map(({ id }) => id);
  }

  /** Keep a job's record; that this did not work is told, but stops nothing. */
  async save(record: IJobRecord): Promise<void> {
    this._unsaved.add(record.id);
    this.change(record.id, { record });
    await this.attempt(async () => {
      await this._store.keepJob(record);
      this._unsaved.delete(record.id);
    });
  }

  /** Take a job off the list for good. */
  async forget(id: string): Promise<void> {
    if (this._entries.get(id)?.kept) {
      await this._store.forgetJob(id);
    }
    this._unsaved.delete(id);
    this.drop([id]);
  }

  /** Do something; what goes wrong is in `error`. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      this.error = asProtocolError(reason);
      this.emit();
    }
  }

  emit(): void {
    this._sorted = [...this._entries.values()].sort(
      (a, b) => b.record.created - a.record.created
    );
    this._changed.emit();
  }

  private readonly _entries = new Map<string, IJob>();
  /** Jobs whose records could not be kept yet. */
  private readonly _unsaved = new Set<string>();
  private _sorted: readonly IJob[] = [];
  private readonly _changed = new Signal<this, void>(this);
}
