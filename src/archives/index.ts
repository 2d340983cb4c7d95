/** Archives: data (definitions) plus code (capabilities). */
export type {
  AccountState,
  Asker,
  IAccount,
  IAccountList,
  ICredentialPlace,
  ISignInRequest,
  Keep,
  SignInField
} from './account.js';
export type {
  ArchiveFactory,
  IArchive,
  IArchiveDefinition,
  IArchiveList,
  IArchiveMeans,
  IDiscovery,
  IQuery,
  ISearchTable,
  ISignInDefinition,
  ITapEndpoint,
  SignInKind
} from './archive.js';
export { createIvoaArchive } from './ivoa/index.js';
export { ArchiveRegistry } from './registry.js';
export { withResolvers } from './resolvers.js';
export { canSignIn, needsAccount, usualAsker } from './signin.js';
