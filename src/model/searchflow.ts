import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { targetName } from '../protocol/form.js';
import type { IResolvedTarget } from '../protocol/form/types.js';
import { SearchCounts } from './counts.js';
import type { IQueryRequest } from './query.js';
import type { SearchModel } from './search.js';

/**
 * The gestures of the search form: what has to be asked before a query stands, and what is
 * asked beside it. Nothing here is called but by a gesture.
 */
export class SearchFlow implements IDisposable {
  /** @param model - the form */
  constructor(readonly model: SearchModel) {
    this.counts = new SearchCounts(model);
  }

  /** Counts of the form, once the user asked for any. */
  readonly counts: SearchCounts;

  /** Emitted when `isResolving` changed. */
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
      Signal.clearData(this);
    }
  }

  /** The name that is looked up before the search can run; null where none is. */
  get resolving(): string | null {
    return this._resolving;
  }

  /**
   * The user wants to search: look the target up where it is a name, then take the query.
   *
   * @returns null, with all problems shown, where there is none, and where it was cancelled
   */
  async submit(): Promise<IQueryRequest | null> {
    this._mayResolve.add(this._archiveId);
    const isReady = await this._resolve();
    const request = isReady ? this.model.submit() : null;
    if (request) {
      this.counts.allow();
    }
    return request;
  }

  /** Count what the form stands for. */
  async count(): Promise<void> {
    if ((await this._resolve()) && this.model.submit()) {
      this.counts.count();
      await this.learn();
    }
  }

  /**
   * Learn which fields the table has: the user has asked its service something. After a
   * search, whose rows come first.
   */
  learn(): Promise<void> {
    return this.model.fields.load();
  }

  /** The focus left the field of the target: look it up, once a search was made here. */
  leaveTarget(): void {
    if (this._mayResolve.has(this._archiveId)) {
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

  /** Look the target up no more, and count no more. */
  cancel(): void {
    this.model.names.cancel();
    this.counts.cancel();
  }

  /** True once the form can be read, as far as that depends on the target's position. */
  private async _resolve(): Promise<boolean> {
    const name = targetName(this.model.form);
    if (name === null || !this.model.archive?.resolve) {
      return true;
    }
    this._setResolving(name);
    try {
      return await this._lookUp();
    } finally {
      this._setResolving(null);
    }
  }

  /** False where it was stopped, or the field holds another name by now. */
  private async _lookUp(): Promise<boolean> {
    const { archive, names, form } = this.model;
    const name = targetName(form);
    if (!archive || name === null) {
      return true;
    }
    const answer = await names.ask(archive, name);
    return answer !== null && targetName(this.model.form) === name;
  }

  private _setResolving(name: string | null): void {
    this._resolving = name;
    this._changed.emit();
  }

  private get _archiveId(): string {
    return this.model.archive?.definition.id ?? '';
  }

  private _resolving: string | null = null;
  /** Ids of the archives that were searched: leaving the field looks the target up there. */
  private readonly _mayResolve = new Set<string>();
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
