import type { ITranslator } from '@jupyterlab/translation';

import { TapService, hasObsCore, type ICapability } from '../protocol/index.js';
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
        check: url => probe(transport, url, abort.signal),
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

/** What a TAP service says of itself: VOSI capabilities and tables. */
async function probe(
  transport: ITransport,
  url: string,
  signal: AbortSignal
): Promise<IArchiveFinding> {
  const host = new URL(url).host;
  const service = new TapService(transport, { id: NEW, name: host }, url);
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
