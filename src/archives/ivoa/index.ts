import type { IArchive, IArchiveDefinition, IArchiveMeans } from '../archive.js';

import { TapDiscovery } from './discovery.js';

/**
 * An archive that speaks the protocols of the IVOA; what it offers follows from the
 * services its definition names.
 */
export function createIvoaArchive(
  definition: IArchiveDefinition,
  means: IArchiveMeans
): IArchive {
  const hasTap = (definition.services.tap ?? []).length > 0;
  return {
    definition,
    ...(hasTap && { discover: new TapDiscovery(definition, means) })
  };
}
