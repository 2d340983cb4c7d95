import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { IObsSelection } from '../../tokens.js';
import { insertCellIcon, sendIcon } from '../../view/shared/icons.js';
import { attempt } from '../attempt.js';
import { cellFlavours, possibleFlavours, resultCell } from './cellsources.js';
import { CommandIDs } from '../commands.js';
import { insertCell } from './insertcell.js';
import { sendSelection } from './sendselection.js';
import { followSetting } from '../settings.js';

/** Puts what the Results tab shows into the notebook, as a cell that reproduces it. */
export const notebook: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:notebook',
  description: 'Inserts queries into notebooks as cells.',
  autoStart: true,
  requires: [IObsSelection, INotebookTracker],
  optional: [ITranslator, ICommandPalette, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    selection: IObsSelection,
    notebooks: INotebookTracker,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    settings: ISettingRegistry | null
  ) => {
    const trans = (translator ?? nullTranslator).load('obsdeck');
    const insert = addInsertCommand(app, selection, notebooks, trans, settings);
    const send = addSendCommand(app, selection, notebooks, trans);
    for (const command of [insert, send]) {
      palette?.addItem({ command, category: trans.__('Obsdeck') });
    }
  }
};

/** “Insert as cell”: a command, and a button with a menu of the ways to write it. */
function addInsertCommand(
  app: JupyterFrontEnd,
  selection: IObsSelection,
  notebooks: INotebookTracker,
  trans: TranslationBundle,
  settings: ISettingRegistry | null
): string {
  const { commands } = app;
  const flavours = cellFlavours(trans);
  let usual: unknown = flavours[0].id;
  void followSetting(settings, notebook.id, 'flavour', value => (usual = value));
  const command = CommandIDs.insertAsCell;
  commands.addCommand(command, {
    label: trans.__('Insert as cell'),
    caption: trans.__(
      'Insert code below the active cell that repeats the query of the rows shown'
    ),
    isEnabled: () => Boolean(selection.query?.request),
    execute: async args => {
      const cell = resultCell(trans, selection, args['flavour'] ?? usual);
      return cell && (await insertCell(app, notebooks, cell));
    },
    describedBy: {
      args: {
        type: 'object',
        properties: { flavour: { type: 'string' } }
      }
    }
  });
  selection.addAction({
    id: 'insert-as-cell',
    label: trans.__('Insert as cell'),
    icon: insertCellIcon,
    menu: () => possibleFlavours(trans, selection),
    enabled: () => commands.isEnabled(command),
    reason: () => trans.__('Search first: there is no query yet.'),
    execute: flavour => attempt(commands.execute(command, { flavour }))
  });
  return command;
}

/** “Send selection”: puts the selected rows into a variable of a running kernel. */
function addSendCommand(
  { commands }: JupyterFrontEnd,
  selection: IObsSelection,
  notebooks: INotebookTracker,
  trans: TranslationBundle
): string {
  const command = CommandIDs.sendSelection;
  commands.addCommand(command, {
    label: trans.__('Send selection to notebook \u2026'),
    caption: trans.__('Put the selected rows into a variable of the running kernel'),
    isEnabled: () => selection.selectedRows.length > 0,
    execute: ({ variable }) =>
      sendSelection(
        trans,
        notebooks,
        selection,
        typeof variable === 'string' ? variable : undefined
      ),
    describedBy: {
      args: { type: 'object', properties: { variable: { type: 'string' } } }
    }
  });
  selection.addAction({
    id: 'send-selection',
    label: trans.__('Send selection'),
    icon: sendIcon,
    enabled: () => commands.isEnabled(command),
    reason: () => trans.__('No rows are selected. Select rows first.'),
    execute: () => attempt(commands.execute(command))
  });
  return command;
}
