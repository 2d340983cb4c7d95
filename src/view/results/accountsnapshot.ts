import type { IArchiveDefinition } from '../../archives/archive.js';
import { canSignIn } from '../../archives/signin.js';
import { hostOf, type IRights, isSignedIn } from '../shared/rights.js';
import type { IAccountSnapshot } from './bannerrights.js';

/**
 * What banners tell of the account at an archive.
 *
 * @param service - address that was asked, or would be
 * @param rights - the accounts; null where there are none
 */
export function accountSnapshot(
  definition: IArchiveDefinition,
  service: string,
  rights: IRights | null
): IAccountSnapshot {
  const { id, name, signIn, editable } = definition;
  const account = rights?.get(id);
  const isOver = account?.state === 'expired';
  return {
    archive: name,
    host: hostOf(service) || name,
    canSignIn: rights !== null && canSignIn(definition),
    isSignedIn: isSignedIn(rights, id),
    isOwn: rights !== null && editable,
    wasSignedIn: isOver || isSignedIn(rights, id),
    ranOut: isOver && account.expires !== null ? account.expires * 1000 : null,
    roles: signIn.roles ?? {}
  };
}
