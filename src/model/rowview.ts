import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { RowStore } from './columns.js';
import type { ITableColumns } from './table/chunks.js';
import {
  type ColumnFilter,
  countTask,
  filterTask,
  type ISortKey,
  isVoid,
  sortTask
} from './table/filters.js';
import { RowOrder } from './table/order.js';
import type { IValueCount, TableRunner } from './table/tasks.js';

/** What happened to the rows shown: all may be elsewhere, or some came at the end. */
export type RowViewChange =
  | { readonly kind: 'reordered' }
  | { readonly kind: 'inserted'; readonly first: number; readonly count: number };

/** How rows are to be shown. */
interface IArrangement {
  readonly keys: readonly ISortKey[];
  readonly filters: readonly ColumnFilter[];
}

/**
 * The rows of a store as they are shown: sorted and filtered by an array of row numbers,
 * never by a copy of the table.
 *
 * While rows still arrive, those that pass the filters are added at the end; where there
 * is a sort order, everything is sorted again when the last row is there.
 */
export class RowView implements IDisposable {
  /**
   * @param store - rows that may still grow; tell {@link grew} and {@link readingEnded}
   * @param run - does the work, in a worker or on the page
   */
  constructor(
    readonly store: RowStore,
    private readonly _run: TableRunner
  ) {
    this._takeNatural();
  }

  /** Emitted when the rows shown have changed; positions are the new ones already. */
  get changed(): ISignal<this, RowViewChange> {
    return this._changed;
  }

  /** Emitted when anything but the rows changed: busy, error, what is asked for. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Rows shown. */
  get rowCount(): number {
    return this._order.length;
  }

  /** The columns to sort by, the most important first, as asked for last. */
  get sortKeys(): readonly ISortKey[] {
    return this._asked.keys;
  }

  /** The filters, ANDed, as asked for last. */
  get filters(): readonly ColumnFilter[] {
    return this._asked.filters;
  }

  /** True while another order is being made; the earlier one is shown meanwhile. */
  get busy(): boolean {
    return this._busy;
  }

  /** Why the order asked for could not be made; the earlier one is shown and kept. */
  get error(): Error | null {
    return this._error;
  }

  /** False where rows at the end are still in order of arrival and not in that of the keys. */
  get isOrderComplete(): boolean {
    return this._isSorted;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._abort?.abort();
    this._settle();
    Signal.clearData(this);
  }

  /**
   * The row of the store that is shown at a position.
   *
   * @throws RangeError outside the rows shown
   */
  rowAt(position: number): number {
    return this._order.rowAt(position);
  }

  /** The rows of the store as they are shown; null for all as they arrived. */
  shownRows(): Uint32Array | null {
    return isPlain(this._shown)
      ? null
      : Uint32Array.from({ length: this.rowCount }, (_, position) =>
          this.rowAt(position)
        );
  }

  /** Where a row of the store is shown; -1 where it is not. */
  positionOf(row: number): number {
    return this._order.positionOf(row);
  }

  /**
   * Sorts by these columns; by none: in order of arrival.
   *
   * @returns resolves when the order is shown, has failed (see {@link error}), or a later
   *   call took its place
   */
  setSort(keys: readonly ISortKey[]): Promise<void> {
    return this._arrange({ ...this._asked, keys });
  }

  /** Shows only rows that pass all of these filters. Resolves like {@link setSort}. */
  setFilters(filters: readonly ColumnFilter[]): Promise<void> {
    return this._arrange({ ...this._asked, filters });
  }

  /**
   * Stops making another order: the one that is shown is the one asked for again, and
   * stays incomplete where it is, see {@link isOrderComplete}.
   */
  cancel(): void {
    if (this._busy) {
      this._isDue = false;
      this._abort?.abort();
      this._asked = this._shown;
      this._setBusy(false);
      this._settle();
    }
  }

  /** To be called when rows were added to the store. */
  grew(): void {
    if (this._asked === this._shown && isPlain(this._shown)) {
      this._showNew(null);
    } else {
      void this._work();
    }
  }

  /** To be called when no more rows will come. */
  readingEnded(): void {
    this._isDue = true;
    void this._work();
  }

  /**
   * The values of a column and how many rows of the store have each.
   *
   * @returns the most frequent first; null if there are more than `limit`
   */
  countValues(
    column: number,
    limit: number,
    signal: AbortSignal
  ): Promise<readonly IValueCount[] | null> {
    return this._run(countTask(this.store, column, limit), signal);
  }

  private _arrange(asked: IArrangement): Promise<void> {
    if (this._isDisposed) {
      return Promise.resolve();
    }
    this._abort?.abort();
    this._settle();
    this._asked = asked;
    this._error = null;
    return new Promise(resolve => {
      this._settle = resolve;
      void this._work();
    });
  }

  /** Works until what is shown is what was asked for, and of all rows. */
  private async _work(): Promise<void> {
    if (this._isWorking) {
      return;
    }
    this._isWorking = true;
    let failure: Error | null = null;
    let step: Promise<void> | null;
    while (!failure && (step = this._nextStep())) {
      failure = await step.then(() => null, asError);
      failure = this._abort?.signal.aborted ? null : failure;
    }
    // Before anybody is told, so that what is asked for in answer is worked on.
    this._isWorking = false;
    if (failure) {
      this._fail(failure);
    }
  }

  /** Begins what is most urgent; null where nothing is to do. */
  private _nextStep(): Promise<void> | null {
    const isBehind = this._batches < this.store.batches.length;
    const isOrdered = this._isSorted && !(isBehind && this._shown.keys.length > 0);
    const isOld = this._asked !== this._shown || (this._isDue && !isOrdered);
    if (this._isDisposed || !(isOld || isBehind)) {
      return null;
    }
    const { signal } = (this._abort = new AbortController());
    return isOld ? this._rearrange(signal) : this._catchUp(signal);
  }

  private async _rearrange(signal: AbortSignal): Promise<void> {
    const asked = this._asked;
    const table = snapshot(this.store);
    this._setBusy(true);
    const rows = isPlain(asked) ? null : await this._rowsOf(table, asked, signal);
    signal.throwIfAborted();
    this._shown = asked;
    this._isSorted = true;
    if (rows) {
      this._order = RowOrder.of(rows);
      this._batches = table.batches.length;
    } else {
      this._takeNatural();
    }
    this._changed.emit({ kind: 'reordered' });
    if (this._asked === asked) {
      this._setBusy(false);
      this._settle();
    }
  }

  private async _rowsOf(
    table: ITableColumns,
    { keys, filters }: IArrangement,
    signal: AbortSignal
  ): Promise<Uint32Array> {
    const rows = filters.every(isVoid)
      ? null
      : await this._run(filterTask(table, filters), signal);
    return rows && keys.length === 0
      ? rows
      : this._run(sortTask(table, keys, rows), signal);
  }

  /** Shows the rows that came since, those that pass the filters, at the end. */
  private async _catchUp(signal: AbortSignal): Promise<void> {
    const { filters } = this._shown;
    const table = snapshot(this.store);
    const rows = await this._run(filterTask(table, filters, this._batches), signal);
    signal.throwIfAborted();
    this._batches = table.batches.length;
    this._showNew(rows);
  }

  /** @param rows - new rows that are shown; null for all there are */
  private _showNew(rows: Uint32Array | null): void {
    const first = this._order.length;
    if (rows) {
      this._order.append(rows);
    } else {
      this._takeNatural();
    }
    const count = this._order.length - first;
    if (count === 0) {
      return;
    }
    if (this._isSorted && this._shown.keys.length > 0) {
      this._isSorted = false;
      this._stateChanged.emit();
    }
    this._changed.emit({ kind: 'inserted', first, count });
  }

  private _takeNatural(): void {
    this._order = RowOrder.natural(this.store.rowCount);
    this._batches = this.store.batches.length;
  }

  /** Goes back to what is shown: what the user had stays, and is said to be there. */
  private _fail(error: Error): void {
    this._asked = this._shown;
    this._error = error;
    this._setBusy(false);
    this._settle();
  }

  private _setBusy(busy: boolean): void {
    this._busy = busy;
    this._stateChanged.emit();
  }

  private _shown: IArrangement = { keys: [], filters: [] };
  private _asked = this._shown;
  private _order = RowOrder.natural(0);
  /** Batches of the store that the order is about. */
  private _batches = 0;
  private _isSorted = true;
  /** True if rows that came late are to be sorted in: no more will come. */
  private _isDue = false;
  private _busy = false;
  private _error: Error | null = null;
  private _isWorking = false;
  private _isDisposed = false;
  private _abort: AbortController | null = null;
  /** Resolves the promise of the call that was last. */
  private _settle: () => void = () => undefined;
  private readonly _changed = new Signal<this, RowViewChange>(this);
  private readonly _stateChanged = new Signal<this, void>(this);
}

/** True where rows are shown as they arrived. */
function isPlain({ keys, filters }: IArrangement): boolean {
  return keys.length === 0 && filters.every(isVoid);
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** The rows that are there now: more may arrive while they are worked on. */
function snapshot({ fields, batches }: ITableColumns): ITableColumns {
  return { fields, batches: batches.slice() };
}
