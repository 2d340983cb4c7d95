import type { IArchive, IArchiveDefinition, IArchiveMeans } from '../archive.js';

import { TapDiscovery } from './discovery.js';
import { DataLinkService } from './links/service.js';
import type { ILinkRules } from './links/sources.js';
import { SesameResolver } from './resolver.js';

/** What kinds of archives do in their own way. */
export interface IIvoaAccent {
  readonly links?: ILinkRules;
}

/**
 * An archive that speaks the protocols of the IVOA; what it offers follows from the
 * services its definition names. Rows lead to links by themselves, so that an archive whose
 * rows can be found has them.
 */
export function createIvoaArchive(
  definition: IArchiveDefinition,
  means: IArchiveMeans,
  { links }: IIvoaAccent = {}
): IArchive {
  const { tap = [], sesame = [], datalink } = definition.services;
  return {
    definition,
    ...(tap.length > 0 && { discover: new TapDiscovery(definition, means) }),
    ...((tap.length > 0 || datalink !== undefined) && {
      links: new DataLinkService(definition, means, links)
    }),
    ...(sesame.length > 0 && {
      resolve: new SesameResolver(definition, sesame, means)
    })
  };
}
