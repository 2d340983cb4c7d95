import {
  DOMWidgetModel,
  DOMWidgetView,
  type ExportMap,
  JupyterLuminoPanelWidget
} from '@jupyter-widgets/base';

import { CellBrowser } from './cellbrowser.js';
import { CellPanel } from './cellpanel.js';
import type { ICellMeans } from './means.js';

/** What the kernel sends beside its state; see `obsdeck.widgets.obscorebrowser`. */
type KernelMessage =
  | { readonly type: 'run'; readonly run: number }
  | { readonly type: 'select'; readonly rows: readonly number[] };

/** A message as the kernel sends it; null for anything else, which is left. */
function readMessage(message: object): KernelMessage | null {
  const { type, run, rows } = message as Record<string, unknown>;
  if (type === 'run') {
    return Number.isSafeInteger(run) ? { type, run: run as number } : null;
  }
  const isChoice = type === 'select' && Array.isArray(rows);
  return isChoice
    ? { type, rows: rows.filter(Number.isSafeInteger) as number[] }
    : null;
}

/** The classes of `obsdeck.ObsCoreBrowser`, for the registry of widgets. */
export function obsCoreBrowser(means: ICellMeans): ExportMap {
  class ObsCoreBrowserModel extends BrowserModel {
    override readonly means = means;
  }
  return { ObsCoreBrowserModel, ObsCoreBrowserView: BrowserView };
}

/** The page's half of a widget: its state is the kernel's, its rows are nobody's but ours. */
export abstract class BrowserModel extends DOMWidgetModel {
  /** What the page has to offer. */
  abstract readonly means: ICellMeans;

  override defaults(): Record<string, unknown> {
    return {
      ...super.defaults(),
      _model_name: 'ObsCoreBrowserModel',
      _model_module: 'obsdeck',
      _view_name: 'ObsCoreBrowserView',
      _view_module: 'obsdeck',
      archive: '',
      table: '',
      adql: '',
      maxrec: 0
    };
  }

  /** The query; made when it is first needed, which is before any view is. */
  get browser(): CellBrowser {
    if (!this._browser) {
      const browser = new CellBrowser(this.means, () => ({
        archive: String(this.get('archive')),
        table: String(this.get('table')),
        adql: String(this.get('adql')),
        maxrec: Number(this.get('maxrec'))
      }));
      this._browser = browser;
      this.on_some_change(
        ['archive', 'table', 'adql', 'maxrec'],
        () => browser.open(),
        this
      );
    }
    return this._browser;
  }

  override initialize(
    ...[attributes, options]: Parameters<DOMWidgetModel['initialize']>
  ): void {
    super.initialize(attributes, options);
    this.on('msg:custom', (content: object) => {
      const message = readMessage(content);
      if (message?.type === 'run') {
        this.browser.takeRun(message.run);
      }
    });
  }

  override close(isCommClosed?: boolean): Promise<void> {
    this._browser?.dispose();
    return super.close(isCommClosed);
  }

  // Without an initial value: it would be set after `initialize`, which Backbone's
  // constructor calls.
  declare private _browser?: CellBrowser;
}

/** One view of a widget in the output of a cell. */
export class BrowserView extends DOMWidgetView {
  declare model: BrowserModel;

  override _createElement(): HTMLElement {
    this.luminoWidget = new JupyterLuminoPanelWidget({ view: this });
    return this.luminoWidget.node;
  }

  override _setElement(element: HTMLElement): void {
    this.el = element;
  }

  override render(): void {
    super.render();
    const { model } = this;
    const panel = new CellPanel({
      browser: model.browser,
      means: model.means,
      line: {
        send: (message, buffers) => model.send({ ...message }, {}, buffers),
        isLive: () => model.comm_live
      }
    });
    (this.luminoWidget as JupyterLuminoPanelWidget).addWidget(panel);
    this.listenTo(model, 'comm_live_update', () => panel.refreshLine());
    this.listenTo(model, 'msg:custom', (content: object) => {
      const message = readMessage(content);
      if (message?.type === 'select') {
        panel.selectRows(message.rows);
      }
    });
  }
}
