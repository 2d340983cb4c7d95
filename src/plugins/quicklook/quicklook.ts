import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import {
  IArchiveRegistry,
  IDownloadQueue,
  IObsSelection,
  ITransport
} from '../../tokens.js';
import { ServerApi } from '../../transport/api.js';
import { CommandIDs } from '../commands.js';
import { addQuickLookAction, addQuickLookCommand } from './quicklookcommand.js';
import { remoteMeans } from './quicklookremote.js';
import { QuickLookTabs } from './quicklooktabs.js';
import { writeTarget } from './quicklooktarget.js';
import { IQuickLook } from './quicklooktoken.js';
import { serverOptions } from '../server.js';

/** Shows FITS files in tabs, and what there is of those that are still at an archive. */
export const quickLook: JupyterFrontEndPlugin<IQuickLook> = {
  id: 'obsdeck:quick-look',
  description: 'Shows pictures, spectra, tables and headers of FITS files.',
  autoStart: true,
  requires: [ITransport, IArchiveRegistry, IObsSelection],
  optional: [
    IDownloadQueue,
    IFileBrowserFactory,
    ITranslator,
    ILayoutRestorer,
    ICommandPalette
  ],
  provides: IQuickLook,
  activate: (
    app: JupyterFrontEnd,
    transport: ITransport,
    archives: IArchiveRegistry,
    selection: IObsSelection,
    queue: IDownloadQueue | null,
    browsers: IFileBrowserFactory | null,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('obsdeck');
    const api = new ServerApi(serverOptions(app.serviceManager.serverSettings));
    const tabs = new QuickLookTabs({
      shell: app.shell,
      trans,
      fetch: (query, signal) => api.quickLook(query, signal),
      remote: remoteMeans(transport, archives, queue)
    });
    addQuickLookCommand({ app, tabs, archives, selection, browsers, trans });
    addQuickLookAction(selection, tabs, trans);
    const { quickLook: command } = CommandIDs;
    palette?.addItem({ command, category: trans.__('Obsdeck') });
    if (restorer) {
      void restorer.restore(tabs.tracker, {
        command,
        name: tab => tab.id,
        args: tab => ({ restored: true, ...writeTarget(tab.target) })
      });
    }
    return tabs;
  }
};
