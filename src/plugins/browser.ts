import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { SearchModel } from '../model/search.js';
import { SearchFlow } from '../model/searchflow.js';
import { IAccounts, IArchiveRegistry, IObsSelection } from '../tokens.js';
import { SearchPanel } from '../view/search/panel.js';
import { addAccessCommand } from './access.js';
import { attempt } from './attempt.js';
import { addBrowserCommands } from './browsercommands.js';
import { keepSearch } from './keepsearch.js';
import { followArchives, linkSearch } from './link.js';
import { IResultTabs } from './results.js';
import { followSetting } from './settings.js';
import { ISidebar } from './sidebar.js';

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
    ISettingRegistry
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
    settings: ISettingRegistry | null
  ) => {
    const translator = maybeTranslator ?? nullTranslator;
    const trans = translator.load('obsdeck');
    const model = new SearchModel();
    const flow = new SearchFlow(model);
    const callbacks = linkSearch({
      flow,
      tabs,
      commands: app.commands,
      targets: () => undefined
    });
    const panel = new SearchPanel(flow, callbacks, trans, accounts);
    sidebar.addSection('search', panel);
    sidebar.shown.connect(() => tabs.prepare());
    followArchives(flow, panel, archives);
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
