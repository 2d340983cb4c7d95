import type { IArchive, IArchiveDefinition, IArchiveMeans } from '../archive.js';
import { createIvoaArchive } from '../ivoa/index.js';
import { butlerCode } from './butler.js';

/** A Rubin Science Platform: the protocols of the IVOA, and the Butler beside them. */
export function createRubinArchive(
  definition: IArchiveDefinition,
  means: IArchiveMeans
): IArchive {
  return { ...createIvoaArchive(definition, means), rowCode: [butlerCode] };
}
