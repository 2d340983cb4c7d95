import { type ISignal, Signal } from '@lumino/signaling';
import { Panel } from '@lumino/widgets';

import type { RowStore } from '../../model/columns.js';
import type { RowView, RowViewChange } from '../../model/rowview.js';
import type { ISortKey } from '../../model/table/filters.js';
import type { IMirrorWords } from './aria.js';
import type { IResultColumn } from './columns.js';
import { ArrowDataModel, type IGridColumns } from './datamodel.js';
import { FastGrid } from './fastgrid.js';
import { columnAt, geometryOf, GRID_SIZES } from './geometry.js';
import { type IGridMenuRequest, listenForMenus } from './gridmenu.js';
import type { IRowOpened, ISortRequest } from './gridtypes.js';
import { GridColumns } from './gridcolumns.js';
import { GridLook } from './gridlook.js';
import { type IGridState, RestingMirror } from './gridmirror.js';
import type { Widths } from './gridwidths.js';
import { GridKeyHandler } from './keys.js';
import { listenToViewport } from './gridviewport.js';
import { GridMouseHandler } from './mousehandler.js';
import type { RowMarks } from './rowmarks.js';
import { RowSelectionModel } from './selection.js';
import { cycleSort, toggleSort } from './sorting.js';

/** A table with the widths of its columns, px. */
interface IFitted {
  readonly model: ArrowDataModel;
  readonly widths: Widths;
}

/** The rows of a result as a grid, with keyboard, selection and ARIA mirror. */
export class ResultGrid extends Panel {
  /**
   * @param words - translated words of the mirror
   * @param _marksOf - what the first column of a table shows before its texts
   */
  constructor(
    words: IMirrorWords,
    private readonly _marksOf: (store: RowStore) => RowMarks | null = () => null
  ) {
    super();
    this.addClass('jp-Obsdeck-Results-grid');
    this._grid = new FastGrid(GRID_SIZES);
    this._look = new GridLook(this._grid, this.node, () => ({
      columns: this.columns,
      frozen: this._frozen,
      keys: this._keys
    }));
    this._columns = new GridColumns(
      this._grid,
      () => this._look.theme,
      () => this.isAttached,
      model => this._onArranged(model)
    );
    this._mirror = new RestingMirror(
      this._grid,
      words,
      () => this._state,
      () => this._model !== null && this._columns.refine(this._model)
    );
    this.addWidget(this._grid);
    this._listenToHands();
    this._listen();
  }

  /** Emitted when the focused row or the selected rows changed. */
  get selectionChanged(): ISignal<this, void> {
    return this._selectionChanged;
  }

  /** Emitted when a row was clicked or Enter was pressed on it. */
  get opened(): ISignal<this, IRowOpened> {
    return this._opened;
  }

  /** Emitted when the user wants the rows sorted. */
  get sortRequested(): ISignal<this, ISortRequest> {
    return this._sortRequested;
  }

  /** Emitted when the user wants the selected rows on the clipboard. */
  get copyRequested(): ISignal<this, ClipboardEvent> {
    return this._copyRequested;
  }

  /** Emitted when the user wants a menu. */
  get menuRequested(): ISignal<this, IGridMenuRequest> {
    return this._menuRequested;
  }

  /** The columns as they are shown. */
  get columns(): readonly IResultColumn[] {
    return this._model?.columns ?? [];
  }

  /** The rows themselves; null without a table. */
  get store(): RowStore | null {
    return this._model?.store ?? null;
  }

  /** Row of the store that has the focus, -1 before any has. */
  get focusedRow(): number {
    return this._selection?.focusedRow ?? -1;
  }

  /** The column that has the focus; null before any has. */
  get focusedColumn(): IResultColumn | null {
    return this.columns[this._selection?.focusedColumn ?? -1] ?? null;
  }

  /** What is selected; null without a table. */
  get selection(): RowSelectionModel | null {
    return this._selection;
  }

  /** Number of selected rows that are shown. */
  get selectedCount(): number {
    return this._selection?.count ?? 0;
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._look.stop();
    this._mirror.stop();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
    super.dispose();
  }

  /** Do what can be done before {@link setView}, which then takes less time. */
  prepare(view: RowView | null, shown?: IGridColumns): void {
    const model = view && this._modelOf(view, shown);
    this._prepared = model && { model, widths: this._columns.fitted(model) };
  }

  /**
   * Show other rows; null shows none. The view stays the caller's.
   *
   * @param shown - the columns; all of them in their usual order if missing
   */
  setView(view: RowView | null, shown?: IGridColumns): void {
    if (this._model) {
      Signal.disconnectReceiver(this._model);
      this._model.view.changed.disconnect(this._onView, this);
    }
    const prepared = this._prepared?.model.view === view ? this._prepared : null;
    this._prepared = null;
    this._model = view && (prepared?.model ?? this._modelOf(view, shown));
    this._columns.begin(this._model);
    this._selection = this._model && this._select(this._model);
    this._grid.dataModel = this._model;
    this._grid.selectionModel = this._selection;
    view?.changed.connect(this._onView, this);
    this._mirror.reset(this._model);
    this.refreshOrder();
    this._fit(prepared);
    this._onSelection();
  }

  /** Show other columns of the same rows; those that stay keep their width and the focus. */
  setColumns(shown: IGridColumns): void {
    const model = this._model;
    if (!model) {
      return;
    }
    const focused = this.focusedColumn?.key;
    const place = shown.columns.findIndex(({ key }) => key === focused);
    this._columns.show(model, shown);
    this._selection?.moveColumn(Math.max(0, place));
    this._onSelection();
  }

  /** Select rows of the store, and no others; brings the first one into view. */
  selectRows(rows: readonly number[]): void {
    this._selection?.selectRows(rows);
    if (rows.length > 0) {
      this._grid.scrollToCursor();
    }
  }

  /** Focus a cell; its row is selected alone unless it is among the selected ones. */
  chooseForMenu(position: number, column: number): void {
    const selection = this._selection;
    const place = Math.max(0, column);
    if (selection?.isRowSelected(position)) {
      selection.focus(position, place);
    } else {
      selection?.selectOnly(position, place);
    }
  }

  /**
   * Widen columns to fit rows that came after the first ones, which gave them their width,
   * unless the user did something with the grid already.
   */
  widen(): void {
    if (this._model) {
      this._columns.widen(this._model);
    }
  }

  /** Draw the marks of the first column anew; they may take another width. */
  refreshMarks(): void {
    if (this._model) {
      this._columns.remark(this._model);
    }
  }

  /** What the first column shows before its texts; null without a table. */
  get marks(): RowMarks | null {
    return this._model?.marks ?? null;
  }

  /** Show anew which columns the rows are sorted by. */
  refreshOrder(): void {
    this._mirror.sorted(this._keys);
    this._look.repaint();
  }

  /** Read colours and fonts again. */
  refreshTheme(): void {
    this._look.refresh();
  }

  protected override onActivateRequest(): void {
    this._grid.activate();
  }

  protected override onAfterAttach(): void {
    this.refreshTheme();
    this._fit();
  }

  private _listenToHands(): void {
    this._grid.keyHandler = new GridKeyHandler({
      open: () => this._open(this._cursor, true),
      sort: (column, descending, more) =>
        this._sort(column, (keys, index) => toggleSort(keys, index, descending, more))
    });
    this._grid.mouseHandler = new GridMouseHandler({
      pressed: (position, double) => this._open(position, double),
      fit: column => this._fitOne(columnAt(column, this._frozen)),
      sort: (column, more) =>
        this._sort(columnAt(column, this._frozen), (keys, index) =>
          cycleSort(keys, index, more)
        )
    });
    this._grid.frozenFocus = () => this._frozenFocus();
  }

  private _listen(): void {
    listenToViewport(this._grid, {
      moved: () => this._mirror.scrolled(),
      touched: () => this._mirror.touch(),
      resized: () => this._model && this._columns.freeze(this._model),
      focused: () => this._selection?.focusSomething(),
      used: () => this._columns.use(),
      copy: event => this._copyRequested.emit(event)
    });
    listenForMenus(
      this._grid,
      () => this._state,
      request => this._menuRequested.emit(request)
    );
  }

  private _modelOf(view: RowView, shown?: IGridColumns): ArrowDataModel {
    const model = new ArrowDataModel(view, shown);
    model.marks = this._marksOf(view.store);
    return model;
  }

  private _select(model: ArrowDataModel): RowSelectionModel {
    const selection = new RowSelectionModel(model);
    selection.visible = () => {
      const { firstRow, endRow } = geometryOf(this._grid, this._frozen);
      return [firstRow, Math.min(endRow, model.rowCount('body'))];
    };
    selection.changed.connect(() => this._onSelection());
    return selection;
  }

  private get _state(): IGridState {
    return { frozen: this._frozen, selection: this._selection };
  }

  private get _frozen(): number {
    return this._model?.frozen ?? 0;
  }

  private get _cursor(): number {
    return this._selection?.cursorRow ?? -1;
  }

  private get _keys(): readonly ISortKey[] {
    return this._model?.view.sortKeys ?? [];
  }

  private _open(position: number, explicit: boolean): void {
    if (this._model && position >= 0) {
      this._opened.emit({ row: this._model.view.rowAt(position), explicit });
    }
  }

  private _sort(
    index: number,
    next: (keys: readonly ISortKey[], column: number) => readonly ISortKey[]
  ): void {
    const column = this.columns[index];
    if (column) {
      this._sortRequested.emit({ column, keys: next(this._keys, column.index) });
    }
  }

  private _onSelection(): void {
    this._mirror.touch();
    this._selectionChanged.emit();
  }

  private _onView(_: RowView, change: RowViewChange): void {
    if (change.kind === 'reordered') {
      this._findFocus();
      this._onSelection();
    } else if (change.first === 0) {
      this._fit();
    }
    if (this._model) {
      this._columns.fitNumbers(this._model);
    }
    this._mirror.touch();
  }

  /** Bring the row that was chosen into view, wherever it is now; the columns stay. */
  private _findFocus(): void {
    if (this._selection?.isChosen && this._cursor >= 0) {
      this._grid.scrollToRow(this._cursor);
    }
  }

  /** Give all columns the width of their texts. */
  private _fit(prepared: IFitted | null = null): void {
    if (this._model) {
      this._columns.fit(this._model, prepared?.widths);
    }
  }

  private _fitOne(column: number): void {
    if (this._model && column >= 0) {
      this._columns.fitOne(this._model, column);
    }
  }

  private _onArranged(model: ArrowDataModel): void {
    this._mirror.rearrange(model);
    this.refreshOrder();
  }

  private _frozenFocus(): { row: number; column: number } | null {
    const { cursorRow: row = -1, focusedColumn = -1 } = this._selection ?? {};
    const isFrozen = row >= 0 && focusedColumn >= 0 && focusedColumn < this._frozen;
    return isFrozen ? { row, column: focusedColumn + 1 } : null;
  }

  private _model: ArrowDataModel | null = null;
  private _prepared: IFitted | null = null;
  private readonly _look: GridLook;
  private readonly _columns: GridColumns;
  private _selection: RowSelectionModel | null = null;
  private readonly _grid: FastGrid;
  private readonly _mirror: RestingMirror;
  private readonly _selectionChanged = new Signal<this, void>(this);
  private readonly _opened = new Signal<this, IRowOpened>(this);
  private readonly _sortRequested = new Signal<this, ISortRequest>(this);
  private readonly _menuRequested = new Signal<this, IGridMenuRequest>(this);
  private readonly _copyRequested = new Signal<this, ClipboardEvent>(this);
}
