import type { ITranslator } from '@jupyterlab/translation';

import { ownerOf } from '../archives/owner.js';
import {
  describeError,
  hasObsCore,
  ProtocolError,
  TapService,
  type ICapability
} from '../protocol/index.js';
import type { IArchiveRegistry, ITransport } from '../tokens.js';
import { addArchive as ask } from '../view/archives/add.js';
import type { IArchiveFinding } from '../view/archives/state.js';

/** Reserved id of the gateway for an address that no definition names yet. */
const NEW = 'new';

/** Ask for an archive, show what its address offers, and add it. */
export async function addArchive(
  registry: IArchiveRegistry,
  transport: ITransport,
  translator: ITranslator
): Promise<boolean> {
  const abort = new AbortController();
  try {
    return await ask(
      {
        check: async url => {
          refuseOwned(url, registry, translator);
          return await probe(transport, url, abort.signal);
        },
        add: async archive => {
          await registry.add(archive);
        }
      },
      translator
    );
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

/**
 * What a TAP service says of itself: VOSI capabilities and tables.
 *
 * @throws {@link ProtocolError} whose message begins with the host, as there is no name yet
 */
async function probe(
  transport: ITransport,
  url: string,
  signal: AbortSignal
): Promise<IArchiveFinding> {
  const { host, href } = new URL(url);
  const service = new TapService(transport, { id: NEW, name: host }, href);
  try {
    return await find(service, signal);
  } catch (error) {
    throw error instanceof ProtocolError
      ? new ProtocolError(error.kind, describeError(error), error.details)
      : error;
  }
}

async function find(
  service: TapService,
  signal: AbortSignal
): Promise<IArchiveFinding> {
  const capabilities = await service.capabilities(signal);
  const { schemas } = await service.tables(signal, 'min');
  const names = schemas.flatMap(schema => schema.tables.map(table => table.name));
  return {
    tables: names.length,
    obscore:
      hasObsCore(capabilities) || names.some(name => /(^|\.)obscore$/i.test(name)),
    languages: capabilities.flatMap(languagesOf),
    signIn: [...new Set(capabilities.flatMap(securityOf))]
  };
}

function languagesOf({ tap }: ICapability): string[] {
  return (tap?.languages ?? []).flatMap(({ name, versions }) =>
    versions.map(version => `${name}-${version}`)
  );
}

function securityOf({ interfaces }: ICapability): string[] {
  return interfaces.flatMap(({ securityMethods }) => securityMethods);
}
