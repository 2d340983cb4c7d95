import type { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Panel } from '@lumino/widgets';

import { downloadsIcon } from '../../view/downloads/icons.js';
import type { IDownloadsTabOptions } from '../../view/downloads/tab.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';

/** Id of the tab: there is one queue, and one tab that shows it. */
const TAB_ID = 'obsdeck-downloads';

/** The tab “Downloads”; its list is loaded when it is first shown. */
export class DownloadsTabs {
  constructor(
    private readonly _app: JupyterFrontEnd,
    private readonly _trans: TranslationBundle,
    private readonly _options: IDownloadsTabOptions
  ) {}

  /** True while the user sees it. */
  get isVisible(): boolean {
    return this._tracker.currentWidget?.isVisible ?? false;
  }

  /** Bring it to the front, or open it. */
  open(): void {
    const tab = this._tracker.currentWidget ?? this._create();
    this._app.shell.activateById(tab.id);
  }

  /** Bring it back with the last layout. */
  restore(restorer: ILayoutRestorer): void {
    void restorer.restore(this._tracker, {
      command: CommandIDs.openDownloads,
      name: tab => tab.id
    });
  }

  private _create(): MainAreaWidget<Panel> {
    const tab = new MainAreaWidget({ content: new Panel() });
    tab.id = TAB_ID;
    tab.content.addClass('jp-Obsdeck-DownloadsTab-frame');
    tab.title.label = this._trans.__('Downloads');
    tab.title.icon = downloadsIcon;
    tab.title.closable = true;
    // The list has tools of its own; these would be an empty strip.
    tab.toolbar.hide();
    void this._tracker.add(tab);
    this._app.shell.add(tab, 'main');
    attempt(this._fill(tab.content));
    return tab;
  }

  private async _fill(frame: Panel): Promise<void> {
    const { DownloadsTab } = await import('../../view/downloads/tab.js');
    if (!frame.isDisposed) {
      frame.addWidget(new DownloadsTab(this._options));
    }
  }

  private readonly _tracker = new WidgetTracker<MainAreaWidget<Panel>>({
    namespace: 'obsdeck-downloads'
  });
}
