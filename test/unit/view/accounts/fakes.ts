import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import type { IAccount, IAccountList } from '../../../../src/archives/account.js';
import type { IArchiveDefinition } from '../../../../src/archives/archive.js';
import type {
  IAccountsContext,
  IAccountsSource
} from '../../../../src/view/accounts/types.js';
import { account as anyAccount } from '../../../support/accounts.js';

/** The server's time in all tests of accounts: 2026-11-21 20:40 UTC. */
export const NOW = Date.UTC(2026, 10, 21, 20, 40) / 1000;

/** An account nobody is signed in to, by user name and password, unless told otherwise. */
export function account(changes: Partial<IAccount> = {}): IAccount {
  return anyAccount('eso', {
    host: 'www.example.org',
    origins: ['https://archive.example.org'],
    ...changes
  });
}

/** The same, signed in for 7 h 12 min. */
export function signedIn(changes: Partial<IAccount> = {}): IAccount {
  return account({
    state: 'signed-in',
    who: 'ASTRO1',
    expires: NOW + 7 * 3600 + 12 * 60,
    place: { kind: 'here', name: '', kept: 'session' },
    renew: 'asks',
    canSignOut: true,
    ...changes
  });
}

/** An archive's definition with what the accounts' views read of it. */
export function definition(
  changes: Partial<IArchiveDefinition> = {}
): IArchiveDefinition {
  return {
    id: 'eso',
    name: 'ESO',
    kind: 'ivoa',
    description: '',
    services: {},
    signIn: { kind: 'oidc-password' },
    origins: [],
    rank: 10,
    origin: 'shipped',
    editable: false,
    ...changes
  };
}

/** The accounts, to be changed by a test. */
export class FakeSource implements IAccountsSource {
  constructor(public accounts: readonly IAccount[]) {}

  readonly changed = new Signal<this, void>(this);
  signIn: IAccountList['signIn'] = { enabled: true, reason: '' };
  problems: readonly string[] = [];
  time = NOW;
  /** Call it for a tick of the clock. */
  readonly watchers = new Set<() => void>();

  get list(): IAccountList {
    const { accounts, signIn, problems } = this;
    const keep = { choices: ['session'] as const, usual: 'session' as const };
    return { accounts, now: this.time, signIn, keep, problems };
  }

  now(): number {
    return this.time;
  }

  watch(tick: () => void): IDisposable {
    this.watchers.add(tick);
    return new DisposableDelegate(() => this.watchers.delete(tick));
  }
}

/** What is shown beside the accounts, for archives of these definitions. */
export function context(
  definitions: readonly IArchiveDefinition[],
  changes: Partial<IAccountsContext> = {}
): IAccountsContext {
  return {
    definition: archive => definitions.find(({ id }) => id === archive),
    workOn: () => undefined,
    warnSeconds: 15 * 60,
    ...changes
  };
}
