import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { isAbort } from '../../protocol/errors.js';
import type { Pause } from '../../protocol/votable/types.js';
import type { RowStore } from '../columns.js';
import type { IProvenance } from '../reading.js';
import type { ResultModel } from '../result.js';
import { collectRows, followedColumns, type ICollected } from './collect.js';
import { compareRuns, type IDifference } from './compare.js';
import { readRun, writeRun } from './file.js';
import { fingerprint, type IRunRows } from './rows.js';
import { ChangedStore, type IChangeWords } from './store.js';

/**
 * What is known of the changes since the last run:
 *
 * - `none`: nothing to say, as before a run
 * - `working`: both runs are being compared
 * - `first`: there is no earlier run, or nobody can read what was kept of it
 * - `other-query`, `other-account`: the last run asked something else, or as somebody else
 * - `no-key`, `too-many`: rows of this table cannot be followed, or not so many
 * - `incomplete`: this run was cut short, so the last whole one stays the last
 * - `compared`: see the difference
 */
export type Changes =
  | {
      readonly state:
        'none' | 'working' | 'first' | 'no-key' | 'too-many' | 'incomplete';
    }
  | { readonly state: 'other-query' | 'other-account'; readonly since: number }
  | { readonly state: 'compared'; readonly difference: IDifference };

/** Where the rows of the last run are kept. */
export interface IRunKeeper {
  /** Null where none are kept. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
}

/** What changes are found with. */
export interface IChangesMeans {
  readonly keeper: IRunKeeper;
  readonly words: IChangeWords;
  /** Lets the page have its turn, until the work is not wanted any more. */
  pause(signal: AbortSignal): Pause;
}

/**
 * Tells after each whole run of a saved search what is different from the run before, and
 * keeps what is needed for that. Asks no archive.
 */
export class RunChanges implements IDisposable {
  constructor(
    private readonly _result: ResultModel,
    private readonly _means: IChangesMeans
  ) {
    _result.stateChanged.connect(this._onState, this);
  }

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get changes(): Changes {
    return this._changes;
  }

  /** Why this run could not be kept for the next comparison; null where it was. */
  get notKept(): string | null {
    return this._notKept;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._abort?.abort();
      Signal.disconnectReceiver(this);
      Signal.clearData(this);
    }
  }

  private _onState(): void {
    const { state, rows, provenance, asked } = this._result;
    if (asked === this._asked || state === 'idle') {
      return;
    }
    if (state === 'loading') {
      this._abort?.abort();
      if (this._changes.state !== 'none') {
        this._set({ state: 'none' });
      }
      return;
    }
    this._asked = asked;
    if (state === 'done' && rows && provenance) {
      void this._follow(rows, provenance);
    } else {
      this._set({ state: state === 'partial' ? 'incomplete' : 'none' });
    }
  }

  private async _follow(store: RowStore, asked: IProvenance): Promise<void> {
    const abort = (this._abort = new AbortController());
    const pause = this._means.pause(abort.signal);
    this._notKept = null;
    this._set({ state: 'working' });
    try {
      const changes = await this._find(store, asked, pause);
      if (changes.state === 'compared' && this._result.rows === store) {
        await this._show(store, changes.difference, pause);
      }
      this._set(changes);
    } catch (reason) {
      if (!abort.signal.aborted && !isAbort(reason)) {
        this._notKept = reason instanceof Error ? reason.message : String(reason);
        this._set({ state: 'none' });
      }
    }
  }

  private async _find(
    store: RowStore,
    asked: IProvenance,
    pause: Pause
  ): Promise<Changes> {
    const profile = asked.archive.discover?.profile(asked.table);
    const columns = followedColumns(store, profile ?? { key: null, release: null });
    if (!columns) {
      return { state: 'no-key' };
    }
    const collected = await collectRows(store, columns, this._questionOf(asked), pause);
    if (!collected) {
      return { state: 'too-many' };
    }
    const kept = await this._means.keeper.read();
    const before = kept === null ? null : await readRun(kept, pause);
    const changes = await comparison(before, collected, store.rowCount, pause);
    await this._keep(collected.rows, pause);
    return changes;
  }

  private _questionOf(
    asked: IProvenance
  ): Pick<IRunRows, 'when' | 'query' | 'isSlice' | 'withAccount'> {
    const { archive, table, query, startedAt, as } = asked;
    const { adql, maxrec } = query;
    return {
      when: startedAt,
      query: fingerprint([archive.definition.id, table.service, adql, maxrec]),
      isSlice: this._result.overflow,
      withAccount: as === 'me'
    };
  }

  /** A run that cannot be kept is compared all the same. */
  private async _keep(rows: IRunRows, pause: Pause): Promise<void> {
    const text = await writeRun(rows, pause);
    try {
      await this._means.keeper.write(text);
    } catch (reason) {
      this._notKept = reason instanceof Error ? reason.message : String(reason);
    }
  }

  private async _show(
    store: RowStore,
    difference: IDifference,
    pause: Pause
  ): Promise<void> {
    const { added, released, removed } = difference;
    if (added + released + removed.length > 0) {
      const { words } = this._means;
      this._result.amend(await ChangedStore.of(store, difference, words, pause));
    }
  }

  private _set(changes: Changes): void {
    this._changes = changes;
    this._changed.emit();
  }

  private _changes: Changes = { state: 'none' };
  private _notKept: string | null = null;
  private _asked: IProvenance | null = null;
  private _abort: AbortController | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

async function comparison(
  before: IRunRows | null,
  now: ICollected,
  rowCount: number,
  pause: Pause
): Promise<Changes> {
  if (!before) {
    return { state: 'first' };
  }
  const since = before.when;
  const isSameKey = before.keyColumns.join('\t') === now.rows.keyColumns.join('\t');
  if (before.query !== now.rows.query || !isSameKey) {
    return { state: 'other-query', since };
  }
  if (before.withAccount !== now.rows.withAccount) {
    return { state: 'other-account', since };
  }
  const difference = await compareRuns(before, now, rowCount, pause);
  return { state: 'compared', difference };
}
