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
} from '../tokens.js';
import { attempt } from './attempt.js';
import { addCutOutAction, addCutOutCommand } from './cutoutcommand.js';
import type { ICutoutParts } from './cutoutmeans.js';
import { CutoutTabs } from './cutouttabs.js';
import { insertCell } from './insertcell.js';
import { IQuickLook } from './quicklooktoken.js';

/** Cuts out of data, and runs other services that documents describe. */
export const cutout: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:cutout',
  description:
    'Cuts out of images and cubes, and runs services that archives describe.',
  autoStart: true,
  requires: [ITransport, IArchiveRegistry, IDownloadQueue, IObsSelection],
  optional: [IQuickLook, IAccounts, INotebookTracker, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    transport: ITransport,
    archives: IArchiveRegistry,
    queue: IDownloadQueue,
    selection: IObsSelection,
    quickLook: IQuickLook | null,
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
    const { commands } = app;
    const parts: ICutoutParts = {
      commands,
      archives,
      transport,
      queue,
      selection,
      accounts,
      trans,
      insert
    };
    const place = quickLook ?? new CutoutTabs(app.shell, parts);
    const command = addCutOutCommand(parts, place);
    addCutOutAction(parts, place);
    palette?.addItem({ command, category: trans.__('Obsdeck') });
  }
};
