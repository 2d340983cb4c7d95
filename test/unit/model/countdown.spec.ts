import { describe, expect, it } from 'vitest';

import {
  accountAt,
  endingFirst,
  isUsable,
  untilTick,
  untilTurn
} from '../../../src/model/countdown.js';
import { account, signedIn } from '../../support/accounts.js';

const NOW = 1_000_000;

describe('accountAt', () => {
  it('calls expired what has reached its end, without being told', () => {
    expect(accountAt(signedIn('eso', NOW + 1), NOW).state).toBe('signed-in');
    expect(accountAt(signedIn('eso', NOW), NOW).state).toBe('expired');
    expect(isUsable(accountAt(signedIn('eso', NOW), NOW))).toBe(false);
  });

  it('leaves what has no end, or is not in use, as it is', () => {
    expect(accountAt(signedIn('eso'), NOW).state).toBe('signed-in');
    const out = account('eso', { expires: NOW - 1 });
    expect(accountAt(out, NOW)).toBe(out);
  });
});

describe('endingFirst', () => {
  const accounts = [
    signedIn('late', NOW + 600),
    signedIn('soon', NOW + 300),
    signedIn('endless'),
    accountAt(signedIn('over', NOW - 1), NOW),
    account('out')
  ];

  it('is the account in use that ends before the others', () => {
    expect(endingFirst(accounts, NOW, Infinity)?.archive).toBe('soon');
  });

  it('is none where all end later than asked for', () => {
    expect(endingFirst(accounts, NOW, 299)).toBeNull();
    expect(endingFirst([signedIn('endless')], NOW, Infinity)).toBeNull();
  });
});

describe('untilTurn', () => {
  it.each([
    ['the warning', [signedIn('a', NOW + 1000)], 100],
    ['the end, once warned', [signedIn('a', NOW + 400)], 400],
    ['nothing, where no end is known', [signedIn('a')], null],
    ['nothing, where all is over', [signedIn('a', NOW - 5)], null],
    [
      'the nearest of several',
      [signedIn('a', NOW + 1000), signedIn('b', NOW + 50)],
      50
    ],
    ['no longer than timers can', [signedIn('a', NOW + 1e9)], 24 * 3600]
  ])('waits for %s', (_what, accounts, wait) => {
    expect(untilTurn(accounts, NOW, 900)).toBe(wait);
  });
});

describe('untilTick', () => {
  it.each([
    [3630, 30],
    [180, 60],
    [150, 30],
    [121, 1],
    [120, 1],
    [57.25, 0.25],
    [0, 60],
    [-90, 30],
    [-60, 60]
  ])('with %d s left waits %d s', (left, wait) => {
    expect(untilTick([signedIn('a', NOW + left)], NOW)).toBeCloseTo(wait, 6);
  });

  it('does not tick for accounts without an end', () => {
    expect(untilTick([signedIn('a'), account('b')], NOW)).toBeNull();
  });
});
