import { PromiseDelegate, UUID } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IAccount } from '../../archives/account.js';
import type { IArchive, IJobService, IQuery } from '../../archives/archive.js';
import { asProtocolError, ProtocolError } from '../../protocol/errors.js';
import { isUsable } from '../countdown.js';
import type { IQueryRequest } from '../query.js';
import type { AsMe } from '../signingate.js';
import { JobAttention } from './attention.js';
import { lookFor, placesToLook } from './elsewhere.js';
import { addressOf, heard, isAtService, unheard } from './entry.js';
import { inLanes } from './lanes.js';
import { type IJobStore, JobList } from './list.js';
import { labelOf, queryOf, requestOf } from './request.js';
import type { IJob, IJobNews, IJobRecord, IQueryJobs, JobWork } from './types.js';

/** What the jobs need of the accounts. */
export interface IJobAccounts {
  readonly changed: ISignal<unknown, void>;
  get(archive: string): IAccount | undefined;
  /** The server's time, Unix time in seconds. */
  now(): number;
  readonly asMe: AsMe;
}

/** A job that may run longer than one is signed in. */
export interface IOutlasting {
  readonly archive: IArchive;
  /** Seconds left of the sign-in. */
  readonly left: number;
}

/** What a {@link JobsModel} works with. */
export interface IJobsOptions {
  readonly store: IJobStore;
  readonly archives: {
    readonly archives: readonly IArchive[];
    readonly ready: Promise<void>;
    get(id: string): IArchive | undefined;
  };
  /** Missing where nobody can sign in. */
  readonly accounts?: IJobAccounts;
  /** Ask whether to start a job that may run longer than one is signed in. */
  readonly confirm?: (job: IOutlasting) => Promise<boolean>;
  /** True while nobody sees the page. */
  readonly isHidden?: () => boolean;
  /** Milliseconds since 1970 by a clock that never goes back. */
  readonly now?: () => number;
}

/** When a job is removed at its service without a word; never one started elsewhere. */
export type RemoveWhen = 'saved' | 'fetched' | 'never';

/** Seconds a job may run where nobody says for how long. */
const USUAL_SECONDS = 3600;

const DAY = 86_400;

/** The jobs of the person at this page, at all archives. */
export class JobsModel implements IQueryJobs, IDisposable {
  constructor(private readonly _options: IJobsOptions) {
    const { store, archives, accounts, isHidden = () => false } = _options;
    this.now = _options.now ?? (() => performance.timeOrigin + performance.now());
    this._list = new JobList(store);
    this._attention = new JobAttention({
      list: this._list,
      archiveOf: id => archives.get(id),
      accountOf: archive => accounts?.get(archive),
      isHidden,
      now: this.now
    });
    this._list.changed.connect(() => this._changed.emit());
    this._attention.ended.connect((_, job) => this._onEnded(job));
    accounts?.changed.connect(this._onAccounts, this);
  }

  /** Days for which services are asked to keep jobs. */
  keepDays = 7;

  /** When jobs are removed at their services. */
  removeWhen: RemoveWhen = 'saved';

  readonly now: () => number;

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get ended(): ISignal<this, IJob> {
    return this._ended;
  }

  get ready(): Promise<void> {
    return this._ready.promise;
  }

  get jobs(): readonly IJob[] {
    return this._list.jobs;
  }

  get error(): ProtocolError | null {
    return this._list.error;
  }

  get problems(): readonly string[] {
    return this._list.problems;
  }

  get isDisposed(): boolean {
    return this._attention.isDisposed;
  }

  dispose(): void {
    if (!this.isDisposed) {
      this._attention.dispose();
      this._options.accounts?.changed.disconnect(this._onAccounts, this);
      Signal.clearData(this._list);
      Signal.clearData(this);
    }
  }

  get(id: string): IJob | undefined {
    return this._list.get(id);
  }

  /** Read the kept jobs, and follow those that still run. Never throws. */
  async load(): Promise<void> {
    await this._options.archives.ready;
    await this._list.attempt(async () => {
      const fresh = await this._list.load();
      this._ready.resolve();
      fresh.forEach(id => this._attention.follow(id));
    });
  }

  async start(
    request: IQueryRequest,
    name = request.subject,
    signal?: AbortSignal
  ): Promise<IJob> {
    this.wake();
    await this._confirm(request);
    const { query, more = [] } = request;
    const count = 1 + more.length;
    const first = await this._start(request, query, sliceName(name, 1, count), signal);
    for (const [index, slice] of more.entries()) {
      await this._start(request, slice, sliceName(name, index + 2, count), signal);
    }
    return first;
  }

  async refresh(everywhere = false): Promise<void> {
    this._list.error = null;
    this.wake();
    await this.load();
    await this._attention.ask(this.jobs);
    await this._look(everywhere);
  }

  request(id: string): IQueryRequest | null {
    const entry = this.get(id);
    const archive = entry && this._options.archives.get(entry.record.archive);
    return archive ? requestOf(entry, archive) : null;
  }

  run(id: string): Promise<void> {
    return this._act(id, 'start', async (entry, jobs) => {
      this._attention.hear(id, await jobs.run(addressOf(entry)));
      this._attention.follow(id, { force: true });
    });
  }

  stop(id: string): Promise<void> {
    return this._act(id, 'stop', async (entry, jobs) => {
      this._stopped.add(id);
      this._attention.hear(id, await jobs.abort(addressOf(entry)));
      this._attention.follow(id, { force: true });
    });
  }

  remove(id: string, atService = true): Promise<void> {
    return this._act(id, 'remove', async (entry, jobs) => {
      if (atService && isAtService(entry)) {
        await jobs.remove(addressOf(entry));
      }
      await this._list.forget(id);
    });
  }

  async keep(id: string): Promise<IJob> {
    let kept = id;
    await this._act(id, 'fetch', async (entry, jobs) => {
      const job = await jobs.status(addressOf(entry));
      const record = { ...entry.record, ...queryOf(job), id: UUID.uuid4() };
      kept = record.id;
      this._list.drop([id]);
      this._list.put(heard(unheard(record), job, this.now()));
      await this._list.save(record);
      this._attention.follow(kept);
    });
    return this._list.known(kept);
  }

  async note(id: string, news: IJobNews): Promise<void> {
    const { record } = this._list.known(id);
    await this._list.save({ ...record, ...news });
    const isSafe =
      news.saved !== undefined
        ? this.removeWhen !== 'never'
        : this.removeWhen === 'fetched' && news.rows !== undefined;
    if (isSafe && !record.elsewhere) {
      await this._discard(id, 'COMPLETED');
    }
  }

  watch(): IDisposable {
    return this._attention.watch();
  }

  wake(): void {
    this._attention.wake();
  }

  private async _start(
    { archive, table, as }: IQueryRequest,
    query: IQuery,
    name: string,
    signal?: AbortSignal
  ): Promise<IJob> {
    const { id, name: archiveName } = archive.definition;
    const jobs = this._service(archive, archiveName);
    const me = as === 'me' ? { as } : {};
    const how = { runId: labelOf(name), keep: this.keepDays * DAY, ...me };
    const started = await this._asMe(
      me.as,
      id,
      () => jobs.start(table.service, query, how, signal),
      signal
    );
    const record: IJobRecord = {
      ...started.address,
      id: UUID.uuid4(),
      archive: id,
      name,
      table: table.name,
      adql: query.adql,
      maxrec: query.maxrec,
      created: Date.now()
    };
    this._list.put(unheard(record));
    await this._list.save(record);
    this._attention.hear(record.id, started.job);
    this._attention.follow(record.id, { force: true, runHeld: true });
    return this._list.known(record.id);
  }

  /** Throws `cancelled` where the user does not want a job that may outlast the sign-in. */
  private async _confirm({ archive, table, as }: IQueryRequest): Promise<void> {
    const { accounts, confirm } = this._options;
    const { id, services, name } = archive.definition;
    const account = as === 'me' ? accounts?.get(id) : undefined;
    if (!accounts || !confirm || !account || account.renew === 'alone') {
      return;
    }
    const endpoint = services.tap?.find(({ url }) => url === table.service);
    const left = (account.expires ?? Infinity) - accounts.now();
    const isShort = left > 0 && left < (endpoint?.jobSeconds ?? USUAL_SECONDS);
    if (isShort && !(await confirm({ archive, left }))) {
      throw new ProtocolError('cancelled', 'Not started.', { archive: name });
    }
  }

  /** Do what the user asked for; the job says so meanwhile. */
  private async _act(
    id: string,
    work: JobWork,
    action: (entry: IJob, jobs: IJobService) => Promise<void>
  ): Promise<void> {
    this.wake();
    const entry = this._list.known(id);
    const { archive, as } = entry.record;
    const jobs = this._service(this._options.archives.get(archive), archive);
    this._attention.unfollow(id);
    this._list.change(id, { work });
    try {
      await this._asMe(as, archive, () => action(entry, jobs));
    } catch (reason) {
      const error = asProtocolError(reason);
      if (error.kind === 'not-found') {
        this._attention.fail(id, error);
      }
      this._attention.follow(id);
      throw error;
    } finally {
      this._list.change(id, { work: null });
    }
  }

  /** Look for jobs started elsewhere. */
  private async _look(everywhere: boolean): Promise<void> {
    const { archives, accounts } = this._options;
    const isSignedIn = (archive: string): boolean => {
      const account = accounts?.get(archive);
      return account !== undefined && isUsable(account);
    };
    const known = this.jobs.filter(({ kept }) => kept);
    const strangers = this.jobs.filter(({ kept }) => !kept);
    const places = placesToLook(archives.archives, known, isSignedIn, everywhere);
    this._list.drop(strangers.map(({ record }) => record.id));
    await inLanes(places, place =>
      this._list.attempt(async () => {
        const archive = archives.get(place.archive);
        const addresses = known.map(addressOf);
        const found = archive && (await lookFor(place, archive, addresses, this.now()));
        found?.forEach(entry => this._list.put(entry));
      })
    );
  }

  private _onEnded(job: IJob): void {
    const { id } = job.record;
    if (this._stopped.delete(id) && job.job?.phase === 'ABORTED') {
      // Nothing there is worth keeping; what cannot be removed goes in time.
      void this._discard(id, 'ABORTED').catch(() => undefined);
    } else {
      this._ended.emit(job);
    }
  }

  private _onAccounts(): void {
    this._attention.retry();
  }

  /** Remove a job at its service, and remember that and how it ended. */
  private async _discard(id: string, removed: 'COMPLETED' | 'ABORTED'): Promise<void> {
    const entry = this._list.known(id);
    const { archive, as } = entry.record;
    if (isAtService(entry)) {
      const jobs = this._service(this._options.archives.get(archive), archive);
      await this._asMe(as, archive, () => jobs.remove(addressOf(entry)));
      await this._list.save({ ...this._list.known(id).record, removed });
    }
  }

  private _asMe<T>(
    as: 'me' | undefined,
    archive: string,
    work: () => Promise<T>,
    signal?: AbortSignal
  ): Promise<T> {
    const { accounts } = this._options;
    return as && accounts ? accounts.asMe(archive, work, signal) : work();
  }

  private _service(archive: IArchive | undefined, name: string): IJobService {
    if (!archive?.discover) {
      throw new ProtocolError('rejected', `${name} cannot run jobs.`, {
        archive: name
      });
    }
    return archive.discover.jobs;
  }

  private readonly _list: JobList;
  private readonly _attention: JobAttention;
  /** Jobs the user stopped. */
  private readonly _stopped = new Set<string>();
  private readonly _ready = new PromiseDelegate<void>();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _ended = new Signal<this, IJob>(this);
}

function sliceName(name: string, index: number, count: number): string {
  return count > 1 ? `${name}, ${index} of ${count}` : name;
}
