import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, WidgetTracker } from '@jupyterlab/apputils';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IArchiveDefinition, IJobAddress } from '../../archives/archive.js';
import type { ILayoutKeeper } from '../../model/columnlayout.js';
import type { ConstraintKey } from '../../model/constraints.js';
import type { IPictureFile } from '../../model/previews.js';
import { type IQueryRequest, QueryModel } from '../../model/query.js';
import type { ResultModel } from '../../model/result.js';
import type { TableRunner } from '../../model/table/tasks.js';
import type { IObsSelection } from '../../tokens.js';
import type { ResultsPanel } from '../../view/results/panel.js';
import type { IQueryMeans } from '../../view/query/pane.js';
import type { QueryEditorFactory } from '../../view/query/types.js';
import type {
  IResultAction,
  IRowsHere,
  IValueCounter
} from '../../view/results/types.js';
import { resultsIcon } from '../../view/results/icons.js';
import { placeTab, QueryTab, type ResultsTab } from './resultstab.js';
import type { IRightsOfUser } from '../accounts/rights.js';
import { saveText } from '../savetext.js';
import { TabLayouts } from './tablayouts.js';
import { titleOf } from './tabtitle.js';

/** What the tabs need of the application. */
export interface IResultTabsOptions {
  readonly shell: JupyterFrontEnd.IShell;
  readonly translator: ITranslator;
  readonly editorFactory: QueryEditorFactory;
  /** What is done with the query of a tab beside running it. */
  readonly query?: (model: QueryModel) => IQueryMeans;
  /** Brings the search form to the front. */
  readonly showSearch: () => void;
  /** Remembers which columns of which table are shown. */
  readonly layouts?: ILayoutKeeper;
  /** Gets a picture on behalf of an archive, as anyone. */
  readonly picture?: (
    archive: string,
    url: string,
    signal: AbortSignal
  ) => Promise<IPictureFile>;
  /** Sorts and filters the rows; on the page unless told otherwise. */
  readonly runner?: TableRunner;
  /** Gets ready what reads the rows. */
  readonly prepare?: () => Promise<void>;
  /** The accounts, and what is done with them; missing where there are none. */
  readonly rights?: IRightsOfUser;
}

/** A query that found nothing, and what of it the user wants to do without. */
export interface IDropped {
  readonly constraint: ConstraintKey;
  readonly request: IQueryRequest;
}

/** A position of a row, and the query that found it. */
export interface IAround {
  /** Degrees, ICRS. */
  readonly ra: number;
  readonly dec: number;
  readonly request: IQueryRequest;
}

/** Counts the rows of searches at their services, by the values of a column. */
export interface ISearchCounter {
  /** Why that cannot be done, one sentence; null where it can. Asks nobody. */
  reason(request: IQueryRequest, column: string): string | null;
  count(request: IQueryRequest, column: string): void;
}

/** The panel with its grid, which is loaded at first use. */
const loadPanel = async (): Promise<typeof ResultsPanel> =>
  (await import('../../view/results/panel.js')).ResultsPanel;

/**
 * The Results tabs. A search goes to the tab used last, so that searching again replaces
 * its rows. It opens another tab where there is none, where that tab is kept, holds a text
 * that was written by hand and never run, or shows a saved search, which is what its file
 * says and nothing else.
 */
export class ResultTabs implements IObsSelection {
  constructor(private readonly _options: IResultTabsOptions) {
    this._trans = _options.translator.load('obsdeck');
    this.tracker.currentChanged.connect((_, tab) => {
      this._free = tab instanceof QueryTab ? tab : this._free;
      this._changed.emit();
    });
  }

  /** All tabs, for the layout restorer. */
  readonly tracker = new WidgetTracker<ResultsTab>({ namespace: 'obsdeck-results' });

  /** Emitted when the tab, its query or its chosen rows changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when the user wants to search again without a constraint of the form. */
  get dropped(): ISignal<this, IDropped> {
    return this._dropped;
  }

  /** Emitted when the user wants to search around the position of a row. */
  get around(): ISignal<this, IAround> {
    return this._around;
  }

  /** Shows what it counts; null while there is no search form. */
  counter: ISearchCounter | null = null;

  /** Knows which rows have their file on disk; null while there is no download queue. */
  here: ((result: ResultModel) => IRowsHere) | null = null;

  get query(): QueryModel | null {
    return this.tracker.currentWidget?.model ?? null;
  }

  get selectedRows(): readonly number[] {
    return this.tracker.currentWidget?.panel?.selectedRows ?? [];
  }

  get focusedRow(): number | null {
    const row = this.tracker.currentWidget?.panel?.focusedRow ?? -1;
    return row < 0 ? null : row;
  }

  /**
   * Load what the first query will need: whoever sees the search form is about to search,
   * and running much new code at once would hold the page when the rows come.
   */
  async prepare(): Promise<void> {
    // What cannot be loaded now is asked for again by the query, which says so.
    await Promise.allSettled([this._options.prepare?.(), loadPanel()]);
  }

  async open(request: IQueryRequest): Promise<void> {
    void this.prepare();
    const there = this._tabOf(request.job);
    if (there) {
      this._options.shell.activateById(there.id);
    }
    // The rows of a job do not change: those that came are those there are.
    if (!there || there.model.result.state !== 'done') {
      const { panel } = there ?? (await this._bring(request));
      await panel?.run();
    }
  }

  /** Run the query of the tab used last as it stands. */
  async run(): Promise<void> {
    await this.tracker.currentWidget?.panel?.run();
  }

  /**
   * Explain in the tab used last why something cannot be seen.
   *
   * @param about - what; missing: the focused row, or else the answer
   */
  async explain(about?: {
    readonly archive: IArchiveDefinition;
    readonly subject: string;
  }): Promise<void> {
    const tab = await (this.tracker.currentWidget ?? this._first());
    this._options.shell.activateById(tab.id);
    tab.panel?.explainAccess(about);
  }

  async edit(request: IQueryRequest, here = false): Promise<void> {
    const current = this.tracker.currentWidget;
    const tab = here && current?.panel ? current : await this._bring(request);
    tab.model.open(request);
    this._options.shell.activateById(tab.id);
    if (tab.panel) {
      tab.panel.queryOpen = true;
    }
  }

  /** True where the rows of the tab used last are kept from the next search. */
  get isKept(): boolean {
    return this.tracker.currentWidget?.kept ?? false;
  }

  /** Keep the rows of the tab used last from the next search, or give them free again. */
  keep(kept: boolean): void {
    const tab = this.tracker.currentWidget;
    if (tab) {
      tab.kept = kept;
      void this.tracker.save(tab);
      this._changed.emit();
    }
  }

  addAction(action: IResultAction): IDisposable {
    this._setActions([...this._actions, action]);
    return new DisposableDelegate(() =>
      this._setActions(this._actions.filter(other => other !== action))
    );
  }

  /**
   * Open a tab without a query. The panel, with its grid, is loaded with the first one.
   *
   * @param id - id of the tab in the layout that is being restored; a new one otherwise
   */
  async create(id = `obsdeck-results-${UUID.uuid4()}`): Promise<QueryTab> {
    const content = await this.createPanel(this.createModel());
    const tab = new QueryTab({ content });
    tab.id = id;
    tab.title.icon = resultsIcon;
    tab.title.closable = true;
    // The panel has a toolbar of its own; this one would be an empty strip.
    tab.toolbar.hide();
    this._entitle(tab);
    this.follow(tab);
    placeTab(tab, this._options.shell);
    return tab;
  }

  /** A query without a text. */
  createModel(): QueryModel {
    return new QueryModel(this._options.rights?.asMe);
  }

  /**
   * What shows a query and its rows.
   *
   * @param isTab - false where it stands by itself, so that what is done with tabs is not
   * offered
   */
  async createPanel(model: QueryModel, isTab = true): Promise<ResultsPanel> {
    const Panel = await loadPanel();
    const query = this._options.query?.(model);
    return new Panel({
      ...this._options,
      model,
      layouts: this.layoutsOf(model),
      query: isTab ? query : { schemas: query?.schemas },
      actions: this._actions,
      drop: constraint => this._drop(model.ran, constraint),
      searchHere: (ra, dec) => this._searchHere(model.ran, ra, dec),
      here: this.here?.(model.result),
      counter: isTab ? this._counterOf(model) : undefined,
      copy: text => Clipboard.copyToSystem(text),
      save: saveText
    });
  }

  /** What remembers how the columns of a query's rows are shown. */
  layoutsOf(model: QueryModel): TabLayouts {
    const layouts = this._layouts.get(model) ?? new TabLayouts(this._options.layouts);
    this._layouts.set(model, layouts);
    return layouts;
  }

  /** Count a tab among the Results tabs until it is closed, which ends its query. */
  follow(tab: ResultsTab): void {
    const { model } = tab;
    const update = (): void => {
      void this.tracker.save(tab);
      this._changed.emit();
    };
    model.changed.connect(update);
    model.result.stateChanged.connect(() => this._changed.emit());
    // Nobody will see the rows that a closed tab's query still gets: it ends.
    tab.disposed.connect(() => this._released.has(tab) || model.dispose());
    if (tab.panel) {
      this.followPanel(tab.panel);
    }
    void this.tracker.add(tab);
    this._changed.emit();
  }

  /** Take the panel out of a tab, with its rows, and close the tab. */
  async release(tab: QueryTab): Promise<ResultsPanel> {
    const { panel } = tab;
    this._released.add(tab);
    panel.parent = null;
    tab.dispose();
    return panel;
  }

  /** Tell when rows are chosen in a panel; it may come later than its tab. */
  followPanel(panel: ResultsPanel): void {
    panel.selectionChanged.connect(() => this._changed.emit());
  }

  private _drop(request: IQueryRequest | null, constraint: ConstraintKey): void {
    if (request) {
      this._dropped.emit({ constraint, request });
    }
  }

  private _searchHere(request: IQueryRequest | null, ra: number, dec: number): void {
    if (request) {
      this._around.emit({ ra, dec, request });
    }
  }

  private _counterOf(model: QueryModel): IValueCounter {
    const none = this._trans.__('Search first: there is no query yet.');
    return {
      reason: column =>
        model.ran && this.counter ? this.counter.reason(model.ran, column) : none,
      count: column => model.ran && this.counter?.count(model.ran, column)
    };
  }

  /** Put a request into the tab that takes it, and that tab in front. */
  private async _bring(request: IQueryRequest): Promise<QueryTab> {
    const free = this._free;
    const isFree = !request.job && free && !free.isDisposed && !free.kept;
    const tab = isFree && !free.model.isUnrun ? free : await this._first();
    tab.model.open(request);
    // The rows of a job may have taken hours: the next search does not replace them.
    tab.kept ||= request.job !== undefined;
    this._options.shell.activateById(tab.id);
    return tab;
  }

  /** The tab that has the rows of a job; undefined for no job, and where none has them. */
  private _tabOf(job: IJobAddress | undefined): ResultsTab | undefined {
    return job && this.tracker.find(({ model }) => model.request?.job?.url === job.url);
  }

  /** Open another tab, once for all who ask while it is being made. */
  private _first(): Promise<QueryTab> {
    this._making ??= this.create().finally(() => (this._making = null));
    return this._making;
  }

  /** Name a tab after its query, as long as it has no name of its own. */
  private _entitle({ model, title }: QueryTab): void {
    const update = (): void => {
      const shown = model.ran ?? model.request;
      title.label = titleOf(shown, this._trans);
      title.caption = shown?.query.adql ?? title.label;
    };
    model.changed.connect(update);
    update();
  }

  private _setActions(actions: readonly IResultAction[]): void {
    this._actions = actions;
    this.tracker.forEach(tab => tab.panel?.setActions(actions));
  }

  private _actions: readonly IResultAction[] = [];
  /** The tab used last of those that show no saved search. */
  private _free: QueryTab | null = null;
  private readonly _layouts = new WeakMap<QueryModel, TabLayouts>();
  /** Tabs whose query goes on in another one. */
  private readonly _released = new WeakSet<ResultsTab>();
  private _making: Promise<QueryTab> | null = null;
  private readonly _trans: TranslationBundle;
  private readonly _dropped = new Signal<this, IDropped>(this);
  private readonly _around = new Signal<this, IAround>(this);
  private readonly _changed = new Signal<this, void>(this);
}
