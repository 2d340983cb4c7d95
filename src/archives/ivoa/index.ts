import type { IArchive, IArchiveDefinition, IArchiveMeans } from '../archive.js';

import { TapDiscovery } from './discovery.js';
import { SesameResolver } from './resolver.js';

/**
 * An archive that speaks the protocols of the IVOA; what it offers follows from the
 * services its definition names.
 */
export function createIvoaArchive(
  definition: IArchiveDefinition,
  means: IArchiveMeans
): IArchive {
  const { tap = [], sesame = [] } = definition.services;
  return {
    definition,
    ...(tap.length > 0 && { discover: new TapDiscovery(definition, means) }),
    ...(sesame.length > 0 && {
      resolve: new SesameResolver(definition, sesame, means)
    })
  };
}
