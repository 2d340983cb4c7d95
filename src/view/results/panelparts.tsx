import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import * as React from 'react';

import { runOnPage } from '../../model/table/pause.js';
import { QueryPane } from '../query/pane.js';
import { ReactView } from '../shared/reactview.js';
import { BannerPane } from './bannerpane.js';
import { RowCopier } from './copier.js';
import { FilterPane } from './filter/pane.js';
import { FooterPane } from './footerpane.js';
import { GridParts } from './gridparts.js';
import { ResultsMenus } from './menus.js';
import { ProgressPane } from './progresspane.js';
import { RecordPane } from './recordpane.js';
import { RowsController } from './rowscontroller.js';
import { QueryRunner } from './runner.js';
import { ResultsToolbar } from './toolbar.js';
import type { IResultAction, IResultsOptions } from './types.js';

/** What the parts of a Results panel ask of it. */
export interface IPanelDeeds {
  readonly run: () => void;
  readonly stop: () => void;
  /** Explain why the focused row, or else the answer, cannot be seen. */
  readonly explain: () => void;
  /** Unfold the filters, or fold them. */
  readonly showFilters: (shown: boolean) => void;
  readonly actions: () => readonly IResultAction[];
  /** Row of the store that has the focus; -1 for none. */
  readonly focusedRow: () => number;
  /** Selected rows that are shown. */
  readonly selectedCount: () => number;
}

/**
 * The parts of a Results panel: made and connected with each other here, arranged and told
 * of changes by the panel.
 */
export class PanelParts {
  constructor(
    private readonly _options: IResultsOptions,
    private readonly _deeds: IPanelDeeds
  ) {
    const { model, runner = runOnPage, rights } = _options;
    this._trans = _options.translator.load('obsdeck');
    this.runner = new QueryRunner(model, rights);
    this.rows = new RowsController(model.result, runner, this._trans);
    this.toolbar = this._makeToolbar();
    this.gridParts = this._makeGrid();
    this.copier = new RowCopier(this.gridParts.grid, this._trans, () =>
      this.footer.update()
    );
    this.query = this._makeQuery();
    this.progress = new ProgressPane(model, this._trans, _deeds.stop);
    this.banners = this._makeBanners();
    this.filters = new FilterPane(this.rows, this.gridParts.grid, this._trans);
    this._menus = this._makeMenus();
    this.order = new ReactView('jp-Obsdeck-visuallyHidden', () => (
      <div role="status">{this.rows.message}</div>
    ));
    this.record = this._makeRecord();
    this.footer = this._makeFooter();
  }

  /** Runs the query. */
  readonly runner: QueryRunner;
  /** The rows as they are sorted and filtered. */
  readonly rows: RowsController;
  /** The grid, its columns and pictures. */
  readonly gridParts: GridParts;
  readonly copier: RowCopier;
  readonly toolbar: ResultsToolbar;
  readonly query: QueryPane;
  readonly progress: ProgressPane;
  readonly banners: BannerPane;
  readonly filters: FilterPane;
  /** Says, to screen readers, how the rows are sorted. */
  readonly order: ReactView;
  /** The grid with the record beside it. */
  readonly record: RecordPane;
  readonly footer: FooterPane;

  /** What is in the panel, from above. */
  get widgets(): readonly Widget[] {
    const { toolbar, query, progress, banners, filters, order, record, footer } = this;
    return [toolbar, query, progress, banners, filters, order, record, footer];
  }

  /** The widgets themselves are their panel's. */
  dispose(): void {
    this.copier.stop();
    this.gridParts.dispose();
    this.rows.dispose();
  }

  private _makeToolbar(): ResultsToolbar {
    return new ResultsToolbar(this._options.actions, this._trans, {
      filter: () => this._deeds.showFilters(!this.filters.open),
      columns: button => this.gridParts.chooser.toggle(button),
      record: () => this.record.turn(!this.record.recordShown),
      more: () => this._menus.more()
    });
  }

  private _makeGrid(): GridParts {
    const { model } = this._options;
    return new GridParts(model.result, this.rows, this._options, this._trans, () => {
      this.record.refresh();
      this.footer.update();
    });
  }

  private _makeQuery(): QueryPane {
    const { model, editorFactory, query: means } = this._options;
    const { run, stop } = this._deeds;
    const { rights } = this.runner;
    return new QueryPane({
      model,
      editorFactory,
      rights,
      means,
      trans: this._trans,
      run,
      stop
    });
  }

  private _makeBanners(): BannerPane {
    return new BannerPane({
      ...this._options,
      runner: this.runner,
      trans: this._trans,
      keepFocus: () => this.query.focusLine()
    });
  }

  private _makeMenus(): ResultsMenus {
    const { rows, filters, copier } = this;
    const { actions, explain, showFilters } = this._deeds;
    return new ResultsMenus({
      ...this._options,
      ...this.gridParts,
      rows,
      filters,
      copier,
      trans: this._trans,
      actions,
      why: this._options.rights && explain,
      showFilters: () => showFilters(true)
    });
  }

  private _makeRecord(): RecordPane {
    return new RecordPane({
      ...this._options,
      grid: this.gridParts.grid,
      trans: this._trans,
      row: this._deeds.focusedRow,
      why: this._options.rights && this._deeds.explain,
      turned: shown => (this.toolbar.recordShown = shown)
    });
  }

  private _makeFooter(): FooterPane {
    return new FooterPane({
      result: this._options.model.result,
      rows: this.rows,
      grid: this.gridParts.grid,
      trans: this._trans,
      selected: this._deeds.selectedCount,
      note: () => this.copier.message,
      who: () => this.runner.who,
      here: () => this._options.here?.countOf(this.rows.view?.store ?? null) ?? 0
    });
  }

  private readonly _trans: TranslationBundle;
  private readonly _menus: ResultsMenus;
}
