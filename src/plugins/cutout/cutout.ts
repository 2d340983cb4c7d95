import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import {
  IAccounts,
  IArchiveRegistry,
  IDownloadQueue,
  IObsSelection,
  ITransport
} from '../../tokens.js';
import { attempt } from '../attempt.js';
import { addCutOutAction, addCutOutCommand } from './cutoutcommand.js';
import { CutoutFactory } from './cutoutfactory.js';
import type { IManyParts } from './cutoutmany.js';
import { insertCell } from '../notebook/insertcell.js';
import { IQuickLook } from '../quicklook/quicklooktoken.js';

/** Cuts out of data, and runs other services that documents describe. */
export const cutout: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:cutout',
  description:
    'Cuts out of images and cubes, and runs services that archives describe.',
  autoStart: true,
  requires: [ITransport, IArchiveRegistry, IDownloadQueue, IObsSelection, IQuickLook],
  optional: [IAccounts, INotebookTracker, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    transport: ITransport,
    archives: IArchiveRegistry,
    queue: IDownloadQueue,
    selection: IObsSelection,
    quickLook: IQuickLook,
    accounts: IAccounts | null,
    notebooks: INotebookTracker | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans: TranslationBundle = (translator ?? nullTranslator).load('obsdeck');
    const insert = (source: string): void => {
      if (notebooks && source !== '') {
        attempt(insertCell(app, notebooks, { source, type: 'code' }));
      }
    };
    const { commands, shell } = app;
    const parts: IManyParts = {
      shell,
      quickLook,
      commands,
      archives,
      transport,
      queue,
      selection,
      accounts,
      trans,
      insert,
      openFile: (path, origin) =>
        attempt(quickLook.open({ kind: 'file', path, origin }))
    };
    quickLook.addCutouts(new CutoutFactory(parts));
    const command = addCutOutCommand(parts);
    addCutOutAction(parts);
    palette?.addItem({ command, category: trans.__('Obsdeck') });
  }
};
