import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { ILauncher } from '@jupyterlab/launcher';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Sidebar } from '../../view/sidebar.js';
import { obsdeckIcon, searchIcon } from '../../view/shared/icons.js';
import { CommandIDs } from '../commands.js';
import type { ResultTabs } from '../results/resulttabs.js';

interface IBrowserParts {
  readonly app: JupyterFrontEnd;
  readonly tabs: ResultTabs;
  readonly sidebar: Sidebar;
  readonly trans: TranslationBundle;
  readonly palette: ICommandPalette | null;
  readonly launcher: ILauncher | null;
}

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

/** Add the commands of searching, to the palette and the launcher too. */
export function addBrowserCommands(parts: IBrowserParts): void {
  const { trans, palette, launcher } = parts;
  addShowCommands(parts);
  addQueryCommands(parts);
  const category = trans.__('Obsdeck');
  for (const command of [
    CommandIDs.showSidebar,
    CommandIDs.newSearch,
    CommandIDs.runQuery,
    CommandIDs.cancelQuery
  ]) {
    palette?.addItem({ command, category });
  }
  launcher?.add({
    command: CommandIDs.newSearch,
    category,
    args: { isLauncher: true }
  });
}

/** The ways to the form. */
function addShowCommands({ app, sidebar, trans }: IBrowserParts): void {
  const show = (): void => app.shell.activateById(sidebar.id);
  app.commands.addCommand(CommandIDs.showSidebar, {
    label: trans.__('Show Obsdeck'),
    icon: obsdeckIcon,
    execute: show,
    describedBy: NO_ARGUMENTS
  });
  app.commands.addCommand(CommandIDs.newSearch, {
    label: args =>
      args['isLauncher'] ? trans.__('Search observations') : trans.__('New search'),
    caption: trans.__('Search the archives for observations'),
    icon: searchIcon,
    execute: show,
    describedBy: {
      args: { type: 'object', properties: { isLauncher: { type: 'boolean' } } }
    }
  });
}

/** What is done with the query of the Results tab used last. */
function addQueryCommands({ app, tabs, trans }: IBrowserParts): void {
  const running = (): boolean => tabs.query?.result.state === 'loading';
  app.commands.addCommand(CommandIDs.runQuery, {
    label: trans.__('Run'),
    caption: trans.__('Run the query of the Results tab'),
    isEnabled: () => Boolean(tabs.query?.request) && !running(),
    execute: () => tabs.run(),
    describedBy: NO_ARGUMENTS
  });
  app.commands.addCommand(CommandIDs.cancelQuery, {
    label: trans.__('Cancel'),
    caption: trans.__('Stop the running query; rows that arrived stay'),
    isEnabled: running,
    execute: () => tabs.query?.result.cancel(),
    describedBy: NO_ARGUMENTS
  });
}
