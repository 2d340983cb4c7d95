import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Token } from '@lumino/coreutils';

import { type SectionName, SECTIONS, Sidebar } from '../view/sidebar.js';
import { attempt } from './attempt.js';
import { CommandIDs } from './commands.js';

/** The sidebar, to which our plugins add their sections. */
export type ISidebar = Sidebar;

/** The sidebar, to which our plugins add their sections. */
export const ISidebar = new Token<ISidebar>(
  'obsdeck:ISidebar',
  'The Obsdeck sidebar and its sections.'
);

/** Provides the sidebar, empty; JupyterLab remembers which of its sections are folded. */
export const sidebar: JupyterFrontEndPlugin<ISidebar> = {
  id: 'obsdeck:sidebar',
  description: 'Shows the Obsdeck sidebar.',
  autoStart: true,
  optional: [ITranslator, ILayoutRestorer, ICommandPalette],
  provides: ISidebar,
  activate: (
    app: JupyterFrontEnd,
    maybeTranslator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ) => {
    const { commands, shell } = app;
    const translator = maybeTranslator ?? nullTranslator;
    const trans = translator.load('obsdeck');
    const addArchive = (): void => attempt(commands.execute(CommandIDs.addArchive));
    const panel = new Sidebar({ translator, addArchive });
    shell.add(panel, 'left', { rank: 150 });
    restorer?.add(panel, panel.id);
    const labels: Partial<Record<SectionName, string>> = {
      accounts: trans.__('Show accounts'),
      search: trans.__('Show search'),
      jobs: trans.__('Show jobs'),
      downloads: trans.__('Show downloads')
    };
    commands.addCommand(CommandIDs.showSection, {
      label: args => labels[sectionOf(args['section'])] ?? trans.__('Show Obsdeck'),
      execute: args => {
        panel.showSection(sectionOf(args['section']));
        shell.activateById(panel.id);
      },
      describedBy: {
        args: {
          type: 'object',
          properties: { section: { type: 'string', enum: [...SECTIONS] } }
        }
      }
    });
    for (const section of Object.keys(labels)) {
      const category = trans.__('Obsdeck');
      palette?.addItem({
        command: CommandIDs.showSection,
        args: { section },
        category
      });
    }
    return panel;
  }
};

/** The section an argument names; Search, where it names none. */
function sectionOf(name: unknown): SectionName {
  return SECTIONS.find(section => section === name) ?? 'search';
}
