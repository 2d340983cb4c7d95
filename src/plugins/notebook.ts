import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IObsSelection } from '../tokens.js';
import { insertCellIcon } from '../view/shared/icons.js';
import { attempt } from './attempt.js';
import { CommandIDs } from './commands.js';
import { cellFlavours, insertCell, resultCell } from './insertcell.js';
import { followSetting } from './settings.js';

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
    const flavours = cellFlavours(trans);
    const { commands } = app;
    let usual: unknown = flavours[0].id;
    void followSetting(settings, notebook.id, 'flavour', value => (usual = value));
    commands.addCommand(CommandIDs.insertAsCell, {
      label: trans.__('Insert as cell'),
      caption: trans.__(
        'Insert code below the active cell that repeats the query of the rows shown'
      ),
      isEnabled: () => Boolean(selection.query?.request),
      execute: async args => {
        const cell = resultCell(selection.query, args['flavour'] ?? usual);
        return cell && (await insertCell(app, notebooks, cell));
      },
      describedBy: {
        args: {
          type: 'object',
          properties: {
            flavour: { type: 'string', enum: flavours.map(({ id }) => id) }
          }
        }
      }
    });
    selection.addAction({
      id: 'insert-as-cell',
      label: trans.__('Insert as cell'),
      icon: insertCellIcon,
      menu: flavours,
      enabled: () => commands.isEnabled(CommandIDs.insertAsCell),
      reason: () => trans.__('Search first: there is no query yet.'),
      execute: flavour =>
        attempt(commands.execute(CommandIDs.insertAsCell, { flavour }))
    });
    palette?.addItem({
      command: CommandIDs.insertAsCell,
      category: trans.__('Obsdeck')
    });
  }
};
