import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IArchiveRegistry } from '../../tokens.js';
import { CommandIDs } from '../commands.js';
import type { ResultTabs } from '../results/resulttabs.js';

interface IAccessParts {
  readonly app: JupyterFrontEnd;
  readonly tabs: ResultTabs;
  readonly archives: IArchiveRegistry;
  readonly trans: TranslationBundle;
  readonly palette: ICommandPalette | null;
}

/**
 * Add the command that explains why something cannot be seen: the focused row of the
 * Results tab used last, or what its arguments name.
 */
export function addAccessCommand(parts: IAccessParts): void {
  const { app, tabs, archives, trans, palette } = parts;
  const command = CommandIDs.explainAccess;
  app.commands.addCommand(command, {
    label: trans.__('Why can’t I see it?'),
    caption: trans.__('Say why a row, or what it describes, cannot be seen'),
    isEnabled: ({ archive }) =>
      archives.get(String(archive)) !== undefined || Boolean(tabs.query?.result.asked),
    execute: async ({ archive, id }) => {
      const definition = archives.get(String(archive))?.definition;
      await tabs.explain(
        definition && { archive: definition, subject: String(id ?? definition.name) }
      );
    },
    describedBy: {
      args: {
        type: 'object',
        properties: { archive: { type: 'string' }, id: { type: 'string' } }
      }
    }
  });
  palette?.addItem({ command, category: trans.__('Obsdeck') });
}
