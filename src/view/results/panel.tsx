import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';
import { Panel } from '@lumino/widgets';
import * as React from 'react';

import { CONSTRAINTS } from '../../model/constraints.js';
import type { QueryModel } from '../../model/query.js';
import { ReactView } from '../shared/reactview.js';
import { banners } from './bannercontent.js';
import type { BannerAction } from './bannertypes.js';
import { BannerView } from './banner.js';
import { FooterView, footerWords } from './footer.js';
import { type IRowOpened, ResultGrid } from './grid.js';
import { ProgressView } from './progress.js';
import { QueryLine } from './queryline.js';
import { isObsCore, recordColumns, recordLines } from './record.js';
import { RecordView } from './recordview.js';
import { ResultsSplit } from './split.js';
import { ResultsToolbar } from './toolbar.js';
import type { IResultAction, IResultsOptions } from './types.js';

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
    this._toolbar = new ResultsToolbar(_options.actions, trans, () =>
      this._showRecord(!this.recordShown, true)
    );
    this._grid = new ResultGrid({
      name: trans.__('Results'),
      noValue: trans.__('no value')
    });
    this._query = new ReactView('jp-Obsdeck-Results-query', () => this._drawQuery());
    this._progress = new ReactView('jp-Obsdeck-Results-running', () =>
      this._drawProgress()
    );
    this._banners = new ReactView('jp-Obsdeck-Results-banners', () =>
      this._drawBanners()
    );
    this._record = new ReactView('jp-Obsdeck-Results-record', () => this._drawRecord());
    this._record.node.setAttribute('role', 'complementary');
    this._record.node.setAttribute('aria-label', trans.__('Record'));
    this._split = new ResultsSplit(this._grid, this._record);
    this._footer = new ReactView('jp-Obsdeck-Results-footer', () => this._drawFooter());
    this._footer.node.setAttribute('role', 'status');
    this._footer.node.setAttribute('aria-label', trans.__('Result status'));
    this._assemble();
    this._connect();
  }

  /** The query and its result. */
  get model(): QueryModel {
    return this._options.model;
  }

  /** Row that has the focus, counted from 0; -1 before any has. */
  get focusedRow(): number {
    return this._grid.focusedRow;
  }

  /** The selected rows, sorted; counted from 0. */
  get selectedRows(): number[] {
    return this._grid.selectedRanges.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index)
    );
  }

  /** Number of selected rows; cheap where {@link selectedRows} would be long. */
  get selectedCount(): number {
    return this._grid.selectedCount;
  }

  /** Emitted when the focused row or the selected rows changed. */
  get selectionChanged(): ISignal<this, void> {
    return this._selectionChanged;
  }

  /** True while the record is visible. */
  get recordShown(): boolean {
    return this._split.recordShown;
  }

  set recordShown(shown: boolean) {
    this._showRecord(shown, true);
  }

  /** True while the ADQL editor is unfolded. */
  get queryOpen(): boolean {
    return this._queryOpen;
  }

  set queryOpen(open: boolean) {
    this._queryOpen = open;
    this._query.update();
  }

  /** Show the toolbar buttons of other actions, as plugins come and go. */
  setActions(actions: readonly IResultAction[]): void {
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
    this.addWidget(this._split);
    this.addWidget(this._footer);
  }

  private _connect(): void {
    const { result } = this.model;
    this.model.changed.connect(this._onQueryChanged, this);
    result.stateChanged.connect(this._onState, this);
    result.tableChanged.connect(this._onTable, this);
    result.rowsInserted.connect(this._onRows, this);
    this._grid.selectionChanged.connect(this._onSelection, this);
    this._grid.opened.connect(this._onOpened, this);
    this.node.addEventListener('keydown', this._onKey);
    this._onTable();
  }

  private _onQueryChanged(): void {
    this._query.update();
    this._banners.update();
    this._toolbar.refresh();
  }

  private _onState(): void {
    const { result } = this.model;
    if (result.bytes !== this._heardBytes || result.asked !== this._heardAsked) {
      [this._heardBytes, this._heardAsked] = [result.bytes, result.asked];
      this._heardAt = Date.now();
    }
    if (result.state === 'done' && result.rows?.rowCount === 1) {
      this._showOnlyRow();
    }
    for (const part of [this._query, this._progress, this._banners, this._footer]) {
      part.update();
    }
    this._toolbar.refresh();
  }

  private _onTable(): void {
    this._grid.setStore(this.model.result.rows);
    this._record.update();
  }

  private _onRows(): void {
    this._grid.grow();
    this._record.update();
  }

  private _onSelection(): void {
    this._record.update();
    this._footer.update();
    this._toolbar.refresh();
    this._selectionChanged.emit();
  }

  /** A click opens the record, too, until the user has closed it. */
  private _onOpened(_: ResultGrid, { explicit }: IRowOpened): void {
    if (explicit || !this._recordClosed) {
      this._showRecord(true, explicit);
    }
  }

  private _showOnlyRow(): void {
    if (this._grid.focusedRow < 0) {
      this._grid.selectRow(0);
      this._onOpened(this._grid, { row: 0, explicit: false });
    }
  }

  /** @param byUser - true when the user asked for exactly this */
  private _showRecord(shown: boolean, byUser: boolean): void {
    this._recordClosed = byUser ? !shown : this._recordClosed;
    this._split.recordShown = shown;
    this._toolbar.recordShown = shown;
    this._record.update();
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    const loading = this.model.result.state === 'loading';
    if (event.key === 'Escape' && loading && !event.defaultPrevented) {
      this.model.result.cancel();
      event.preventDefault();
    }
  };

  private readonly _run = (): void => {
    void this.model.run();
  };

  private readonly _runFromBanner = (): void => {
    this._focusQuery();
    this._run();
  };

  private readonly _cancel = (): void => this.model.result.cancel();

  private readonly _revert = (): void => {
    this.model.revert();
    this._focusQuery();
  };

  /** Put the focus where it is not lost: the button that was pressed is about to go away. */
  private _focusQuery(): void {
    this._query.node.querySelector<HTMLElement>('button')?.focus();
  }

  private readonly _closeRecord = (): void => {
    this._showRecord(false, true);
    this._grid.activate();
  };

  private _drawQuery(): JSX.Element {
    const { model } = this;
    return (
      <QueryLine
        adql={model.adql}
        open={this._queryOpen}
        running={model.result.state === 'loading'}
        canRun={model.request !== null && model.adql.trim() !== ''}
        editedByHand={model.editedByHand}
        editorFactory={this._options.editorFactory}
        trans={this._trans}
        onToggle={() => (this.queryOpen = !this.queryOpen)}
        onEdit={text => (model.adql = text)}
        onRun={this._run}
        onStop={this._cancel}
        onRevert={this._revert}
      />
    );
  }

  private _drawProgress(): JSX.Element | null {
    const { state, asked, provenance, rows, bytes } = this.model.result;
    if (state !== 'loading' || !asked) {
      return null;
    }
    const own = asked === provenance ? rows : null;
    const progress = {
      archive: asked.archive.definition.name,
      rows: own?.rowCount ?? 0,
      bytes,
      promised: own?.head.rowsPromised ?? null,
      startedAt: asked.startedAt,
      heardAt: this._heardAt
    };
    return (
      <ProgressView
        key={asked.startedAt}
        progress={progress}
        trans={this._trans}
        onCancel={this._cancel}
      />
    );
  }

  private _drawBanners(): JSX.Element {
    const { model, _trans: trans } = this;
    const { state, rows, error, overflow, asked, provenance, warnings } = model.result;
    const snapshot = {
      state,
      rows,
      error,
      overflow,
      asked,
      provenance,
      warnings,
      hasRequest: model.request !== null,
      isStale: model.isStale,
      constraints: model.ran?.constraints
    };
    const actions = this._bannerActions();
    return (
      <>
        {banners(trans, snapshot).map(banner => (
          <BannerView
            key={banner.key}
            banner={banner}
            trans={trans}
            actions={actions}
          />
        ))}
      </>
    );
  }

  private _bannerActions(): Partial<Record<BannerAction, () => void>> {
    const { showSearch, drop } = this._options;
    const actions: Partial<Record<BannerAction, () => void>> = {
      again: this._runFromBanner,
      run: this._runFromBanner,
      search: showSearch
    };
    for (const constraint of drop ? CONSTRAINTS : []) {
      actions[`drop-${constraint}`] = () => {
        this._focusQuery();
        drop?.(constraint);
      };
    }
    return actions;
  }

  private _drawRecord(): JSX.Element {
    const { rows } = this.model.result;
    const row = this._grid.focusedRow;
    const valid = rows !== null && row >= 0 && row < rows.rowCount;
    const words = valid && isObsCore(rows);
    return (
      <RecordView
        row={valid ? row : null}
        rowCount={rows?.rowCount ?? 0}
        lines={words ? recordLines(this._trans, rows, row, Date.now()) : []}
        columns={valid ? recordColumns(rows, row) : []}
        trans={this._trans}
        onClose={this._closeRecord}
        onCopy={this._options.copy}
      />
    );
  }

  private _drawFooter(): JSX.Element {
    const { result } = this.model;
    const words = footerWords(this._trans, result, this._grid.selectedCount);
    return <FooterView words={words} />;
  }

  private readonly _trans: TranslationBundle;
  private readonly _toolbar: ResultsToolbar;
  private readonly _query: ReactView;
  private readonly _progress: ReactView;
  private readonly _banners: ReactView;
  private readonly _grid: ResultGrid;
  private readonly _record: ReactView;
  private readonly _split: ResultsSplit;
  private readonly _footer: ReactView;
  private _queryOpen = false;
  private _recordClosed = false;
  private _heardAt = 0;
  private _heardBytes = -1;
  private _heardAsked: unknown = null;
  private readonly _selectionChanged = new Signal<this, void>(this);
}
