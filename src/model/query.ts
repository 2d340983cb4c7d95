import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { Asker } from '../archives/account.js';
import type {
  IArchive,
  IJobAddress,
  IQuery,
  ISearchTable
} from '../archives/archive.js';
import { firstTable } from '../protocol/adql/index.js';
import type { IResolvedTarget, ISearchForm } from '../protocol/form.js';
import type { IConstraint } from './constraints.js';
import type { ILastRun } from './history/types.js';
import { type IProvenance, ResultModel } from './result.js';
import { sliceAfter } from './nextslice.js';
import type { AsMe } from './signingate.js';
import type { ISlice } from './slice.js';

/** A query that can be run: whom to ask, for which table, and what. */
export interface IQueryRequest {
  readonly archive: IArchive;
  readonly table: ISearchTable;
  readonly query: IQuery;
  /**
   * Queries whose rows follow, without those that came already: a list of targets goes in
   * slices.
   */
  readonly more?: readonly IQuery[];
  /** What the search is about, for the tab's title: a target or the table's name. */
  readonly subject: string;
  /** As whom it is asked; anyone unless told otherwise. Never kept over a reload. */
  readonly as?: Asker;
  /** The job that has the rows already: they are fetched from it, and nothing is run. */
  readonly job?: IJobAddress;
  /**
   * What the form leaves rows out by, the likeliest to be too narrow first; missing where
   * no form made the query.
   */
  readonly constraints?: readonly IConstraint[];
  /** What was typed, for a saved search; missing where no form made the query. */
  readonly form?: ISearchForm;
  /** The positions that names in the form stood for when the query was made. */
  readonly resolved?: readonly IResolvedTarget[];
}

/** A Results tab's query, its text open to editing, and its result. */
export class QueryModel implements IDisposable {
  /** Emitted when the request or the text changed, and when it is run. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** @param asMe - waits for a sign-in where it has run out; nothing waits without it */
  constructor(asMe?: AsMe) {
    this.result = new ResultModel(asMe);
  }

  /** The rows, while they arrive. */
  readonly result: ResultModel;

  /** What was asked for by the form (or a saved search); null before the first. */
  get request(): IQueryRequest | null {
    return this._request;
  }

  /** What was run last; null before anything was. */
  get ran(): IQueryRequest | null {
    return this._ran;
  }

  /**
   * The request with the text as it stands. Its subject is the form's only while the text
   * is; otherwise it is the first table that the text names.
   */
  get current(): IQueryRequest | null {
    const request = this._request;
    if (!request || !this.editedByHand) {
      return request;
    }
    const query = { ...request.query, adql: this._adql };
    const subject = firstTable(this._adql) ?? request.table.name;
    const { archive, table, as } = request;
    return { archive, table, query, subject, as };
  }

  /** True when there are rows that answer another query than the one on screen. */
  get isStale(): boolean {
    const { current } = this;
    const { provenance } = this.result;
    return current !== null && provenance !== null && !isSameQuery(current, provenance);
  }

  /** The ADQL as it stands in the editor. */
  get adql(): string {
    return this._adql;
  }

  set adql(text: string) {
    if (text !== this._adql) {
      this._adql = text;
      this._changed.emit();
    }
  }

  /** When the query as it stands was run last, here or before; null where nobody knows. */
  get lastRun(): ILastRun | null {
    return this._lastRun;
  }

  set lastRun(run: ILastRun | null) {
    if (run !== this._lastRun) {
      this._lastRun = run;
      this._changed.emit();
    }
  }

  /** True when the text no longer is what the form stands for. */
  get editedByHand(): boolean {
    return this._request !== null && this._adql !== this._request.query.adql;
  }

  /** True for a text that was written by hand and never run: nothing else holds it. */
  get isUnrun(): boolean {
    const isKnown = this._adql.trim() === '' || this._adql === this._ran?.query.adql;
    return this.editedByHand && !isKnown;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.result.dispose();
    Signal.clearData(this);
  }

  /** Take a request over without running it. */
  open(request: IQueryRequest): void {
    this._request = request;
    this._adql = request.query.adql;
    this._changed.emit();
  }

  /**
   * Choose as whom the query is asked from now on; runs nothing. A job has the rows that
   * others may see, so that it is of no use then.
   */
  setAs(asker: Asker): void {
    if (this._request && asker !== (this._request.as ?? 'anyone')) {
      this._request = { ...this._request, as: asker, job: undefined };
      this._changed.emit();
    }
  }

  /** Drop what was edited by hand. */
  revert(): void {
    if (this._request) {
      this.adql = this._request.query.adql;
    }
  }

  /**
   * The rows that follow those shown, where the service has more and they can be asked for
   * without getting any twice; null otherwise.
   */
  get next(): ISlice | null {
    return sliceAfter(this.result);
  }

  /** Ask for the rows that follow, unless rows come already; resolves when that has ended. */
  async runNext(): Promise<void> {
    const next = this.result.state === 'loading' ? null : this.next;
    if (next) {
      await this.result.more(next);
    }
  }

  /** Run the text as it stands; resolves when the query has ended. */
  async run(): Promise<void> {
    const { current } = this;
    if (current && this._adql.trim() !== '') {
      this._ran = current;
      this._changed.emit();
      const { archive, table, query, as, job } = current;
      await this.result.run(archive, table, query, as, job);
      await this._runMore(current);
    }
  }

  /** Ask for the other parts of a list that goes in slices. */
  private async _runMore(ran: IQueryRequest): Promise<void> {
    const key = ran.archive.discover?.profile(ran.table).key ?? undefined;
    for (const query of ran.more ?? []) {
      if (this._ran !== ran || this.result.state !== 'done') {
        return;
      }
      await this.result.more({ query, key, isPart: true });
    }
  }

  private _request: IQueryRequest | null = null;
  private _ran: IQueryRequest | null = null;
  private _adql = '';
  private _lastRun: ILastRun | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

/** By what is asked of whom: an archive's definition may have been read anew meanwhile. */
function isSameQuery(request: IQueryRequest, asked: IProvenance): boolean {
  return (
    request.archive.definition.id === asked.archive.definition.id &&
    request.table.service === asked.table.service &&
    request.table.name === asked.table.name &&
    request.query.adql === asked.query.adql &&
    request.query.maxrec === asked.query.maxrec &&
    (request.as ?? 'anyone') === (asked.as ?? 'anyone')
  );
}
