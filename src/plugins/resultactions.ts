import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IObsSelection } from '../tokens.js';
import { attempt } from './attempt.js';
import { CommandIDs } from './commands.js';
import { SearchTab } from './documenttab.js';
import { IResultTabs } from './results.js';

/** “Keep”, “Compare” and “Save search” among the actions of a result. */
export const resultActions: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:result-actions',
  description: 'Keeps, compares and saves the search of a Results tab.',
  autoStart: true,
  requires: [IResultTabs, IObsSelection],
  optional: [ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tabs: IResultTabs,
    selection: IObsSelection,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('obsdeck');
    const { commands } = app;
    const isSaved = (): boolean => tabs.tracker.currentWidget instanceof SearchTab;
    const keep = CommandIDs.keepResults;
    commands.addCommand(keep, {
      label: trans.__('Keep'),
      caption: trans.__('Let the next search open another tab'),
      isEnabled: () => Boolean(tabs.query?.current) && !isSaved(),
      isToggled: () => tabs.isKept,
      isToggleable: true,
      execute: () => tabs.keep(!tabs.isKept),
      describedBy: { args: { type: 'object', properties: {} } }
    });
    const run = (id: string) => (): void => attempt(commands.execute(id));
    selection.addAction({
      id: 'keep',
      label: trans.__('Keep'),
      place: 'more',
      rank: 40,
      checked: () => tabs.isKept,
      enabled: () => commands.isEnabled(keep),
      reason: () =>
        isSaved()
          ? trans.__('A saved search is kept by itself.')
          : trans.__('Search first: there is no query yet.'),
      execute: run(keep)
    });
    selection.addAction({
      id: 'compare',
      label: trans.__('Compare with last run'),
      place: 'more',
      rank: 50,
      enabled: isSaved,
      reason: () => trans.__('Save the search first: only saved ones are compared.'),
      execute: run(CommandIDs.compareSearch)
    });
    selection.addAction({
      id: 'save-search',
      label: trans.__('Save search'),
      place: 'more',
      rank: 60,
      enabled: () => commands.isEnabled(CommandIDs.saveSearch),
      reason: () => trans.__('Search first: there is no query yet.'),
      execute: run(CommandIDs.saveSearch)
    });
    palette?.addItem({ command: keep, category: trans.__('Obsdeck') });
  }
};
