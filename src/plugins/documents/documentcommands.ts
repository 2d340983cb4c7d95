import type { ICommandPalette } from '@jupyterlab/apputils';

import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { SearchTab } from './documenttab.js';
import { SEARCH_FACTORY } from './searchfile.js';
import type { IOpenParts } from '../search/opensearch.js';
import { QueryTab } from '../results/resultstab.js';
import { type ISaveParts, saveSearch, showSaved } from './savesearch.js';

/** What the commands of saved searches work with. */
export interface IDocumentParts extends IOpenParts, ISaveParts {
  readonly palette: ICommandPalette | null;
  /** Tabs whose rows go over to the document that is opened at a path. */
  readonly saved: Map<string, QueryTab>;
}

const PATH = {
  args: { type: 'object', properties: { path: { type: 'string' } } }
} as const;

/** Add the commands of saved searches. */
export function addDocumentCommands(parts: IDocumentParts): void {
  addSaveCommand(parts);
  addOpenCommands(parts);
  const category = parts.trans.__('Obsdeck');
  for (const command of [CommandIDs.saveSearch, CommandIDs.compareSearch]) {
    parts.palette?.addItem({ command, category });
  }
}

function addSaveCommand(parts: IDocumentParts): void {
  const { app, tabs, documents, saved, trans } = parts;
  const save = async (): Promise<void> => {
    const tab = tabs.tracker.currentWidget;
    const request = tab?.model.current;
    if (tab instanceof SearchTab) {
      await tab.context.save();
    } else if (tab instanceof QueryTab && request) {
      const path = await saveSearch(parts, request, tab.panel.columnLayout);
      if (path !== null) {
        saved.set(path, tab);
        await showSaved(documents, path, tab.id);
        saved.delete(path);
      }
    }
  };
  app.commands.addCommand(CommandIDs.saveSearch, {
    label: () =>
      tabs.tracker.currentWidget instanceof SearchTab
        ? trans.__('Save search')
        : trans.__('Save search …'),
    caption: trans.__('Write the query into a file that opens as a search'),
    isEnabled: () => Boolean(tabs.query?.current),
    execute: () => attempt(save()),
    describedBy: { args: { type: 'object', properties: {} } }
  });
}

function addOpenCommands(parts: IDocumentParts): void {
  const { app, tabs, documents, browser, trans } = parts;
  const open = async (path: unknown): Promise<SearchTab | null> => {
    const widget = documents.openOrReveal(String(path), SEARCH_FACTORY);
    await widget?.revealed;
    return widget instanceof SearchTab ? widget : null;
  };
  app.commands.addCommand(CommandIDs.openSearch, {
    label: trans.__('Open search'),
    caption: trans.__('Show a saved search; runs nothing'),
    execute: async ({ path }) => {
      const chosen = [...(browser?.selectedItems() ?? [])].map(item => item.path);
      for (const each of path === undefined ? chosen : [path]) {
        await open(each);
      }
    },
    describedBy: PATH
  });
  app.commands.addCommand(CommandIDs.compareSearch, {
    label: trans.__('Compare with last run'),
    caption: trans.__(
      'Run the saved search and list what was added, removed or released since its last run'
    ),
    isEnabled: ({ path }) =>
      path !== undefined || tabs.tracker.currentWidget instanceof SearchTab,
    execute: async ({ path }) => {
      const { currentWidget } = tabs.tracker;
      const tab = path === undefined ? currentWidget : await open(path);
      await tab?.panel?.run();
    },
    describedBy: PATH
  });
}
