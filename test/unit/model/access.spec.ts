import { describe, expect, it } from 'vitest';

import type { ISignInDefinition } from '../../../src/archives/archive.js';
import { explainAccess } from '../../../src/model/access.js';
import type { IAccessQuestion } from '../../../src/model/accessfacts.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import { account, signedIn } from '../../support/accounts.js';

/** 2026-11-21 20:05 UTC. */
const NOW = Date.UTC(2026, 10, 21, 20, 5) / 1000;

const SIGN_IN: ISignInDefinition = {
  kind: 'oidc-password',
  roles: { 'read:image': 'images' },
  accessHelpUrl: 'https://eso.example.org/access'
};
const ESO = { name: 'ESO', signIn: SIGN_IN };
const OPEN = { name: 'GAVO', signIn: { kind: 'none' } } as const;
const ASTRO1 = signedIn('eso', NOW + 7 * 3600);
const OVER = { ...ASTRO1, state: 'expired', expires: NOW - 720 } as const;
const OUT = account('eso');

const VAGUE =
  'NotFoundFault: the requested file does not exist or you have no permission to access it';

function explain(question: Partial<IAccessQuestion>) {
  return explainAccess({
    archive: ESO,
    account: ASTRO1,
    as: 'me',
    subject: 'SPHER.2026-09-14T03:21:40.102',
    now: NOW,
    span: seconds => `${seconds} s`,
    ...question
  });
}

function refused(kind: 'not-signed-in' | 'expired' | 'forbidden', details = {}) {
  return new ProtocolError(kind, 'No.', { as: 'me', ...details });
}

/** State and words of the three lines. */
function lines(question: Partial<IAccessQuestion>) {
  return explain(question).checks.map(({ name, state, detail }) => [
    name,
    state,
    detail
  ]);
}

describe('explainAccess', () => {
  it.each<[string, Partial<IAccessQuestion>, string, string | null]>([
    [
      'nobody is signed in (401)',
      { account: OUT, as: 'anyone', error: refused('not-signed-in', { as: 'anyone' }) },
      'anonymous',
      'sign-in'
    ],
    [
      'one is signed in, but asked as anyone',
      { as: 'anyone', error: refused('not-signed-in', { as: 'anyone' }) },
      'anonymous',
      'as-me'
    ],
    [
      'anyone was asked for a file (403)',
      { account: OUT, as: 'anyone', error: refused('forbidden', { as: 'anyone' }) },
      'anonymous',
      'sign-in'
    ],
    [
      'the server half knows of no sign-in',
      { account: OUT, error: new ProtocolError('not-signed-in', 'No.') },
      'anonymous',
      'sign-in'
    ],
    [
      'the sign-in ran out',
      { account: OVER, error: refused('expired') },
      'expired',
      'sign-in-again'
    ],
    [
      'the clock says so before the service',
      { account: OVER, isEmpty: true },
      'expired',
      'sign-in-again'
    ],
    [
      'the token is not accepted',
      { error: refused('not-signed-in') },
      'expired',
      'sign-in-again'
    ],
    [
      'a right is missing (403)',
      { error: refused('forbidden', { scope: 'read:image' }) },
      'no-permission',
      'sign-in-other'
    ],
    [
      'the service says no more than no',
      { row: { refusal: 'Forbidden.' } },
      'no-permission',
      'sign-in-other'
    ],
    ['DataLink is vague', { row: { refusal: VAGUE } }, 'vague', 'sign-in-other'],
    [
      'DataLink is vague to anyone',
      { row: { refusal: VAGUE }, as: 'anyone', account: OUT },
      'anonymous',
      'sign-in'
    ],
    [
      'an authorised answer is empty',
      { isEmpty: true },
      'empty-authorised',
      'sign-in-other'
    ],
    [
      'an anonymous answer is empty',
      { isEmpty: true, as: 'anyone', account: OUT },
      'anonymous',
      'sign-in'
    ],
    ['it is proprietary', { row: { release: '2027-09-14' } }, 'embargoed', 'calendar'],
    [
      'it is proprietary, and nobody signed in',
      { row: { release: '2027-09-14' }, as: 'anyone', account: OUT },
      'embargoed',
      'sign-in'
    ],
    [
      'it is proprietary, and the sign-in ran out',
      { row: { release: '2027-09-14' }, account: OVER },
      'embargoed',
      'sign-in-again'
    ],
    [
      'the archive has no accounts',
      {
        archive: OPEN,
        account: null,
        as: 'anyone',
        error: refused('forbidden', { as: 'anyone' })
      },
      'account-not-needed',
      null
    ],
    [
      'it is no matter of rights',
      { error: new ProtocolError('timeout', 'Too slow.') },
      'other',
      null
    ],
    [
      'the address may not see the credential',
      { error: refused('not-signed-in', { as: 'anyone' }) },
      'anonymous',
      null
    ]
  ])('tells that %s', (_what, question, cause, mend) => {
    expect(explain(question)).toMatchObject({ cause, mend });
  });

  it('names day, days, asker and programme of what is proprietary', () => {
    const row = { release: '2027-09-14T00:00:00.000', programme: '117.26LV.001' };
    const answer = explain({
      row,
      error: refused('forbidden', { serviceMessage: VAGUE })
    });
    expect(answer.sentence).toBe(
      'SPHER.2026-09-14T03:21:40.102 is proprietary until 2027-09-14 (in 297 days). ' +
        'You asked as ASTRO1; until then only people named on programme 117.26LV.001 may read it.'
    );
    expect(answer.words).toBe(VAGUE);
    expect(answer.release).toEqual({ date: '2027-09-14', isAhead: true, days: 297 });
    expect(answer.helpUrl).toBe('https://eso.example.org/access');
    expect(answer.checks).toEqual([
      { name: 'signed-in', state: 'good', detail: 'yes, as ASTRO1, 25200 s left' },
      { name: 'public', state: 'bad', detail: 'no, release date 2027-09-14' },
      {
        name: 'permission',
        state: 'warn',
        detail: 'not given, or no such file; ESO answers both alike'
      }
    ]);
  });

  it('takes a row that is called proprietary without a date for proprietary', () => {
    const row = { rights: 'Proprietary', release: null };
    expect(explain({ row })).toMatchObject({
      cause: 'embargoed',
      sentence:
        'SPHER.2026-09-14T03:21:40.102 is proprietary. You are signed in as ASTRO1; ' +
        'only people whom ESO has given permission may read it.',
      mend: 'sign-in-other',
      release: null
    });
    expect(explain({ row, account: OUT, as: 'anyone' })).toMatchObject({
      sentence: expect.stringContaining('You are not signed in; only people'),
      mend: 'sign-in'
    });
    const past = { ...row, release: '2001-01-01' };
    expect(explain({ row: past }).cause).not.toBe('embargoed');
  });

  it('calls a vague refusal vague', () => {
    expect(explain({ row: { refusal: VAGUE }, subject: 'XSHOO.1' })).toMatchObject({
      sentence:
        'Either there is no XSHOO.1, or you may not see it; ESO does not say which.',
      words: VAGUE
    });
  });

  it.each([
    'You are not authorised to access this file, or the file does not exist.',
    'No such file or access denied'
  ])('knows a vague refusal in other words: %s', refusal => {
    expect(explain({ row: { refusal } }).cause).toBe('vague');
  });

  it.each(['You have no permission.', 'The file does not exist.', ''])(
    'does not call vague what is clear: %j',
    refusal => {
      expect(explain({ row: { refusal }, isEmpty: true }).cause).not.toBe('vague');
    }
  );

  it('does not take a date in the past for an embargo', () => {
    const row = { release: '2020-01-01', refusal: 'Forbidden.' };
    expect(explain({ row })).toMatchObject({ cause: 'no-permission', release: null });
    expect(lines({ row })[1]).toEqual(['public', 'good', 'yes, since 2020-01-01']);
  });

  it('names the right that is missing, and what it is for', () => {
    const error = refused('forbidden', { scope: 'read:image, exec:portal' });
    expect(explain({ error, subject: 'the image' }).sentence).toBe(
      'ESO knows ASTRO1 and does not show the image: the rights read:image, exec:portal are missing.'
    );
    expect(lines({ error })[2]).toEqual([
      'permission',
      'bad',
      'missing: read:image (images), exec:portal'
    ]);
  });

  it.each<[string, Partial<IAccessQuestion>, string, string]>([
    ['nobody', { account: OUT, as: 'anyone' }, 'bad', 'no'],
    [
      'somebody, who asked as anyone',
      { as: 'anyone' },
      'warn',
      'yes, as ASTRO1, but asked as anyone'
    ],
    [
      'somebody whose sign-in ran out',
      { account: OVER },
      'bad',
      'no, expired 720 s ago'
    ],
    [
      'somebody who is refused',
      { error: refused('expired') },
      'bad',
      'no, the sign-in is not accepted any more'
    ],
    [
      'nobody, as nobody can',
      { archive: OPEN, account: null },
      'unknown',
      'no account needed, anonymous only'
    ],
    [
      'somebody whom this address may not know',
      { error: refused('not-signed-in', { as: 'anyone' }) },
      'warn',
      'yes, as ASTRO1, but this address may not see it'
    ]
  ])('says that %s is signed in', (_what, question, state, detail) => {
    expect(lines(question)[0]).toEqual(['signed-in', state, detail]);
  });

  it.each([
    ['public', 'good', 'yes'],
    [' Proprietary', 'bad', 'no'],
    ['secure', 'bad', 'no'],
    ['?', 'unknown', 'not known']
  ])('reads data_rights %j', (rights, state, detail) => {
    expect(lines({ row: { rights } })[1]).toEqual(['public', state, detail]);
  });

  it('says that permission is not known before somebody signed in', () => {
    const question = { account: OUT, as: 'anyone', isEmpty: true } as const;
    expect(lines(question)[2]).toEqual([
      'permission',
      'unknown',
      'not known before you sign in'
    ]);
  });

  it('is not misled by rights that are called like built-in properties', () => {
    const error = refused('forbidden', { scope: 'constructor' });
    expect(lines({ error })[2][2]).toBe('missing: constructor');
  });
});
