import type { ITranslator } from '@jupyterlab/translation';

import { ownerOf } from '../../archives/owner.js';
import type { IArchiveDefinition, INewArchive } from '../../archives/archive.js';
import { ProtocolError } from '../../protocol/index.js';
import type { IArchiveRegistry, ITransport } from '../../tokens.js';
import { askArchive } from '../../view/archives/dialog.js';
import { probe } from './archiveprobe.js';

/** Ask for an archive, show what its address offers, and add it. */
export async function addArchive(
  registry: IArchiveRegistry,
  transport: ITransport,
  translator: ITranslator
): Promise<boolean> {
  return await whileOpen(signal =>
    askArchive(
      {
        check: async address => {
          refuseOwned(address.url, registry, translator);
          return await probe(transport, address, translator.load('obsdeck'), signal);
        },
        store: async archive => {
          await registry.add(archive);
        }
      },
      translator
    )
  );
}

/** Ask how one signs in to an archive of the user's own, and change that. */
export async function editArchive(
  definition: IArchiveDefinition,
  registry: IArchiveRegistry,
  transport: ITransport,
  translator: ITranslator
): Promise<boolean> {
  const trans = translator.load('obsdeck');
  return await whileOpen(signal =>
    askArchive(
      {
        check: address => probe(transport, address, trans, signal),
        store: async ({ signIn }) => {
          await registry.change(definition.id, signIn ?? { kind: 'none' });
        }
      },
      translator,
      asTyped(definition)
    )
  );
}

/** What the user would have typed for a definition. */
function asTyped({ name, kind, services, signIn }: IArchiveDefinition): INewArchive {
  const { url = '' } =
    services.tap?.[0] ?? (services['rest'] as { url?: string }) ?? {};
  const { kind: way, header, tokenUrl } = signIn;
  return {
    name,
    url,
    kind: kind === 'pyobs' ? 'pyobs' : 'ivoa',
    signIn: {
      kind: way,
      ...(typeof header === 'string' && { header }),
      ...(typeof tokenUrl === 'string' && { tokenUrl })
    }
  };
}

/** Do something that asks services; closing the dialog stops what it asked. */
async function whileOpen<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  try {
    return await work(abort.signal);
  } finally {
    abort.abort();
  }
}

/** The host of a known archive is asked as that archive, so that its rules hold. */
function refuseOwned(
  url: string,
  { archives }: IArchiveRegistry,
  translator: ITranslator
): void {
  const name = ownerOf(url, archives)?.definition.name;
  if (name !== undefined) {
    const trans = translator.load('obsdeck');
    throw new ProtocolError(
      'rejected',
      trans.__('This host belongs to %1, which is already here.', name),
      { hint: trans.__('Choose %1 in the list of archives.', name) }
    );
  }
}
