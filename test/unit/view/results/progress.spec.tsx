import { nullTranslator } from '@jupyterlab/translation';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { footerWords } from '../../../../src/view/results/footer.js';
import { ProgressView } from '../../../../src/view/results/progress.js';
import {
  progressWords,
  slowWords
} from '../../../../src/view/results/progresswords.js';
import { archiveOf, obscore, QUERY, storeOf, TABLE } from './support.js';

const trans = nullTranslator.load('obsdeck');
const START = Date.UTC(2026, 10, 21, 21, 4);

/** Neither filtered nor sorted, nothing selected. */
const SHOWN = { passing: null, isUnsorted: false, selected: 0, hidden: 0 };

describe('words', () => {
  it('say what has arrived', () => {
    const now = { rows: 3200, bytes: 2_100_000, startedAt: START };
    expect(progressWords(trans, now, START + 1400)).toBe('3,200 rows, 2.1 MB, 1.4 s');
    expect(progressWords(trans, { ...now, rows: 1 }, START)).toMatch(/^1 row, /);
  });

  it('call a service slow after 10 s without a byte', () => {
    const now = { archive: 'ESO', heardAt: START };
    expect(slowWords(trans, now, START + 9_999)).toBeNull();
    expect(slowWords(trans, now, START + 40_100)).toBe(
      'ESO has not answered for 40 s. It may take two minutes.'
    );
  });

  it('give no size and time of another query in the footer', () => {
    const asked = {
      archive: archiveOf(async function* () {}),
      table: TABLE,
      query: QUERY,
      startedAt: START
    };
    const result = {
      state: 'done',
      rows: storeOf(obscore(1200)),
      bytes: 14_200_000,
      seconds: 3.94,
      provenance: asked,
      asked
    } as const;
    expect(footerWords(trans, result, { ...SHOWN, selected: 3 })).toEqual({
      amount: '1,200 rows, 14.2 MB, 3.9 s',
      arranged: [],
      selected: '3 selected',
      here: '',
      provenance: 'Example, 2026-11-21 21:04 UTC'
    });
    const later = { ...result, asked: { ...asked, startedAt: START + 1 } };
    expect(footerWords(trans, later, SHOWN).amount).toBe('1,200 rows');
  });

  it('tell in the footer what filters leave and hide', () => {
    const provenance = {
      archive: archiveOf(async function* () {}),
      table: TABLE,
      query: QUERY,
      startedAt: START
    };
    const rows = storeOf(obscore(1200));
    const asked = provenance;
    const result = { state: 'done', rows, provenance, asked, bytes: 1, seconds: 1 };
    const shown = { passing: 48, isUnsorted: true, selected: 3, hidden: 2 };
    const words = footerWords(trans, { ...result, state: 'done' }, shown);
    expect(words.arranged).toEqual([
      '48 of 1,200 rows',
      'Sorted when all rows are here'
    ]);
    expect(words.selected).toBe('3 selected, 2 more hidden by filters');
  });
});

describe('ProgressView', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(START);
  });

  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  const show = (promised: number | null = null): (() => void) => {
    const onCancel = vi.fn();
    const progress = {
      archive: 'ESO',
      rows: 250,
      bytes: 1000,
      promised,
      startedAt: START,
      heardAt: START
    };
    render(<ProgressView progress={progress} trans={trans} onCancel={onCancel} />);
    return onCancel;
  };
  const wait = (milliseconds: number): void =>
    act(() => void vi.advanceTimersByTime(milliseconds));

  it('stays quiet for a moment, then shows a bar and Cancel', () => {
    const onCancel = show();
    wait(200);
    expect(screen.queryByRole('progressbar')).toBeNull();
    wait(200);
    const bar = screen.getByRole('progressbar', { name: 'Results' });
    expect(bar.hasAttribute('aria-valuenow')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('shows the share where the answer promised a number of rows', () => {
    show(1000);
    wait(400);
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
  });

  it('speaks every five seconds at most', () => {
    show();
    wait(400);
    wait(4800);
    const live = document.querySelector('[aria-live="polite"]');
    expect(live?.textContent).toBe('');
    wait(400);
    expect(live?.textContent).toMatch(/^250 rows, 1 kB, 5\.\d s$/);
  });

  it('says that the service is slow', () => {
    show();
    wait(12_000);
    expect(screen.getByRole('status').textContent).toMatch(
      /^ESO has not answered for 1\d s/
    );
  });
});
