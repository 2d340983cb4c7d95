import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { RowStore } from '../../model/columns.js';
import type { ResultModel } from '../../model/result.js';
import { RowView } from '../../model/rowview.js';
import { isSortable } from '../../model/table/chunks.js';
import type { ColumnFilter } from '../../model/table/filters.js';
import type { IValueCount, TableRunner } from '../../model/table/tasks.js';
import { type IResultColumn, resultColumns, usefulColumns } from './columns.js';
import { FilterDrafts, filterOf } from './filter/drafts.js';
import type { ISortRequest } from './gridtypes.js';
import { sortWords } from './sorting.js';

/** Pause in typing after which filters apply, ms. */
const TYPING = 250;

/** Different values of a column among which one can choose. */
export const VALUE_LIMIT = 200;

/**
 * The rows of a result as they are shown: follows the result from table to table, and
 * turns what the user does to headers and filters into the order of a {@link RowView}.
 */
export class RowsController implements IDisposable {
  /**
   * @param _result - where the rows come from; stays the caller's
   * @param _run - sorts and filters
   */
  constructor(
    private readonly _result: ResultModel,
    private readonly _run: TableRunner,
    private readonly _trans: TranslationBundle
  ) {
    _result.tableChanged.connect(this._onTable, this);
    _result.rowsInserted.connect(this._onRows, this);
    _result.stateChanged.connect(this._onState, this);
    this.drafts.changed.connect(this._onDrafts, this);
    this._onTable();
  }

  /** The filters as the user is writing them. */
  readonly drafts = new FilterDrafts();

  /** Emitted when `view` is another one. */
  get viewChanged(): ISignal<this, void> {
    return this._viewChanged;
  }

  /** Emitted when the order, the filters or the work on them changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The rows as they are shown; null before the first result. */
  get view(): RowView | null {
    return this._view;
  }

  /** The columns in the order of the grid. */
  get columns(): readonly IResultColumn[] {
    return this._columns;
  }

  /** What was done last, for a screen reader. */
  get message(): string {
    return this._message;
  }

  /** True while all rows of the table may not be there yet. */
  get isReading(): boolean {
    return this._isReading;
  }

  /** True where filters are shown that the user stopped while they were applied. */
  get isStopped(): boolean {
    return this._isStopped;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    clearTimeout(this._timer);
    Signal.disconnectReceiver(this);
    this.drafts.dispose();
    this._view?.dispose();
    Signal.clearData(this);
  }

  /** Sort as the user asked; says so, or why it cannot be done. */
  async sort({ column, keys }: ISortRequest): Promise<void> {
    const view = this._view;
    if (!view) {
      return;
    }
    if (!isSortable(column.field)) {
      this._say(
        this._trans.__('%1 cannot be sorted: its cells are arrays.', column.field.name)
      );
      return;
    }
    await view.setSort(keys);
    if (view === this._view && view.sortKeys === keys && !view.error) {
      const { fields } = view.store;
      this._say(sortWords(this._trans, keys, index => fields[index].name));
    }
  }

  /** Stop sorting or filtering; what is shown stays. */
  stop(): void {
    clearTimeout(this._timer);
    this._isStopped = true;
    this._view?.cancel();
    this._changed.emit();
  }

  /** The values of a column with their numbers; null if there are too many to choose from. */
  async values(
    column: number,
    signal: AbortSignal
  ): Promise<readonly IValueCount[] | null> {
    return this._view ? this._view.countValues(column, VALUE_LIMIT, signal) : [];
  }

  /** Show the rows of another table, in the same order where it has the same columns. */
  private _onTable(): void {
    const { rows } = this._result;
    if (rows === (this._view?.store ?? null)) {
      return;
    }
    const old = this._view;
    this._view = rows && new RowView(rows, this._run);
    this._columns = rows ? resultColumns(rows.fields, this._useful) : [];
    this._isReading = rows !== null;
    if (!this._view || !old || !haveSameColumns(this._view.store, old.store)) {
      this.drafts.clear();
      clearTimeout(this._timer);
    } else {
      void this._view.setSort(old.sortKeys);
      void this._view.setFilters(old.filters);
    }
    old?.dispose();
    this._view?.changed.connect(() => this._changed.emit());
    this._view?.stateChanged.connect(() => this._changed.emit());
    this._onState();
    this._viewChanged.emit();
    this._changed.emit();
  }

  /** Names of the columns that say most about a row of the table that was searched. */
  private get _useful(): readonly string[] {
    const { archive, table } = this._result.provenance ?? {};
    return usefulColumns((table && archive?.discover?.profile(table)) ?? null);
  }

  private _onRows(): void {
    this._view?.grew();
  }

  private _onState(): void {
    const { state, asked, provenance } = this._result;
    const isOver = state !== 'loading' || asked !== provenance;
    if (!isOver && this._view?.store === this._result.rows) {
      // More rows may follow those of a table that was complete.
      this._isReading = true;
    }
    if (this._isReading && isOver && this._view?.store === this._result.rows) {
      this._isReading = false;
      this._view?.readingEnded();
    }
  }

  private _onDrafts(): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this._apply(), TYPING);
    this._isStopped = false;
    this._changed.emit();
  }

  private _apply(): void {
    const filters = this.drafts.list
      .map(draft => {
        const column = this._columns.find(({ index }) => index === draft.column);
        return column ? filterOf(column, draft) : null;
      })
      .filter(filter => filter !== null);
    const view = this._view;
    if (view && !areSame(filters, view.filters)) {
      void view.setFilters(filters);
    }
  }

  private _say(message: string): void {
    this._message = message;
    this._changed.emit();
  }

  private _view: RowView | null = null;
  private _columns: readonly IResultColumn[] = [];
  private _isReading = false;
  private _isStopped = false;
  private _isDisposed = false;
  private _message = '';
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private readonly _viewChanged = new Signal<this, void>(this);
  private readonly _changed = new Signal<this, void>(this);
}

function haveSameColumns({ fields: a }: RowStore, { fields: b }: RowStore): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ name, datatype, arraysize }, index) =>
        name === b[index].name &&
        datatype === b[index].datatype &&
        arraysize === b[index].arraysize
    )
  );
}

function areSame(a: readonly ColumnFilter[], b: readonly ColumnFilter[]): boolean {
  return textOf(a) === textOf(b);
}

/** Longs are no JSON, nor is NaN. */
function textOf(filters: readonly ColumnFilter[]): string {
  return JSON.stringify(filters, (_, value: unknown) =>
    typeof value === 'bigint' || typeof value === 'number' ? `${value}#` : value
  );
}
