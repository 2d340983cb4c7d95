import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IArchiveDefinition } from '../archives/archive.js';
import type { ConstraintKey } from '../model/constraints.js';
import { type IQueryRequest, QueryModel } from '../model/query.js';
import type { TableRunner } from '../model/table/tasks.js';
import type { IObsSelection } from '../tokens.js';
import type { ResultsPanel } from '../view/results/panel.js';
import type { QueryEditorFactory } from '../view/query/types.js';
import type { IResultAction } from '../view/results/types.js';
import type { IWaitingTab } from '../view/shared/waiting.js';
import { resultsIcon } from '../view/results/icons.js';
import type { IRightsOfUser } from './rights.js';
import { saveText } from './savetext.js';
import { titleOf } from './tabtitle.js';

/** A Results tab in the main area. */
export type ResultsTab = MainAreaWidget<ResultsPanel>;

/** A tab that tells for which sign-in its query waits. */
class WaitingTab extends MainAreaWidget<ResultsPanel> implements IWaitingTab {
  get waitsFor(): string | null {
    const { wait, asked } = this.content.model.result;
    return (wait?.for === 'sign-in' && asked?.archive.definition.id) || null;
  }
}

/** What the tabs need of the application. */
export interface IResultTabsOptions {
  readonly shell: JupyterFrontEnd.IShell;
  readonly translator: ITranslator;
  readonly editorFactory: QueryEditorFactory;
  /** Brings the search form to the front. */
  readonly showSearch: () => void;
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

/** The panel with its grid, which is loaded at first use. */
const loadPanel = async (): Promise<typeof ResultsPanel> =>
  (await import('../view/results/panel.js')).ResultsPanel;

/**
 * The Results tabs. A search goes to the tab used last, so that searching again replaces
 * its rows; the first search, and one after all tabs were closed, opens a tab.
 */
export class ResultTabs implements IObsSelection {
  constructor(private readonly _options: IResultTabsOptions) {
    this._trans = _options.translator.load('obsdeck');
    this.tracker.currentChanged.connect(() => this._changed.emit());
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

  get query(): QueryModel | null {
    return this.tracker.currentWidget?.content.model ?? null;
  }

  get selectedRows(): readonly number[] {
    return this.tracker.currentWidget?.content.selectedRows ?? [];
  }

  get focusedRow(): number | null {
    const row = this.tracker.currentWidget?.content.focusedRow ?? -1;
    return row < 0 ? null : row;
  }

  /**
   * Load what the first query will need: whoever sees the search form is about to search,
   * and running much new code at once would hold the page when the rows come.
   */
  prepare(): void {
    // What cannot be loaded now is asked for again by the query, which says so.
    void Promise.allSettled([this._options.prepare?.(), loadPanel()]);
  }

  async open(request: IQueryRequest): Promise<void> {
    this.prepare();
    const { content } = await this._bring(request);
    await content.run();
  }

  /** Run the query of the tab used last as it stands. */
  async run(): Promise<void> {
    await this.tracker.currentWidget?.content.run();
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
    tab.content.explainAccess(about);
  }

  async edit(request: IQueryRequest): Promise<void> {
    const { content } = await this._bring(request);
    content.queryOpen = true;
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
  async create(id = `obsdeck-results-${UUID.uuid4()}`): Promise<ResultsTab> {
    const Panel = await loadPanel();
    const { rights } = this._options;
    const model = new QueryModel(rights?.asMe);
    const content = new Panel({
      model,
      translator: this._options.translator,
      editorFactory: this._options.editorFactory,
      actions: this._actions,
      runner: this._options.runner,
      showSearch: this._options.showSearch,
      drop: constraint => this._drop(model.ran, constraint),
      copy: text => Clipboard.copyToSystem(text),
      save: saveText,
      rights
    });
    const tab = new WaitingTab({ content });
    tab.id = id;
    tab.title.icon = resultsIcon;
    tab.title.closable = true;
    // The panel has a toolbar of its own; this one would be an empty strip.
    tab.toolbar.hide();
    this._follow(tab);
    void this.tracker.add(tab);
    place(tab, this._options.shell);
    return tab;
  }

  private _drop(request: IQueryRequest | null, constraint: ConstraintKey): void {
    if (request) {
      this._dropped.emit({ constraint, request });
    }
  }

  /** Put a request into the tab used last, or a new one, and that tab in front. */
  private async _bring(request: IQueryRequest): Promise<ResultsTab> {
    const tab = await (this.tracker.currentWidget ?? this._first());
    tab.content.model.open(request);
    this._options.shell.activateById(tab.id);
    return tab;
  }

  /** Open the first tab, once for all who ask while it is being made. */
  private _first(): Promise<ResultsTab> {
    this._making ??= this.create().finally(() => (this._making = null));
    return this._making;
  }

  /** Keep the tab's title, the tracker and the listeners up to date with its query. */
  private _follow(tab: ResultsTab): void {
    const { content } = tab;
    const update = (): void => {
      const { ran, request } = content.model;
      const shown = ran ?? request;
      tab.title.label = titleOf(shown, this._trans);
      tab.title.caption = shown?.query.adql ?? tab.title.label;
      void this.tracker.save(tab);
      this._changed.emit();
    };
    content.model.changed.connect(update);
    content.model.result.stateChanged.connect(() => this._changed.emit());
    content.selectionChanged.connect(() => this._changed.emit());
    // Nobody will see the rows that a closed tab's query still gets: it ends.
    tab.disposed.connect(() => content.model.dispose());
    update();
  }

  private _setActions(actions: readonly IResultAction[]): void {
    this._actions = actions;
    this.tracker.forEach(tab => tab.content.setActions(actions));
  }

  private _actions: readonly IResultAction[] = [];
  private _making: Promise<ResultsTab> | null = null;
  private readonly _trans: TranslationBundle;
  private readonly _dropped = new Signal<this, IDropped>(this);
  private readonly _changed = new Signal<this, void>(this);
}

/**
 * Put a tab into the main area, or below it where that takes no second widget, as in
 * Jupyter Notebook. JupyterLab's takes each, but only once its layout is restored; until
 * then it is empty.
 */
function place(tab: ResultsTab, shell: JupyterFrontEnd.IShell): void {
  shell.add(tab, 'main');
  const others = [...shell.widgets('main')];
  if (others.length > 0 && !others.includes(tab)) {
    tab.content.addClass('jp-mod-below');
    shell.add(tab, 'down');
  }
}
