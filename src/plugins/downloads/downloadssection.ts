import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { ResultHere } from '../../model/downloads/resulthere.js';
import { pausing } from '../../model/table/pause.js';
import {
  IAccounts,
  IArchiveRegistry,
  IDownloadQueue,
  IObsSelection
} from '../../tokens.js';
import { downloadsIcon } from '../../view/downloads/icons.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { addDownloadCommands } from './downloadcommands.js';
import type { IDownloadParts } from './downloadparts.js';
import { RowDownloads } from './downloadrows.js';
import { downloads } from './downloads.js';
import { DownloadsFrame } from './downloadsframe.js';
import { IResultTabs } from '../results/results.js';
import { followSetting } from '../settings.js';
import { ISidebar } from '../sidebar.js';

/** Shows the download queue: section, tab, commands, status bar, notifications. */
export const downloadsSection: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:downloads-section',
  description: 'Shows the files that are fetched, and what can be done with them.',
  autoStart: true,
  requires: [IDownloadQueue, ISidebar, IArchiveRegistry, IResultTabs, IObsSelection],
  optional: [
    IAccounts,
    IDocumentManager,
    IDefaultFileBrowser,
    INotebookTracker,
    ISettingRegistry,
    ITranslator,
    ICommandPalette,
    IStatusBar,
    ILayoutRestorer
  ],
  activate: (
    app: JupyterFrontEnd,
    queue: IDownloadQueue,
    sidebar: ISidebar,
    archives: IArchiveRegistry,
    tabs: IResultTabs,
    selection: IObsSelection,
    accounts: IAccounts | null,
    manager: IDocumentManager | null,
    browser: IDefaultFileBrowser | null,
    notebooks: INotebookTracker | null,
    settings: ISettingRegistry | null,
    maybeTranslator: ITranslator | null,
    palette: ICommandPalette | null,
    statusBar: IStatusBar | null,
    restorer: ILayoutRestorer | null
  ) => {
    const translator = maybeTranslator ?? nullTranslator;
    const trans = translator.load('obsdeck');
    const parts: IDownloadParts = {
      app,
      queue,
      archives,
      accounts,
      manager,
      browser,
      notebooks,
      settings,
      trans
    };
    const frame = new DownloadsFrame(parts, translator);
    const rows = new RowDownloads(parts, tabs);
    frame.addTo(sidebar);
    addDownloadCommands({ ...parts, palette, rows, openTab: () => frame.tabs.open() });
    addRowAction(parts, rows, selection);
    const pause = pausing(new AbortController().signal);
    tabs.here = result => new ResultHere(result, queue, pause);
    if (restorer) {
      frame.tabs.restore(restorer);
    }
    if (statusBar) {
      frame.addStatus(statusBar, translator);
    }
    void followSetting(settings, downloads.id, 'notify', notify => {
      frame.notices.isOn = notify !== false;
    });
  }
};

/** “Download” in the toolbar of results. */
function addRowAction(
  { app, trans }: IDownloadParts,
  rows: RowDownloads,
  selection: IObsSelection
): void {
  selection.addAction({
    id: 'download',
    label: trans.__('Download'),
    icon: downloadsIcon,
    rank: -10,
    offered: () => rows.isOffered,
    enabled: () => rows.isEnabled(),
    reason: () => trans.__('Select rows first.'),
    execute: () => attempt(app.commands.execute(CommandIDs.download))
  });
}
