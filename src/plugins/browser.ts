import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorServices } from '@jupyterlab/codeeditor';
import { ILauncher } from '@jupyterlab/launcher';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { SearchModel } from '../model/search.js';
import { IAccounts, IArchiveRegistry, IObsSelection } from '../tokens.js';
import { SearchPanel } from '../view/search/panel.js';
import { addAccessCommand } from './access.js';
import { attempt } from './attempt.js';
import { addBrowserCommands } from './browsercommands.js';
import { queryEditorFactory } from './editor.js';
import { prepareReader, runTableTask } from './engine.js';
import { followArchives, keepSearch, linkSearch } from './link.js';
import { restoreTabs } from './restore.js';
import { ResultTabs } from './resulttabs.js';
import { rightsOf } from './rights.js';
import { followSetting } from './settings.js';
import { ISidebar } from './sidebar.js';

/** Searching: the form in the sidebar, and Results tabs in the main area. */
export const browser: JupyterFrontEndPlugin<IObsSelection> = {
  id: 'obsdeck:browser',
  description: 'Searches archives by form or ADQL and shows the rows.',
  autoStart: true,
  requires: [IArchiveRegistry, IEditorServices, ISidebar],
  optional: [
    IAccounts,
    ITranslator,
    ILayoutRestorer,
    IStateDB,
    ICommandPalette,
    ILauncher,
    ISettingRegistry
  ],
  provides: IObsSelection,
  activate: (
    app: JupyterFrontEnd,
    archives: IArchiveRegistry,
    editors: IEditorServices,
    sidebar: ISidebar,
    accounts: IAccounts | null,
    maybeTranslator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    settings: ISettingRegistry | null
  ) => {
    const translator = maybeTranslator ?? nullTranslator;
    const trans = translator.load('obsdeck');
    const model = new SearchModel();
    const tabs = new ResultTabs({
      shell: app.shell,
      translator,
      editorFactory: queryEditorFactory(editors.factoryService),
      showSearch: () => app.shell.activateById(sidebar.id),
      runner: runTableTask,
      prepare: prepareReader,
      ...(accounts && { rights: rightsOf(accounts, archives, app.commands) })
    });
    const callbacks = linkSearch(model, tabs, app.commands);
    const panel = new SearchPanel(model, callbacks, trans, accounts);
    sidebar.addSection('search', panel);
    sidebar.shown.connect(() => tabs.prepare());
    followArchives(model, panel, archives);
    addBrowserCommands({ app, tabs, sidebar, trans, palette, launcher });
    addAccessCommand({ app, tabs, archives, trans, palette });
    if (restorer) {
      restoreTabs(app, restorer, tabs, archives, trans);
    }
    if (state) {
      attempt(keepSearch(model, state, app.restored));
    }
    void followSetting(settings, browser.id, 'rowLimit', limit => {
      model.usualLimit = Number(limit) || 0;
    });
    return tabs;
  }
};
