import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IEditorServices } from '@jupyterlab/codeeditor';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Token } from '@lumino/coreutils';

import { fetchPicture } from '../../model/previews.js';
import { IAccounts, IArchiveRegistry, IQueryJobs, ITransport } from '../../tokens.js';
import { IEditorSettings } from '../search/adql.js';
import { attempt } from '../attempt.js';
import { ColumnKeeper } from './columnkeeper.js';
import { CommandIDs } from '../commands.js';
import { queryEditorFactory } from '../search/editor.js';
import { prepareReader, runTableTask } from '../engine.js';
import { restoreTabs } from '../restore.js';
import { QueryTools } from '../search/querytools.js';
import { ResultTabs } from './resulttabs.js';
import { rightsOf } from '../accounts/rights.js';
import { ISchemas } from '../search/schema.js';

/** The Results tabs, for our plugins; others have `IObsSelection`. */
export type IResultTabs = ResultTabs;

/** The Results tabs, for our plugins; others have `IObsSelection`. */
export const IResultTabs = new Token<IResultTabs>(
  'obsdeck:IResultTabs',
  'The Results tabs, with their panels and models.'
);

/** Provides the Results tabs, and brings those of the last layout back. */
export const results: JupyterFrontEndPlugin<IResultTabs> = {
  id: 'obsdeck:results',
  description: 'Shows queries and their rows in tabs.',
  autoStart: true,
  requires: [ITransport, IArchiveRegistry, IEditorServices, ISchemas, IEditorSettings],
  optional: [IQueryJobs, IAccounts, ITranslator, ILayoutRestorer, IStateDB],
  provides: IResultTabs,
  activate: (
    app: JupyterFrontEnd,
    transport: ITransport,
    archives: IArchiveRegistry,
    editors: IEditorServices,
    schemas: ISchemas,
    settings: IEditorSettings,
    jobs: IQueryJobs | null,
    accounts: IAccounts | null,
    maybeTranslator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null
  ) => {
    const { commands, shell } = app;
    const translator = maybeTranslator ?? nullTranslator;
    const tabs = new ResultTabs({
      shell,
      translator,
      editorFactory: queryEditorFactory(editors.factoryService),
      query: model => new QueryTools(model, { schemas, jobs, commands, settings }),
      showSearch: () => attempt(commands.execute(CommandIDs.showSidebar)),
      runner: runTableTask,
      prepare: prepareReader,
      picture: (archive, url, signal) => fetchPicture(transport, archive, url, signal),
      ...(state && { layouts: new ColumnKeeper(state) }),
      ...(accounts && { rights: rightsOf(accounts, archives, commands) })
    });
    if (restorer) {
      restoreTabs(app, restorer, tabs, archives, translator.load('obsdeck'));
    }
    return tabs;
  }
};
