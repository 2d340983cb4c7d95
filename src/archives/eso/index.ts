import type { IArchive, IArchiveDefinition, IArchiveMeans } from '../archive.js';
import { createIvoaArchive } from '../ivoa/index.js';
import type { ILinkRules } from '../ivoa/links/sources.js';

/** ESO's rows know the address of their links; those of raw frames beside the file's. */
const LINKS: ILinkRules = {
  documentColumns: ['datalink_url'],
  idColumn: 'dp_id',
  idPrefix: 'ivo://eso.org/ID?',
  besideColumn: 'eso_datalink',
  nominalLengths: [500_000, 1_000_000],
  // They come as plain VOTables, without `content=datalink`.
  listSemantics: ['calselector_raw2raw', 'calselector_raw2master']
};

/** The ESO Science Archive, which speaks the protocols of the IVOA in its own accent. */
export function createEsoArchive(
  definition: IArchiveDefinition,
  means: IArchiveMeans
): IArchive {
  return createIvoaArchive(definition, means, { links: LINKS });
}
