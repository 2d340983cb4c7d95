import type { IAccount, IAccountList } from '../../src/archives/account.js';

/** An account that nobody signed in to. */
export function account(archive: string, over: Partial<IAccount> = {}): IAccount {
  return {
    archive,
    kind: 'oidc-password',
    state: 'signed-out',
    who: null,
    roles: [],
    rights: [],
    missing: [],
    expires: null,
    place: null,
    checked: null,
    renew: 'none',
    canSignOut: false,
    asks: ['username', 'password'],
    host: `${archive}.example.org`,
    origins: [`https://${archive}.example.org`],
    found: null,
    problem: null,
    ...over
  };
}

/** An account in use. @param expires - Unix time in seconds */
export function signedIn(archive: string, expires: number | null = null): IAccount {
  return account(archive, {
    state: 'signed-in',
    who: 'ASTRO1',
    expires,
    checked: 1,
    place: { kind: 'here', name: '', kept: 'session' },
    renew: 'asks',
    canSignOut: true
  });
}

/** What the server half tells. @param now - its clock, Unix time in seconds */
export function accountList(accounts: readonly IAccount[], now: number): IAccountList {
  return {
    accounts,
    now,
    signIn: { enabled: true, reason: '' },
    keep: { choices: ['page', 'session'], usual: 'session' },
    problems: []
  };
}
