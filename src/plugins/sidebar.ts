import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IStateDB } from '@jupyterlab/statedb';
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

/** Provides the sidebar, empty; remembers which of its sections are folded. */
export const sidebar: JupyterFrontEndPlugin<ISidebar> = {
  id: 'obsdeck:sidebar',
  description: 'Shows the Obsdeck sidebar.',
  autoStart: true,
  optional: [ITranslator, ILayoutRestorer, IStateDB, ICommandPalette],
  provides: ISidebar,
  activate: (
    app: JupyterFrontEnd,
    maybeTranslator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    palette: ICommandPalette | null
  ) => {
    const { commands, shell } = app;
    const translator = maybeTranslator ?? nullTranslator;
    const trans = translator.load('obsdeck');
    const addArchive = (): void => attempt(commands.execute(CommandIDs.addArchive));
    const panel = new Sidebar({ translator, addArchive });
    shell.add(panel, 'left', { rank: 150 });
    restorer?.add(panel, panel.id);
    if (state) {
      attempt(keepFolded(panel, state, app.restored));
    }
    const labels: Partial<Record<SectionName, string>> = {
      accounts: trans.__('Show accounts'),
      search: trans.__('Show search')
    };
    commands.addCommand(CommandIDs.showSection, {
      label: args => labels[sectionOf(args['section'])] ?? trans.__('Show Obsdeck'),
      execute: args => {
        shell.activateById(panel.id);
        panel.showSection(sectionOf(args['section']));
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

/** Keep over a reload which sections are folded. */
async function keepFolded(
  panel: Sidebar,
  state: IStateDB,
  restored: Promise<void>
): Promise<void> {
  await restored;
  const kept = await state.fetch(KEY);
  if (Array.isArray(kept)) {
    panel.folded = SECTIONS.filter(name => kept.includes(name));
  }
  panel.foldedChanged.connect(() => attempt(state.save(KEY, [...panel.folded])));
}

const KEY = 'obsdeck:folded';
