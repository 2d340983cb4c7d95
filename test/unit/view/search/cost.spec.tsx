import { nullTranslator } from '@jupyterlab/translation';
import { cleanup, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { ICounted } from '../../../../src/model/cost.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { costWords } from '../../../../src/view/search/cost.js';
import { show } from './support.js';

const trans = nullTranslator.load('obsdeck');

const COUNTED: ICounted = {
  state: 'counted',
  rows: 26_412,
  fetched: 26_412,
  bytes: 24_600_000_000,
  isWhole: true,
  seconds: 4.2,
  limit: 60
};

const words = (over: Partial<ICounted>, hasJobs = true) =>
  costWords({ ...COUNTED, ...over }, hasJobs, trans);

describe('The cost of a search', () => {
  it.each<[string, Partial<ICounted>, string]>([
    [
      'runs directly',
      {},
      'About 26,400 rows, 24.6 GB of files. Runs directly, about 4 s.'
    ],
    [
      'is too long to run directly',
      { seconds: 95 },
      'About 26,400 rows, 24.6 GB of files, about 95 s, over the 60 s limit; run it as a job.'
    ],
    [
      'is said without seconds where none were measured',
      { seconds: null },
      'About 26,400 rows, 24.6 GB of files. Runs directly.'
    ],
    [
      'has no size',
      { bytes: null },
      'About 26,400 rows, size not given by the service. Runs directly, about 4 s.'
    ],
    [
      'has sizes of some rows only',
      { isWhole: false },
      'About 26,400 rows, 24.6 GB of files or more. Runs directly, about 4 s.'
    ],
    [
      'is more than the row limit lets through',
      { fetched: 1000, seconds: 0.4 },
      'About 26,400 rows, 24.6 GB of files. Runs directly, the first 1,000, about 1 s.'
    ],
    [
      'is one row',
      { rows: 1, fetched: 1, bytes: 500, seconds: null },
      'About 1 row, 500 byte of files. Runs directly.'
    ],
    ['is nothing', { rows: 0, fetched: 0 }, 'No rows.']
  ])('%s', (_, over, expected) => {
    expect(words(over)).toBe(expected);
  });

  it('does not advise a job where there are none', () => {
    expect(words({ seconds: 95 }, false)).toBe(
      'About 26,400 rows, 24.6 GB of files. Runs directly, about 95 s.'
    );
  });

  it('says why nothing was counted, and nothing before anybody asked', () => {
    const error = new ProtocolError('rejected', 'No COUNT here.');
    expect(costWords({ state: 'failed', error }, true, trans)).toBe(
      'not counted: No COUNT here.'
    );
    expect(costWords({ state: 'unknown' }, true, trans)).toBe('');
    expect(costWords({ state: 'counting' }, true, trans)).toBe('Counting …');
  });
});

it('is said to be the form’s where the query was edited by hand', () => {
  show({ cost: COUNTED, handEdited: true });
  const cost = screen.getByRole('status', { name: 'Cost' });
  expect(cost.textContent).toMatch(/^For the form: About 26,400 rows/);
  cleanup();
  show({ handEdited: true });
  expect(screen.getByRole('status', { name: 'Cost' }).textContent).toBe('');
  cleanup();
});
