import type { ICommandPalette } from '@jupyterlab/apputils';
import type { ITranslator } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { IArchiveRegistry, ITransport } from '../../tokens.js';
import { CommandIDs } from '../commands.js';

interface IArchiveCommandParts {
  readonly commands: CommandRegistry;
  readonly registry: IArchiveRegistry;
  readonly transport: ITransport;
  readonly translator: ITranslator;
  readonly palette: ICommandPalette | null;
}

/** Add the commands by which users add archives of their own, and change them. */
export function addArchiveCommands(parts: IArchiveCommandParts): void {
  const { commands, registry, transport, translator, palette } = parts;
  const trans = translator.load('obsdeck');
  commands.addCommand(CommandIDs.addArchive, {
    label: trans.__('Add archive …'),
    caption: trans.__('Add a service by its address'),
    execute: async () => {
      const { addArchive } = await import('./addarchive.js');
      return await addArchive(registry, transport, translator);
    },
    describedBy: { args: { type: 'object', properties: {} } }
  });
  palette?.addItem({ command: CommandIDs.addArchive, category: trans.__('Obsdeck') });
  const own = (archive: unknown) => {
    const definition = registry.get(String(archive))?.definition;
    return definition?.editable ? definition : null;
  };
  commands.addCommand(CommandIDs.editArchive, {
    label: trans.__('Edit archive …'),
    caption: trans.__('Change how one signs in to an archive of your own'),
    isEnabled: ({ archive }) => own(archive) !== null,
    execute: async ({ archive }) => {
      const definition = own(archive);
      const { editArchive } = await import('./addarchive.js');
      return definition !== null
        ? await editArchive(definition, registry, transport, translator)
        : false;
    },
    describedBy: {
      args: {
        type: 'object',
        properties: { archive: { type: 'string' } },
        required: ['archive']
      }
    }
  });
}
