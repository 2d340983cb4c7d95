import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';

import type { IAccount, IAccountList } from '../../archives/account.js';
import { isUsable } from '../../model/countdown.js';

/** What views read of the accounts to tell what one may see; never holds a secret. */
export interface IRights {
  /** What holds for all accounts; null before they were read once. */
  readonly list: IAccountList | null;
  /** Ids of the archives whose sign-in ran out while something waits for it. */
  readonly waiting: readonly string[];
  /** Emitted when any account changed. */
  readonly changed: ISignal<unknown, void>;
  get(archive: string): IAccount | undefined;
  /** The server's time, Unix time in seconds. */
  now(): number;
}

/** True where requests can be signed: a credential is there that has not run out. */
export function isSignedIn(rights: IRights | null, archive: string): boolean {
  const account = rights?.get(archive);
  return account !== undefined && isUsable(account);
}

/** Exact host of an address, with a port that is not the usual one; empty for no address. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

/** Why nobody can sign in; empty where one can. */
export function whyOff(rights: IRights | null, trans: TranslationBundle): string {
  const signIn = rights?.list?.signIn;
  return signIn && !signIn.enabled
    ? signIn.reason || trans.__('Sign-in is off on this server.')
    : '';
}
