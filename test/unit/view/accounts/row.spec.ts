import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import type { IAccount } from '../../../../src/archives/account.js';
import type { IArchiveDefinition } from '../../../../src/archives/archive.js';
import { describeRow } from '../../../../src/view/accounts/row.js';
import type { IAccountsContext } from '../../../../src/view/accounts/types.js';
import { account, context, definition, NOW, signedIn } from './fakes.js';

const trans = nullTranslator.load('obsdeck');

function row(
  one: IAccount,
  archive: Partial<IArchiveDefinition> = {},
  more: Partial<IAccountsContext> = {}
) {
  const at = { ...context([definition(archive)], more), now: NOW };
  return describeRow(one, at, trans);
}

const buttons = (one: IAccount, ...more: [Partial<IArchiveDefinition>?]) =>
  row(one, ...more).actions.map(({ name }) => name);

describe('a row', () => {
  it('tells archive, user and state in its name', () => {
    expect(row(signedIn()).name).toBe('ESO, ASTRO1, signed in');
    expect(row(account()).name).toBe('ESO, not signed in');
  });

  it('does not tell who was signed in before', () => {
    const { who, name } = row(account({ who: 'ASTRO1' }));
    expect([who, name]).toEqual(['not signed in', 'ESO, not signed in']);
  });

  it('tells rights by the phrase of the definition', () => {
    const signIn = { kind: 'oidc-password', rightsLabel: 'Can see' } as const;
    const { lines } = row(signedIn({ rights: ['own programmes', 'logs'] }), { signIn });
    expect(lines).toEqual([{ text: 'Can see: own programmes, logs', tone: 'plain' }]);
  });

  it('tells what a missing role is needed for', () => {
    const needs = { 'gallery contributor': 'post' };
    const { lines } = row(signedIn({ missing: ['gallery contributor', 'other'] }), {
      signIn: { kind: 'jwt-parameter', needs }
    });
    expect(lines.map(({ text }) => text)).toEqual([
      'Can’t post: the role gallery contributor is missing',
      'The role other is missing'
    ]);
  });

  it.each([
    ['here', '', 'session', 'signed in here'],
    ['here', '', 'page', 'signed in here'],
    ['here', '', 'keyring', 'signed in here, kept'],
    ['here', '', 'file', 'signed in here, kept'],
    ['environment', 'ODA_TOKEN', null, 'environment ODA_TOKEN'],
    ['file', '.oda-token', null, 'from the file .oda-token'],
    ['hub', '/secrets/token', null, 'from the file of this hub']
  ] as const)('tells of %s %s (%s): %s', (kind, name, kept, words) => {
    expect(row(signedIn({ place: { kind, name, kept } })).origin).toBe(words);
  });

  it('tells what is asked for before one is signed in', () => {
    expect(row(account()).origin).toBe('User name and password');
    expect(row(account({ asks: ['key'] })).origin).toBe('API key');
    expect(row(account({ asks: ['username', 'password', 'token'] })).origin).toBe(
      'User name and password, or token'
    );
  });

  it('tells of archives that others than the user set up', () => {
    const open = account({ state: 'none-needed', asks: [] });
    const own = row(open, { origin: 'user' });
    expect([own.origin, own.locked]).toEqual(['added by you', false]);
    const set = row(open, { origin: 'administrator' });
    expect([set.origin, set.locked]).toEqual(['set by the administrator', true]);
    expect([set.who, set.note]).toEqual(['no account needed', 'anonymous only']);
    expect(set.actions).toEqual([]);
    expect(row(signedIn(), { origin: 'administrator' }).locked).toBe(false);
  });
});

describe('the time left', () => {
  const told = (seconds: number) => row(signedIn({ expires: NOW + seconds }));

  it.each([
    [26_000, 'user', '7 h 13 min'],
    [901, 'user', '15 min'],
    [900, 'soon', '15 min'],
    [58, 'soon', '58 s']
  ])('of %s s has the icon %s and reads %s', (seconds, icon, time) => {
    expect(told(seconds)).toMatchObject({ icon, time });
  });

  it('is part of the name by its meaning only, so that names stay', () => {
    expect(told(360).name).toBe('ESO, ASTRO1, ends soon');
  });

  it('is left out where no end is known', () => {
    expect(row(signedIn({ expires: null })).time).toBeNull();
  });

  it.each([
    [10, 'expired just now'],
    [90, 'expired 1 min ago'],
    [12 * 60 + 30, 'expired 12 min ago'],
    [3 * 86400, 'expired 3 d ago']
  ])('was over %s s ago: %s', (seconds, time) => {
    const expired = signedIn({ state: 'expired', expires: NOW - seconds });
    expect(row(expired)).toMatchObject({ time, icon: 'expired' });
    expect(row(expired).name).toBe('ESO, ASTRO1, expired');
  });
});

describe('what can be done', () => {
  const here = { kind: 'environment', name: 'ODA_TOKEN', kept: null } as const;

  it('comes in the order of the Tab key', () => {
    expect(buttons(account())).toEqual(['Sign in to ESO']);
    expect(buttons(signedIn())).toEqual(['Renew ESO', 'Sign out of ESO']);
  });

  it('leaves out what the account cannot', () => {
    expect(buttons(signedIn({ renew: 'none' }))).toEqual(['Sign out of ESO']);
    expect(buttons(signedIn({ canSignOut: false }))).toEqual(['Renew ESO']);
    expect(buttons(account({ asks: [] }))).toEqual([]);
  });

  it('is the one primary button once expired', () => {
    const { actions } = row(signedIn({ state: 'expired', expires: NOW - 1 }));
    expect(actions).toEqual([
      {
        does: 'renew',
        label: 'Sign in again',
        name: 'Sign in again to ESO',
        look: 'primary'
      }
    ]);
  });

  it('is a check of what was found', () => {
    const found = signedIn({ state: 'found', place: here, asks: ['token'] });
    expect(buttons(found)).toEqual(['Check ESO', 'Sign out of ESO']);
    expect(row(found).lines[0].text).toBe(
      'Token found in environment ODA_TOKEN, not checked yet'
    );
  });

  it('is to take what was found where nothing can be typed', () => {
    expect(buttons(account({ asks: [], found: here }))).toEqual(['Sign in to ESO']);
  });

  it('is to cancel while signing in', () => {
    const busy = row(account(), {}, { workOn: () => 'sign-in' });
    expect(busy).toMatchObject({ icon: 'busy', who: 'signing in …' });
    expect(busy.actions.map(({ name }) => name)).toEqual(['Cancel signing in to ESO']);
  });

  it('tells the last problem', () => {
    const { lines } = row(account({ problem: 'ESO did not accept it.' }));
    expect(lines).toEqual([{ text: 'ESO did not accept it.', tone: 'warn' }]);
  });
});
