import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Panel, type Widget } from '@lumino/widgets';

import { LinkedPictures } from '../../model/quicklook/linked.js';
import { QuickLookModel } from '../../model/quicklook/model.js';
import type { PictureDecoder } from '../../model/quicklook/picture.js';
import type { IRemoteMeans } from '../../model/quicklook/remote.js';
import { type QuickLookFetch, ServerQuickLook } from '../../model/quicklook/server.js';
import type { IRowTarget, QuickLookTarget } from '../../model/quicklook/types.js';
import { quickLookIcon } from '../../view/quicklook/icons.js';
import type { IGridPicture } from '../../view/quicklook/picturegrid.js';
import type { QuickLookPanel } from '../../view/quicklook/panel.js';
import type { ICutoutFactory, IQuickLookMeans } from '../../view/quicklook/types.js';
import type { IQuickLook } from './quicklooktoken.js';

/** A Quick look tab; empty until its panel was loaded. */
export class QuickLookTab extends MainAreaWidget<Panel> {
  /** @param first - what it is made for */
  constructor(readonly first: QuickLookTarget) {
    super({ content: new Panel() });
    this.content.addClass('jp-Obsdeck-QuickLook-tab');
    this.title.icon = quickLookIcon;
    this.title.closable = true;
    this.toolbar.hide();
  }

  /** What shows the target; null before it was loaded. */
  get panel(): QuickLookPanel | null {
    return this._panel;
  }

  set panel(panel: QuickLookPanel | null) {
    this._panel = panel;
    if (panel) {
      this.content.addWidget(panel);
    }
  }

  get target(): QuickLookTarget {
    return this._panel?.target ?? this.first;
  }

  private _panel: QuickLookPanel | null = null;
}

/** What the tabs need. */
export interface IQuickLookTabsOptions {
  readonly shell: JupyterFrontEnd.IShell;
  readonly trans: TranslationBundle;
  /** Asks our route. */
  readonly fetch: QuickLookFetch;
  readonly remote: IRemoteMeans;
}

/** The Quick look tabs, one for each file or row. */
export class QuickLookTabs implements IQuickLook {
  constructor(private readonly _options: IQuickLookTabsOptions) {
    this._client = new ServerQuickLook(_options.fetch);
  }

  readonly tracker = new WidgetTracker<QuickLookTab>({
    namespace: 'obsdeck-quick-look'
  });

  get target(): QuickLookTarget | null {
    return this.tracker.currentWidget?.target ?? null;
  }

  async open(target: QuickLookTarget, cutOut = false): Promise<void> {
    const there = this.tracker.find(tab => isTabOf(tab, target));
    const tab = there ?? this._create(target);
    this._options.shell.activateById(tab.id);
    const panel = await this._fill(tab);
    if (!panel) {
      return;
    }
    if (!there || !panel.isRead) {
      panel.read();
    }
    if (cutOut) {
      panel.cutOut(true);
    }
  }

  /** Open a tab of the last layout; it reads nothing. */
  async restore(target: QuickLookTarget): Promise<void> {
    await this._fill(this._create(target));
  }

  addCutouts(factory: ICutoutFactory): IDisposable {
    this._setFactories([...this._factories, factory]);
    return new DisposableDelegate(() =>
      this._setFactories(this._factories.filter(other => other !== factory))
    );
  }

  async createGrid(pictures: readonly IGridPicture[]): Promise<Widget> {
    const [{ PictureGrid }, { decodePicture }] = await Promise.all([
      import('../../view/quicklook/picturegrid.js'),
      import('../../view/quicklook/decode.js')
    ]);
    return new PictureGrid({
      pictures,
      client: this._client,
      decode: decodePicture,
      trans: this._options.trans,
      open: path => void this.open({ kind: 'file', path })
    });
  }

  private _create(target: QuickLookTarget): QuickLookTab {
    const tab = new QuickLookTab(target);
    tab.id = `obsdeck-quick-look-${UUID.uuid4()}`;
    this._entitle(tab);
    // Each cutout beside the last would leave a strip to each: they share one place.
    const row = target.kind === 'file' ? target.origin : undefined;
    const there = row && this.tracker.find(other => isOfRow(other, row));
    void this.tracker.add(tab);
    this._options.shell.add(
      tab,
      'main',
      there ? { mode: 'tab-after', ref: there.id } : { mode: 'split-right' }
    );
    return tab;
  }

  /**
   * Put the panel into a tab, once for all who ask while it is being loaded; null where the
   * tab was closed meanwhile.
   */
  private _fill(tab: QuickLookTab): Promise<QuickLookPanel | null> {
    const filling = this._filling.get(tab) ?? this._load(tab);
    this._filling.set(tab, filling);
    return filling;
  }

  private async _load(tab: QuickLookTab): Promise<QuickLookPanel | null> {
    const [{ QuickLookPanel: Panel }, { decodePicture }] = await Promise.all([
      import('../../view/quicklook/panel.js'),
      import('../../view/quicklook/decode.js')
    ]);
    if (tab.isDisposed) {
      return null;
    }
    const { trans } = this._options;
    const panel = new Panel(tab.target, this._means(decodePicture), trans);
    panel.targetChanged.connect(() => {
      this._entitle(tab);
      void this.tracker.save(tab);
    });
    tab.panel = panel;
    return panel;
  }

  private _means(decode: PictureDecoder): IQuickLookMeans {
    const { _client: client } = this;
    return {
      ...this._options.remote,
      createModel: path => new QuickLookModel({ client, path, decode }),
      links: this._links,
      cutouts: () => this._factories.at(-1) ?? null
    };
  }

  private _entitle({ title, target }: QuickLookTab): void {
    const name = target.kind === 'file' ? nameOf(target.path) : target.title;
    title.label = this._options.trans.__('Quick look: %1', name);
    title.caption = target.kind === 'file' ? target.path : target.id;
  }

  private _setFactories(factories: readonly ICutoutFactory[]): void {
    this._factories = factories;
    this.tracker.forEach(tab => tab.panel?.refresh());
  }

  private _factories: readonly ICutoutFactory[] = [];
  private readonly _client: ServerQuickLook;
  private readonly _links = new LinkedPictures();
  private readonly _filling = new WeakMap<
    QuickLookTab,
    Promise<QuickLookPanel | null>
  >();
}

/** Last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True for a tab that was made for a row, and still shows it: perhaps by its file. */
function isOfRow({ first, target }: QuickLookTab, row: IRowTarget): boolean {
  const shown = target.kind === 'row' ? target : target.origin;
  return (
    first.kind === 'row' &&
    shown?.archive === row.archive &&
    shown.id === row.id &&
    shown.service === row.service
  );
}

/** True for the tab of a file, or of a row. A cutout of a row is a file of its own. */
function isTabOf(tab: QuickLookTab, target: QuickLookTarget): boolean {
  return target.kind === 'row'
    ? isOfRow(tab, target)
    : tab.target.kind === 'file' && tab.target.path === target.path;
}
