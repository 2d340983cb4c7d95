/** Archives: data (definitions) plus code (capabilities). */
export type {
  ArchiveFactory,
  IArchive,
  IArchiveDefinition,
  IArchiveList,
  IArchiveMeans,
  IDiscovery,
  IQuery,
  ISearchTable,
  ITapEndpoint,
  SignInKind
} from './archive.js';
export { createIvoaArchive } from './ivoa/index.js';
export { ArchiveRegistry } from './registry.js';
