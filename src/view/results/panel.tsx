import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';
import { Panel } from '@lumino/widgets';
import * as React from 'react';

import type { IColumnLayout } from '../../model/columnlayout.js';
import type { QueryModel } from '../../model/query.js';
import type { ResultState } from '../../model/result.js';
import type { ISortKey } from '../../model/table/filters.js';
import { runOnPage } from '../../model/table/pause.js';
import { QueryPane } from '../query/pane.js';
import { ReactView } from '../shared/reactview.js';
import { Throttle } from '../shared/throttle.js';
import { Turns } from '../shared/turns.js';
import { BannerPane, type IAccessThing } from './bannerpane.js';
import { RowCopier } from './copier.js';
import { FilterPane } from './filter/pane.js';
import { FooterPane } from './footerpane.js';
import type { ResultGrid } from './grid.js';
import { GridParts } from './gridparts.js';
import type { IRowOpened } from './gridtypes.js';
import { ResultsMenus } from './menus.js';
import { ProgressPane } from './progresspane.js';
import { RecordPane } from './recordpane.js';
import { RowsController } from './rowscontroller.js';
import { QueryRunner } from './runner.js';
import { ResultsToolbar } from './toolbar.js';
import type { IResultAction, IResultsOptions } from './types.js';

/** Time between two drawings of counts that change with each batch, ms. */
const DRAW_EVERY = 250;

/**
 * A Results tab: toolbar, query, banners, the grid with the record of the focused row,
 * and the footer.
 *
 * Owns none of the model: closing the tab does not end the query; dispose the model for that.
 */
export class ResultsPanel extends Panel {
  constructor(private readonly _options: IResultsOptions) {
    super();
    this.addClass('jp-Obsdeck-Results');
    this._trans = _options.translator.load('obsdeck');
    const trans = this._trans;
    this._runner = new QueryRunner(this.model, _options.rights);
    this._toolbar = new ResultsToolbar(_options.actions, trans, {
      filter: () => (this.filterShown = !this.filterShown),
      columns: button => this._parts.chooser.toggle(button),
      record: () => this._record.turn(!this.recordShown),
      more: () => this._menus.more()
    });
    this._rows = new RowsController(
      this.model.result,
      _options.runner ?? runOnPage,
      trans
    );
    this._parts = new GridParts(this.model.result, this._rows, _options, trans, () =>
      this._record.refresh()
    );
    this._grid = this._parts.grid;
    this._copier = new RowCopier(this._grid, trans, () => this._footer.update());
    this._query = new QueryPane({
      model: this.model,
      editorFactory: _options.editorFactory,
      rights: this._runner.rights,
      means: _options.query,
      trans,
      run: this._run,
      stop: this._cancel
    });
    this._progress = new ProgressPane(this.model, trans, this._cancel);
    this._banners = new BannerPane({
      ..._options,
      runner: this._runner,
      trans,
      keepFocus: () => this._query.focusLine()
    });
    this._filters = new FilterPane(this._rows, this._grid, trans);
    this._actions = _options.actions;
    this._menus = new ResultsMenus({
      ..._options,
      ...this._parts,
      rows: this._rows,
      filters: this._filters,
      copier: this._copier,
      trans,
      actions: () => this._actions,
      why: _options.rights && (() => this.explainAccess()),
      showFilters: () => (this.filterShown = true)
    });
    this._order = new ReactView('jp-Obsdeck-visuallyHidden', () => (
      <div role="status">{this._rows.message}</div>
    ));
    this._record = new RecordPane({
      ..._options,
      grid: this._grid,
      trans,
      row: () => this.focusedRow,
      why: _options.rights && (() => this.explainAccess()),
      turned: shown => (this._toolbar.recordShown = shown)
    });
    this._footer = new FooterPane({
      result: this.model.result,
      rows: this._rows,
      grid: this._grid,
      trans,
      selected: () => this.selectedCount,
      note: () => this._copier.message,
      who: () => this._runner.who
    });
    this._assemble();
    this._connect();
  }

  /** The query and its result. */
  get model(): QueryModel {
    return this._options.model;
  }

  /** Row that has the focus, counted from 0 in the order of arrival; -1 before any has. */
  get focusedRow(): number {
    return this._isBetween ? -1 : this._grid.focusedRow;
  }

  /**
   * The selected rows that are shown, ascending; counted from 0 in the order of arrival.
   * Rows that a filter hides stay selected, but are not among them.
   */
  get selectedRows(): readonly number[] {
    return this._isBetween ? [] : (this._grid.selection?.rows ?? []);
  }

  /** Number of selected rows that are shown; cheap where {@link selectedRows} would be long. */
  get selectedCount(): number {
    return this._isBetween ? 0 : this._grid.selectedCount;
  }

  /** How the columns are shown. */
  get columnLayout(): IColumnLayout {
    return this._parts.columns.layout;
  }

  /** The rows as they are sorted and filtered, null for all; and the columns shown. */
  get arrangement(): { rows: Uint32Array | null; columns: readonly number[] } {
    const columns = this._parts.columns.shown.columns.map(({ index }) => index);
    return { rows: this._rows.view?.shownRows() ?? null, columns };
  }

  /** Emitted when the focused row or the selected rows changed. */
  get selectionChanged(): ISignal<this, void> {
    return this._selectionChanged;
  }

  /** Select rows, counted as in {@link selectedRows}, and no others. */
  selectRows(rows: readonly number[]): void {
    this._turns.flush();
    this._grid.selectRows(rows);
  }

  /** True while the record is visible. */
  get recordShown(): boolean {
    return this._record.recordShown;
  }

  set recordShown(shown: boolean) {
    this._record.turn(shown);
  }

  /** True while the filters are unfolded. */
  get filterShown(): boolean {
    return this._filters.open;
  }

  set filterShown(shown: boolean) {
    this._filters.open = shown;
    this._toolbar.filterShown = shown;
    if (!shown) {
      this._grid.activate();
    }
  }

  /** True while the ADQL editor is unfolded. */
  get queryOpen(): boolean {
    return this._query.open;
  }

  set queryOpen(open: boolean) {
    this._query.open = open;
  }

  /** Put a text where the cursor of the ADQL editor is, which is opened for that. */
  insertIntoQuery(text: string): void {
    this._query.insert(text);
  }

  /** Run the query as it stands, in the user's name only once there is a sign-in. */
  run(): Promise<void> {
    return this._runner.run();
  }

  /** Explain why something, or else the focused row or the answer, cannot be seen. */
  explainAccess(about?: IAccessThing): void {
    this._banners.explain(about ?? this.focusedRow);
  }

  /** Show the toolbar buttons of other actions, as plugins come and go. */
  setActions(actions: readonly IResultAction[]): void {
    this._actions = actions;
    this._toolbar.setActions(actions);
  }

  /** Read the theme's colours again; happens by itself when JupyterLab's theme changes. */
  refreshTheme(): void {
    this._grid.refreshTheme();
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    Signal.disconnectReceiver(this);
    this._update.stop();
    this._turns.stop();
    this._copier.stop();
    this._parts.dispose();
    this._rows.dispose();
    this.node.removeEventListener('keydown', this._onKey);
    super.dispose();
    Signal.clearData(this);
  }

  protected override onActivateRequest(): void {
    this._grid.activate();
  }

  private _assemble(): void {
    this.addWidget(this._toolbar);
    this.addWidget(this._query);
    this.addWidget(this._progress);
    this.addWidget(this._banners);
    this.addWidget(this._filters);
    this.addWidget(this._order);
    this.addWidget(this._record);
    this.addWidget(this._footer);
  }

  private _connect(): void {
    const { result } = this.model;
    this.model.changed.connect(this._onQueryChanged, this);
    this._runner.rights?.changed.connect(this._onQueryChanged, this);
    result.stateChanged.connect(this._onState, this);
    this._rows.viewChanged.connect(this._onView, this);
    this._rows.changed.connect(this._onArranged, this);
    this._grid.selectionChanged.connect(this._onSelection, this);
    this._grid.opened.connect(this._onOpened, this);
    this._grid.sortRequested.connect((_, request) => void this._rows.sort(request));
    this._grid.copyRequested.connect((_, event) => void this._copier.copy(event));
    this.node.addEventListener('keydown', this._onKey);
    this._onView();
  }

  private _onQueryChanged(): void {
    this._query.update();
    this._banners.update();
    this._toolbar.refresh();
  }

  private _onState(): void {
    const { result } = this.model;
    this._progress.listen();
    if (result.state === 'done' && result.rows?.rowCount === 1) {
      this._showOnlyRow();
    }
    // Batches come far more often than anyone can read.
    if (result.state === 'loading' && result.state === this._drawnState) {
      this._update.soon();
    } else {
      if (this._drawnState === 'loading' && !this._isBetween) {
        this._grid.widen();
      }
      this._drawnState = result.state;
      this._update.now();
    }
  }

  private _drawState(): void {
    for (const part of [this._query, this._progress, this._banners, this._footer]) {
      part.update();
    }
    this._record.refresh();
    this._toolbar.refresh();
  }

  private _onView(): void {
    const { view } = this._rows;
    this._turns.run([
      () => this._parts.prepare(view),
      () => {
        this._parts.show(view);
        this._record.refresh();
      }
    ]);
  }

  /** True while the grid still has the rows of the table before. */
  private get _isBetween(): boolean {
    return this._grid.store !== (this._rows.view?.store ?? null);
  }

  private _onArranged(): void {
    const keys = this._rows.view?.sortKeys ?? [];
    if (keys !== this._drawnKeys) {
      this._drawnKeys = keys;
      this._grid.refreshOrder();
    }
    if (this._rows.isReading) {
      this._update.soon();
    } else {
      this._footer.update();
    }
    this._filters.update();
    this._order.update();
  }

  private _onSelection(): void {
    this._record.refresh();
    this._footer.update();
    this._filters.update();
    this._toolbar.refresh();
    this._selectionChanged.emit();
  }

  /** A click opens the record, too, until the user has closed it. */
  private _onOpened(_: ResultGrid, { explicit }: IRowOpened): void {
    if (explicit) {
      this._record.turn(true);
    } else {
      this._record.offer();
    }
  }

  private _showOnlyRow(): void {
    this._turns.flush();
    if (this._grid.focusedRow < 0) {
      this._grid.selectRows([0]);
      this._record.offer();
    }
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && this._escape()) {
      event.preventDefault();
    }
  };

  /** Stop what was begun last; false where nothing goes on. */
  private _escape(): boolean {
    if (this._copier.isBusy) {
      this._copier.stop();
    } else if (this._rows.view?.busy) {
      this._rows.stop();
    } else if (this.model.result.state === 'loading') {
      this._cancel();
    } else {
      return false;
    }
    return true;
  }

  private readonly _run = (): void => void this.run();

  private readonly _cancel = (): void => this.model.result.cancel();

  private readonly _trans: TranslationBundle;
  private readonly _toolbar: ResultsToolbar;
  private readonly _query: QueryPane;
  private readonly _progress: ProgressPane;
  private readonly _runner: QueryRunner;
  private readonly _banners: BannerPane;
  private readonly _grid: ResultGrid;
  private readonly _record: RecordPane;
  private readonly _footer: FooterPane;
  private readonly _rows: RowsController;
  private readonly _parts: GridParts;
  private readonly _copier: RowCopier;
  private readonly _filters: FilterPane;
  private readonly _menus: ResultsMenus;
  private _actions: readonly IResultAction[];
  private readonly _order: ReactView;
  private readonly _turns = new Turns();
  private readonly _update = new Throttle(() => this._drawState(), DRAW_EVERY);
  private _drawnState: ResultState | null = null;
  private _drawnKeys: readonly ISortKey[] = [];
  private readonly _selectionChanged = new Signal<this, void>(this);
}
