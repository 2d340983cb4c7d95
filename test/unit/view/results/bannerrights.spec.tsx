import { nullTranslator } from '@jupyterlab/translation';
import { act, cleanup, render, screen } from '@testing-library/react';
import * as React from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Asker } from '../../../../src/archives/account.js';
import type { ResultWait } from '../../../../src/model/result.js';
import {
  type ErrorKind,
  type IErrorDetails,
  ProtocolError
} from '../../../../src/protocol/errors.js';
import { BannerView } from '../../../../src/view/results/banner.js';
import { banners } from '../../../../src/view/results/bannercontent.js';
import type { IAccountSnapshot } from '../../../../src/view/results/bannerrights.js';
import type { IBanner } from '../../../../src/view/results/bannertypes.js';
import { archiveOf, obscore, QUERY, storeOf, TABLE } from './support.js';

const trans = nullTranslator.load('obsdeck');
const ESO: IAccountSnapshot = {
  archive: 'ESO',
  host: 'archive.example',
  canSignIn: true,
  isSignedIn: false,
  isOwn: false,
  wasSignedIn: false,
  ranOut: null,
  roles: { 'read:image': 'images' }
};
const SIGNED_IN = { isSignedIn: true, wasSignedIn: true };
const OVER = { wasSignedIn: true, ranOut: Date.UTC(2026, 10, 21, 20, 52) };

interface INow {
  readonly error?: ProtocolError;
  readonly wait?: ResultWait;
  readonly as?: Asker;
  readonly account?: Partial<IAccountSnapshot>;
}

/** The one banner of a query that failed or waits. */
function bannerOf({ error, wait, as = 'anyone', account }: INow): IBanner {
  const archive = archiveOf(async function* () {});
  const asked = { archive, table: TABLE, query: QUERY, as, startedAt: 0 };
  const [banner, ...others] = banners(trans, {
    state: wait ? 'loading' : 'failed',
    wait: wait ?? null,
    rows: null,
    error: error ?? null,
    overflow: false,
    asked,
    provenance: null,
    warnings: [],
    hasRequest: true,
    asker: 'anyone',
    isStale: false,
    account: { ...ESO, ...account }
  });
  expect(others).toEqual([]);
  return banner;
}

/** Role, headline, text and buttons in one line. */
function told(now: INow): string {
  const { role, headline, text, actions } = bannerOf(now);
  return [role, headline, text, actions.join(' ')].join(' | ');
}

const error = (kind: ErrorKind, details: IErrorDetails = {}, words = 'No.') =>
  new ProtocolError(kind, words, { archive: 'ESO', ...details });

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('banners about rights', () => {
  it('offer to sign in where an account is needed', () => {
    expect(told({ error: error('not-signed-in') })).toBe(
      'alert | ESO needs an account for this. |  | sign-in'
    );
  });

  it('offer to ask as oneself where one is signed in already', () => {
    expect(told({ error: error('not-signed-in'), account: SIGNED_IN })).toBe(
      'alert | ESO needs an account for this. | You are signed in, but asked as anyone. | as-me'
    );
  });

  it('say when a sign-in ran out, and that what waits goes on', () => {
    expect(told({ wait: { for: 'sign-in' }, as: 'me', account: OVER })).toBe(
      'alert | The ESO sign-in ran out at 20:52 UTC. | What waits goes on after you sign in. | sign-in-on cancel'
    );
  });

  it('call a sign-in over that the archive does not accept before its end', () => {
    const account = { ...SIGNED_IN, ranOut: null };
    expect(told({ wait: { for: 'sign-in' }, as: 'me', account })).toMatch(
      /^alert \| The ESO sign-in ran out\. \|/
    );
    expect(told({ wait: { for: 'sign-in' }, as: 'me' })).toMatch(
      /^alert \| ESO needs an account for this\. \|/
    );
  });

  it('go on after a sign-in also where nothing waits any more', () => {
    expect(told({ error: error('expired'), as: 'me', account: OVER })).toBe(
      'alert | The ESO sign-in ran out at 20:52 UTC. |  | sign-in-on'
    );
  });

  it('name the right that is missing, and what it is for', () => {
    const lack = { serviceMessage: 'No.', scope: 'read:image, write:all' };
    expect(
      told({ error: error('forbidden', lack), as: 'me', account: SIGNED_IN })
    ).toBe('alert | ESO: “No.” | Missing: read:image (images), write:all. | why');
  });

  it('VO-57: name the host that a service without a sign-in here asks to sign in at', () => {
    const challenge = { signInHost: 'login.example' };
    const account = { canSignIn: false };
    expect(told({ error: error('not-signed-in', challenge), account })).toBe(
      'alert | archive.example asks to sign in at login.example. | ' +
        'Signing in to it is not set up; an administrator of this server can do that. | '
    );
    expect(
      told({
        error: error('not-signed-in', challenge),
        account: { ...account, isOwn: true }
      })
    ).toBe('alert | archive.example asks to sign in at login.example. |  | set-up');
  });

  it('give the service’s own words as a detail where the headline is ours', () => {
    const { details } = bannerOf({
      error: error('not-signed-in', { serviceMessage: 'Log in, stranger.' })
    });
    expect(details).toContainEqual({ name: 'Answer', value: 'Log in, stranger.' });
  });

  it('leave other errors to others', () => {
    expect(told({ error: error('timeout') })).toBe('alert | ESO: No. |  | again');
    expect(told({ error: error('rate-limited') })).toBe('alert | ESO: No. |  | again');
  });

  it.each([true, false])(
    'offer an explanation for an empty answer where there are accounts: %s',
    canSignIn => {
      const archive = archiveOf(async function* () {});
      const asked = { archive, table: TABLE, query: QUERY, startedAt: 0 };
      const [banner] = banners(trans, {
        state: 'done',
        wait: null,
        rows: storeOf(obscore(0)),
        error: null,
        overflow: false,
        asked,
        provenance: asked,
        warnings: [],
        hasRequest: true,
        asker: 'anyone',
        isStale: false,
        constraints: [{ key: 'time', label: '' }],
        account: { ...ESO, canSignIn }
      });
      expect(banner.headline).toBe('No rows.');
      expect(banner.actions).toEqual([
        'drop-time',
        ...(canSignIn ? ['why-empty'] : [])
      ]);
    }
  );
});

describe('a banner that counts down', () => {
  it('tells the seconds left, aloud only once', () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const banner = bannerOf({ wait: { for: 'service', until: 1_040_000 } });
    expect([banner.role, banner.text, banner.actions]).toEqual([
      'status',
      'It goes on by itself.',
      ['cancel']
    ]);
    const cancel = vi.fn();
    render(<BannerView banner={banner} trans={trans} actions={{ cancel }} />);
    const [shown, aloud] = screen.getAllByText('ESO asks to wait 40 s.');
    expect(shown.getAttribute('aria-hidden')).toBe('true');
    act(() => vi.advanceTimersByTime(5000));
    expect(shown.textContent).toBe('ESO asks to wait 35 s.');
    expect(aloud.textContent).toBe('ESO asks to wait 40 s.');
    act(() => vi.advanceTimersByTime(60_000));
    expect(shown.textContent).toBe('ESO asks to wait 0 s.');
    screen.getByRole('button', { name: 'Cancel' }).click();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('stays, with a way to try again, where nobody was kept waiting', () => {
    const now = { error: error('rate-limited', { retryAt: Date.now() + 600_000 }) };
    const { role, countdown, actions } = bannerOf(now);
    expect([role, actions]).toEqual(['alert', ['again']]);
    expect(countdown?.words(600)).toBe('ESO asks to wait 10 min.');
  });
});
