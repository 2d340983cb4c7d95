import { type ISignal, Signal } from '@lumino/signaling';
import { Panel } from '@lumino/widgets';

import type { IColumnLayout } from '../../model/columnlayout.js';
import type { QueryModel } from '../../model/query.js';
import type { ResultState } from '../../model/result.js';
import type { ISortKey } from '../../model/table/filters.js';
import { Throttle } from '../shared/throttle.js';
import { Turns } from '../shared/turns.js';
import type { IAccessThing } from './bannerpane.js';
import type { ResultGrid } from './grid.js';
import type { IRowOpened } from './gridtypes.js';
import { PanelParts } from './panelparts.js';
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
    this._actions = _options.actions;
    this._parts = new PanelParts(_options, {
      run: () => void this.run(),
      stop: () => this._cancel(),
      explain: () => this.explainAccess(),
      showFilters: shown => (this.filterShown = shown),
      actions: () => this._actions,
      focusedRow: () => this.focusedRow,
      selectedCount: () => this.selectedCount
    });
    this._grid = this._parts.gridParts.grid;
    this._parts.widgets.forEach(part => this.addWidget(part));
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
    return this._parts.gridParts.columns.layout;
  }

  /** The rows as they are sorted and filtered, null for all; and the columns shown. */
  get arrangement(): { rows: Uint32Array | null; columns: readonly number[] } {
    const columns = this._parts.gridParts.columns.shown.columns.map(
      ({ index }) => index
    );
    return { rows: this._parts.rows.view?.shownRows() ?? null, columns };
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
    return this._parts.record.recordShown;
  }

  set recordShown(shown: boolean) {
    this._parts.record.turn(shown);
  }

  /** True while the filters are unfolded. */
  get filterShown(): boolean {
    return this._parts.filters.open;
  }

  set filterShown(shown: boolean) {
    this._parts.filters.open = shown;
    this._parts.toolbar.filterShown = shown;
    if (!shown) {
      this._grid.activate();
    }
  }

  /** True while the ADQL editor is unfolded. */
  get queryOpen(): boolean {
    return this._parts.query.open;
  }

  set queryOpen(open: boolean) {
    this._parts.query.open = open;
  }

  /** Put a text where the cursor of the ADQL editor is, which is opened for that. */
  insertIntoQuery(text: string): void {
    this._parts.query.insert(text);
  }

  /** Run the query as it stands, in the user's name only once there is a sign-in. */
  run(): Promise<void> {
    return this._parts.runner.run();
  }

  /** Explain why something, or else the focused row or the answer, cannot be seen. */
  explainAccess(about?: IAccessThing): void {
    this._parts.banners.explain(about ?? this.focusedRow);
  }

  /** Show the toolbar buttons of other actions, as plugins come and go. */
  setActions(actions: readonly IResultAction[]): void {
    this._actions = actions;
    this._parts.toolbar.setActions(actions);
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
    this._parts.dispose();
    this.node.removeEventListener('keydown', this._onKey);
    super.dispose();
    Signal.clearData(this);
  }

  protected override onActivateRequest(): void {
    this._grid.activate();
  }

  private _connect(): void {
    const { result } = this.model;
    const { runner, rows, copier } = this._parts;
    this.model.changed.connect(this._onQueryChanged, this);
    runner.rights?.changed.connect(this._onQueryChanged, this);
    result.stateChanged.connect(this._onState, this);
    rows.viewChanged.connect(this._onView, this);
    rows.changed.connect(this._onArranged, this);
    this._grid.selectionChanged.connect(this._onSelection, this);
    this._grid.opened.connect(this._onOpened, this);
    this._grid.sortRequested.connect((_, request) => void rows.sort(request));
    this._grid.copyRequested.connect((_, event) => void copier.copy(event));
    this.node.addEventListener('keydown', this._onKey);
    this._onView();
  }

  private _onQueryChanged(): void {
    this._parts.query.update();
    this._parts.banners.update();
    this._parts.toolbar.refresh();
  }

  private _onState(): void {
    const { result } = this.model;
    this._parts.progress.listen();
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
    const { query, progress, banners, footer, record, toolbar } = this._parts;
    [query, progress, banners, footer].forEach(part => part.update());
    record.refresh();
    toolbar.refresh();
  }

  private _onView(): void {
    const { rows, gridParts, record } = this._parts;
    const { view } = rows;
    this._turns.run([
      () => gridParts.prepare(view),
      () => {
        gridParts.show(view);
        record.refresh();
      }
    ]);
  }

  /** True while the grid still has the rows of the table before. */
  private get _isBetween(): boolean {
    return this._grid.store !== (this._parts.rows.view?.store ?? null);
  }

  private _onArranged(): void {
    const { rows, footer, filters, order } = this._parts;
    const keys = rows.view?.sortKeys ?? [];
    if (keys !== this._drawnKeys) {
      this._drawnKeys = keys;
      this._grid.refreshOrder();
    }
    if (rows.isReading) {
      this._update.soon();
    } else {
      footer.update();
    }
    filters.update();
    order.update();
  }

  private _onSelection(): void {
    const { record, footer, filters, toolbar } = this._parts;
    record.refresh();
    footer.update();
    filters.update();
    toolbar.refresh();
    this._selectionChanged.emit();
  }

  /** A click opens the record, too, until the user has closed it. */
  private _onOpened(_: ResultGrid, { explicit }: IRowOpened): void {
    if (explicit) {
      this._parts.record.turn(true);
    } else {
      this._parts.record.offer();
    }
  }

  private _showOnlyRow(): void {
    this._turns.flush();
    if (this._grid.focusedRow < 0) {
      this._grid.selectRows([0]);
      this._parts.record.offer();
    }
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && this._escape()) {
      event.preventDefault();
    }
  };

  /** Stop what was begun last; false where nothing goes on. */
  private _escape(): boolean {
    const { copier, rows } = this._parts;
    if (copier.isBusy) {
      copier.stop();
    } else if (rows.view?.busy) {
      rows.stop();
    } else if (this.model.result.state === 'loading') {
      this._cancel();
    } else {
      return false;
    }
    return true;
  }

  private _cancel(): void {
    this.model.result.cancel();
  }

  private readonly _parts: PanelParts;
  private readonly _grid: ResultGrid;
  private _actions: readonly IResultAction[];
  private readonly _turns = new Turns();
  private readonly _update = new Throttle(() => this._drawState(), DRAW_EVERY);
  private _drawnState: ResultState | null = null;
  private _drawnKeys: readonly ISortKey[] = [];
  private readonly _selectionChanged = new Signal<this, void>(this);
}
