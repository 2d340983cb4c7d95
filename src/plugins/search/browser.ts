import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ILauncher } from '@jupyterlab/launcher';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { SearchModel } from '../../model/search.js';
import { SearchFlow } from '../../model/searchflow.js';
import {
  IAccounts,
  IArchiveRegistry,
  IObsSelection,
  IQueryJobs
} from '../../tokens.js';
import { SearchPanel } from '../../view/search/panel.js';
import { addAccessCommand } from '../accounts/access.js';
import { attempt } from '../attempt.js';
import { addBrowserCommands } from './browsercommands.js';
import { keepSearch } from '../documents/keepsearch.js';
import { rehearseReading } from '../engine.js';
import { followAccounts, followArchives, linkSearch } from './link.js';
import { IResultTabs } from '../results/results.js';
import { followSetting } from '../settings.js';
import { ISchemas } from './schema.js';
import { ISidebar } from '../sidebar.js';
import { chooseTargets } from './targets.js';

/** Searching: the form in the sidebar, whose rows come into Results tabs. */
export const browser: JupyterFrontEndPlugin<IObsSelection> = {
  id: 'obsdeck:browser',
  description: 'Searches archives by form or ADQL and shows the rows.',
  autoStart: true,
  requires: [IArchiveRegistry, IResultTabs, ISidebar],
  optional: [
    IAccounts,
    ITranslator,
    IStateDB,
    ICommandPalette,
    ILauncher,
    ISettingRegistry,
    ISchemas,
    IQueryJobs,
    IDocumentManager
  ],
  provides: IObsSelection,
  activate: (
    app: JupyterFrontEnd,
    archives: IArchiveRegistry,
    tabs: IResultTabs,
    sidebar: ISidebar,
    accounts: IAccounts | null,
    maybeTranslator: ITranslator | null,
    state: IStateDB | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    settings: ISettingRegistry | null,
    schemas: ISchemas | null,
    jobs: IQueryJobs | null,
    manager: IDocumentManager | null
  ) => {
    const translator = maybeTranslator ?? nullTranslator;
    const trans = translator.load('obsdeck');
    const model = new SearchModel(schemas);
    const flow = new SearchFlow(model);
    const callbacks = linkSearch({
      flow,
      tabs,
      commands: app.commands,
      trans,
      jobs,
      targets: () => attempt(chooseTargets(model, manager, translator))
    });
    const panel = new SearchPanel(flow, callbacks, trans, accounts);
    sidebar.addSection('search', panel);
    sidebar.shown.connect(() => void tabs.prepare().then(rehearseReading));
    followArchives(flow, panel, archives);
    if (accounts) {
      followAccounts(flow, accounts);
    }
    addBrowserCommands({ app, tabs, sidebar, trans, palette, launcher });
    addAccessCommand({ app, tabs, archives, trans, palette });
    if (state) {
      attempt(keepSearch(model, state, app.restored));
    }
    void followSetting(settings, browser.id, 'rowLimit', limit => {
      model.usualLimit = Number(limit) || 0;
    });
    return tabs;
  }
};
