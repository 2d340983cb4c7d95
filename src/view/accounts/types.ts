import type { ISignal } from '@lumino/signaling';
import type { IDisposable } from '@lumino/disposable';

import type { IAccount, IAccountList } from '../../archives/account.js';
import type { IArchiveDefinition } from '../../archives/archive.js';

/** What the views read of the accounts; never holds a secret. */
export interface IAccountsSource {
  /** One per archive, in the order of the archives. */
  readonly accounts: readonly IAccount[];
  /** What holds for all accounts; null before they were read once. */
  readonly list: IAccountList | null;
  /** Emitted when any of the above changed, and when an account runs out. */
  readonly changed: ISignal<unknown, void>;
  /** The server's time, Unix time in seconds. */
  now(): number;
  /** Call back whenever a time left reads otherwise. */
  watch(tick: () => void): IDisposable;
}

/** What the Accounts section asks others to do; archives are told by their ids. */
export interface IAccountCallbacks {
  /** Ask for what signing in needs, and sign in. */
  signIn(archive: string): void;
  signOut(archive: string): void;
  /** Renew, asking the user only where that is needed. */
  renew(archive: string): void;
  /** Ask the archive whether it accepts the credential. */
  check(archive: string): void;
  /** Stop what is being done with an account. */
  cancel(archive: string): void;
  /**
   * Open the menu of a row.
   *
   * @param at - where, in CSS pixels of the window
   * @param opener - gets the focus back
   */
  menu(archive: string, at: { x: number; y: number }, opener: HTMLElement): void;
  addArchive(): void;
  /** Read all accounts again. */
  refresh(): void;
}

/** What is being done with an account now. */
export type AccountWork = 'sign-in' | 'renew' | 'check' | 'sign-out';

/** What the section shows beside the accounts themselves. */
export interface IAccountsContext {
  /** The archive of an account; undefined while the archives are not known. */
  definition(archive: string): IArchiveDefinition | undefined;
  /** What is being done with an account now; undefined for nothing. */
  workOn(archive: string): AccountWork | undefined;
  /** Seconds before its end from which on a sign-in is said to end soon. */
  readonly warnSeconds: number;
  /** Why nothing can be done now (no server half, no connection); undefined where it can. */
  readonly blocked?: string;
}
