import {
  ABCWidgetFactory,
  type DocumentRegistry,
  DocumentWidget
} from '@jupyterlab/docregistry';
import { Panel, type Widget } from '@lumino/widgets';

import type { OpenDocument } from '../../model/document/open.js';
import type { QueryModel } from '../../model/query.js';
import type { ResultsPanel } from '../../view/results/panel.js';
import { type IResultsTab, waitingFor } from '../results/resultstab.js';

/** The file of a saved search that is open. */
export type SearchContext = DocumentRegistry.IContext<DocumentRegistry.ICodeModel>;

/** What a tab with a saved search is made of. */
export interface ISearchTabOptions {
  readonly context: SearchContext;
  readonly model: QueryModel;
  readonly document: OpenDocument;
  /** What shows query and rows; loaded at first use. */
  readonly panel: Promise<ResultsPanel>;
  /** Says in place of the panel why there is no search. */
  readonly refusal: Widget;
  /** Says above the rows what has changed since the last run. */
  readonly changes: Widget;
}

/** A Results tab of a saved search: a document, with all that JupyterLab does with these. */
export class SearchTab
  extends DocumentWidget<Panel, DocumentRegistry.ICodeModel>
  implements IResultsTab
{
  constructor(options: ISearchTabOptions) {
    const { context, model, document, panel, refusal, changes } = options;
    const content = new Panel();
    super({ context, content, reveal: panel.then(() => undefined) });
    content.addClass('jp-Obsdeck-Document');
    this.model = model;
    this.document = document;
    this._refusal = refusal;
    // The panel has a toolbar of its own; this one would be an empty strip.
    this.toolbar.hide();
    content.addWidget(refusal);
    content.addWidget(changes);
    document.problemChanged.connect(this._update, this);
    model.changed.connect(this._update, this);
    void panel.then(loaded => this._take(loaded));
    this._update();
  }

  readonly model: QueryModel;

  /** The file's text and the query, in step. */
  readonly document: OpenDocument;

  /** What the file says is not replaced by the next search of the form. */
  kept = true;

  get panel(): ResultsPanel | null {
    return this._panel;
  }

  get path(): string {
    return this.context.path;
  }

  get waitsFor(): string | null {
    return waitingFor(this.model);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.model.changed.disconnect(this._update, this);
      this.document.dispose();
      super.dispose();
    }
  }

  private _take(panel: ResultsPanel): void {
    if (this.isDisposed) {
      panel.dispose();
      return;
    }
    this._panel = panel;
    this.content.addWidget(panel);
    this._update();
  }

  /** A text that was a search once stays on screen as such: its rows are not lost. */
  private _update(): void {
    const hasSearch = this.model.request !== null;
    this._refusal.setHidden(this.document.problem === null);
    this._panel?.setHidden(!hasSearch);
  }

  private _panel: ResultsPanel | null = null;
  private readonly _refusal: Widget;
}

/** Makes the tab of a saved search when its file is opened. */
export class SearchFactory extends ABCWidgetFactory<
  SearchTab,
  DocumentRegistry.ICodeModel
> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<SearchTab>,
    private readonly _open: (context: SearchContext) => SearchTab
  ) {
    super(options);
  }

  protected override createNewWidget(context: SearchContext): SearchTab {
    return this._open(context);
  }
}
