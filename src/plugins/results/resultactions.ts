import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { IObsSelection } from '../../tokens.js';
import type { IResultAction } from '../../view/results/types.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { SearchTab } from '../documents/documenttab.js';
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
    const parts = { commands: app.commands, tabs, trans };
    addKeepCommand(parts);
    actionsOf(parts).forEach(action => selection.addAction(action));
    palette?.addItem({
      command: CommandIDs.keepResults,
      category: trans.__('Obsdeck')
    });
  }
};

interface IActionParts {
  readonly commands: CommandRegistry;
  readonly tabs: IResultTabs;
  readonly trans: TranslationBundle;
}

function isSaved({ tracker }: IResultTabs): boolean {
  return tracker.currentWidget instanceof SearchTab;
}

function addKeepCommand({ commands, tabs, trans }: IActionParts): void {
  commands.addCommand(CommandIDs.keepResults, {
    label: trans.__('Keep'),
    caption: trans.__('Let the next search open another tab'),
    isEnabled: () => Boolean(tabs.query?.current) && !isSaved(tabs),
    isToggled: () => tabs.isKept,
    isToggleable: true,
    execute: () => tabs.keep(!tabs.isKept),
    describedBy: { args: { type: 'object', properties: {} } }
  });
}

function actionsOf({ commands, tabs, trans }: IActionParts): readonly IResultAction[] {
  const run = (id: string) => (): void => attempt(commands.execute(id));
  const noQuery = trans.__('Search first: there is no query yet.');
  return [
    {
      id: 'keep',
      label: trans.__('Keep'),
      place: 'more',
      rank: 40,
      checked: () => tabs.isKept,
      enabled: () => commands.isEnabled(CommandIDs.keepResults),
      reason: () =>
        isSaved(tabs) ? trans.__('A saved search is kept by itself.') : noQuery,
      execute: run(CommandIDs.keepResults)
    },
    {
      id: 'compare',
      label: trans.__('Compare with last run'),
      place: 'more',
      rank: 50,
      enabled: () => isSaved(tabs),
      reason: () => trans.__('Save the search first: only saved ones are compared.'),
      execute: run(CommandIDs.compareSearch)
    },
    {
      id: 'save-search',
      label: trans.__('Save search'),
      place: 'more',
      rank: 60,
      enabled: () => commands.isEnabled(CommandIDs.saveSearch),
      reason: () => noQuery,
      execute: run(CommandIDs.saveSearch)
    }
  ];
}
