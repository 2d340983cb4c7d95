import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { ArchiveRegistry } from '../../archives/index.js';
import { ArchivesModel } from '../../model/archives.js';
import { ServerApi } from '../../transport/api.js';
import { IArchiveRegistry, ITransport } from '../../tokens.js';
import { addArchiveCommands } from './archivecommands.js';
import { readVOTable } from '../engine.js';
import { keepAsking, tellLost } from '../accounts/reconnect.js';
import { serverOptions } from '../server.js';

/** Provides the archives, and lets the user add one. */
export const archives: JupyterFrontEndPlugin<IArchiveRegistry> = {
  id: 'obsdeck:archives',
  description: 'Knows the archives and what each of them offers.',
  autoStart: true,
  requires: [ITransport],
  optional: [ITranslator, ICommandPalette],
  provides: IArchiveRegistry,
  activate: (
    app: JupyterFrontEnd,
    transport: ITransport,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const api = new ServerApi(serverOptions(app.serviceManager.serverSettings));
    const watched = tellLost(transport, () => void registry.refresh());
    const means = { transport: watched, readVOTable };
    const registry = new ArchivesModel(api, new ArchiveRegistry(means));
    keepAsking(registry);
    app.serviceManager.connectionFailure.connect(() => void registry.refresh());
    addArchiveCommands({
      commands: app.commands,
      registry,
      transport: watched,
      translator: translator ?? nullTranslator,
      palette
    });
    void registry.refresh().then(() => {
      for (const problem of registry.problems) {
        Notification.warning(problem, { autoClose: false });
      }
    });
    return registry;
  }
};
