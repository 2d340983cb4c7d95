import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import {
  columnKey,
  fieldOf,
  type FormPlace,
  type IFormField,
  type IResolvedTarget,
  targetName
} from '../protocol/form.js';
import { countableBy, type WhyNotCounted } from './countby.js';
import { SearchCounts } from './counts.js';
import type { IQueryRequest } from './query.js';
import type { SearchModel } from './search.js';

/** What is waited for before a search runs: a target's position, or a job that starts. */
export type FlowWait =
  { readonly for: 'name'; readonly name: string } | { readonly for: 'job' };

/**
 * The gestures of the search form: what has to be asked before a query stands, and what is
 * asked beside it. Nothing here is called but by a gesture.
 */
export class SearchFlow implements IDisposable {
  /** @param model - the form */
  constructor(readonly model: SearchModel) {
    this.counts = new SearchCounts(model);
    for (const { changed } of [model, this.counts]) {
      changed.connect(this._onChanged, this);
    }
  }

  /** Counts of the form, once the user asked for any. */
  readonly counts: SearchCounts;

  /** Emitted when the form, its counts, or anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.counts.dispose();
      this.model.changed.disconnect(this._onChanged, this);
      Signal.clearData(this);
    }
  }

  /** What is waited for before the search runs; null where nothing is. */
  get waiting(): FlowWait | null {
    return this._waiting;
  }

  /**
   * The query that the form stands for, for editing or keeping it: the target is looked up
   * where it is a name, nothing else is asked.
   *
   * @returns null, with all problems shown, where there is none, and where it was cancelled
   */
  async take(): Promise<IQueryRequest | null> {
    this._mayResolve.add(this._archiveId);
    if (this._needsTarget && !(await this._resolve())) {
      return null;
    }
    return this.model.submit();
  }

  /** The user wants to search: {@link take} the query; from now on counts follow the form. */
  async submit(): Promise<IQueryRequest | null> {
    const request = await this.take();
    if (request) {
      this.counts.allow();
    }
    return request;
  }

  /** Count what the form stands for. */
  async count(): Promise<void> {
    if (this._needsTarget && !(await this._resolve())) {
      return;
    }
    if (this.model.submit()) {
      this.counts.count();
      await this.learn();
    }
  }

  /**
   * Take a search over into the form, and count its rows by the values of a column.
   *
   * @returns why that cannot be done; null where it can, or was stopped
   */
  async countBy(request: IQueryRequest, column: string): Promise<WhyNotCounted | null> {
    const countable = countableBy(request, column, this.model);
    if ('why' in countable) {
      return countable;
    }
    const { archive, table, as, form } = countable;
    this.model.adopt(archive.definition.id, table.name, as, form);
    if (this._needsTarget && !(await this._resolve())) {
      return null;
    }
    if (!this._fieldOf(column)) {
      await this.learn();
    }
    return this._countValues(column);
  }

  /** Count by a column of the form's table, as far as the table has it. */
  private _countValues(column: string): WhyNotCounted | null {
    const { facets, fields } = this.model;
    if (this._fieldOf(column)?.facet) {
      facets.fold(columnKey(column), false);
    } else {
      facets.add(columnKey(column));
    }
    if (this._fieldOf(column)) {
      this.counts.countValues(column);
      return null;
    }
    facets.remove(columnKey(column));
    return fields.error
      ? { why: 'problem', message: fields.error.message }
      : { why: 'column' };
  }

  private _fieldOf(column: string): IFormField | undefined {
    const { offer } = this.model;
    return offer ? fieldOf(offer.profile, column) : undefined;
  }

  /**
   * Learn which fields the table has: the user has asked its service something. After a
   * search, whose rows come first.
   */
  learn(): Promise<void> {
    return this.model.fields.load();
  }

  /** The focus left a field. That of the target is looked up, once a search was made here. */
  leave(field: FormPlace): void {
    this.model.leave(field);
    if (field === 'position' && this._mayResolve.has(this._archiveId)) {
      void this._lookUp();
    }
  }

  /** Of several things with the name, the one that is meant. */
  choose(target: IResolvedTarget): void {
    const { archive, names } = this.model;
    if (archive) {
      names.choose(archive, target);
    }
  }

  /**
   * Let the form's query be started as a job, once it stands.
   *
   * @throws what `start` throws, but for being cancelled
   */
  async startJob(
    start: (request: IQueryRequest, signal: AbortSignal) => Promise<unknown>
  ): Promise<void> {
    const request = await this.submit();
    if (!request) {
      return;
    }
    const abort = (this._starting = new AbortController());
    this._wait({ for: 'job' });
    try {
      await start(request, abort.signal);
    } catch (reason) {
      if (!abort.signal.aborted) {
        throw reason;
      }
    } finally {
      this._wait(null);
    }
    await this.learn();
  }

  /** Stop what is waited for, and what is counted. */
  cancel(): void {
    this._starting?.abort();
    this.model.names.cancel();
    this.counts.cancel();
  }

  /** The target is a name that nobody was asked for, or in vain. */
  private get _needsTarget(): boolean {
    const { archive, form, resolution } = this.model;
    const isName = targetName(form) !== null && archive?.resolve !== undefined;
    return isName && ['asking', 'failed', undefined].includes(resolution?.state);
  }

  /** Look the target up, and say so meanwhile; false where that was stopped. */
  private async _resolve(): Promise<boolean> {
    this._wait({ for: 'name', name: targetName(this.model.form) ?? '' });
    try {
      return await this._lookUp();
    } finally {
      this._wait(null);
    }
  }

  /** False where it was stopped, or the field holds another name by now. */
  private async _lookUp(): Promise<boolean> {
    const { archive, names, form } = this.model;
    const name = targetName(form);
    if (!archive?.resolve || name === null) {
      return true;
    }
    const answer = await names.ask(archive, name);
    return answer !== null && targetName(this.model.form) === name;
  }

  private _wait(waiting: FlowWait | null): void {
    this._waiting = waiting;
    this._changed.emit();
  }

  private _onChanged(): void {
    this._changed.emit();
  }

  private get _archiveId(): string {
    return this.model.archive?.definition.id ?? '';
  }

  private _waiting: FlowWait | null = null;
  private _starting: AbortController | null = null;
  /** Ids of the archives that were searched: leaving the field looks the target up there. */
  private readonly _mayResolve = new Set<string>();
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
