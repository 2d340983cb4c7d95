import type { Asker } from './account.js';
import type { IArchiveDefinition } from './archive.js';

/** True where one can have an account. */
export function canSignIn({ signIn }: Pick<IArchiveDefinition, 'signIn'>): boolean {
  return signIn.kind !== 'none';
}

/** True where hardly anything can be seen without an account. */
export function needsAccount(definition: IArchiveDefinition): boolean {
  return canSignIn(definition) && definition.signIn.required === true;
}

/** Anonymous first: a credential is used where the user asks for it or nothing else works. */
export function usualAsker(definition: IArchiveDefinition): Asker {
  return needsAccount(definition) ? 'me' : 'anyone';
}
