import { nullTranslator } from '@jupyterlab/translation';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { type IErrorDetails, ProtocolError } from '../../../../src/protocol/errors.js';
import { BannerView } from '../../../../src/view/results/banner.js';
import {
  banners,
  type IResultSnapshot
} from '../../../../src/view/results/bannercontent.js';
import type { IBanner } from '../../../../src/view/results/bannertypes.js';
import {
  errorSentence,
  withoutQuery
} from '../../../../src/view/results/errorwords.js';
import { archiveOf, obscore, QUERY, storeOf, TABLE } from './support.js';

const trans = nullTranslator.load('obsdeck');

const asked = {
  archive: archiveOf(async function* () {}),
  table: TABLE,
  query: QUERY,
  startedAt: Date.UTC(2026, 10, 21, 21, 4)
};

function snapshot(more: Partial<IResultSnapshot>): IResultSnapshot {
  const nothing = { rows: null, error: null, overflow: false, asked: null };
  return {
    state: 'done',
    wait: null,
    account: null,
    ...nothing,
    provenance: null,
    warnings: [],
    hasRequest: true,
    asker: 'anyone',
    isStale: false,
    ...more
  };
}

function words(more: Partial<IResultSnapshot>): string[] {
  return banners(trans, snapshot(more)).map(banner =>
    [banner.role, banner.headline, banner.text].filter(Boolean).join(' | ')
  );
}

afterEach(cleanup);

describe('banners', () => {
  it('say when a query that was not run yet was run last, and that nothing was asked', () => {
    const when = Date.UTC(2026, 10, 22, 10, 47);
    const idle = (rows: number, error: string | null = null) =>
      words({ state: 'idle', lastRun: { when, rows, error } });
    const nothing = 'Opening it has asked for nothing.';
    expect(idle(1234)).toEqual([
      `status | Not run yet. | Last run 2026-11-22 10:47 UTC, 1,234 rows. ${nothing}`
    ]);
    expect(idle(1)).toEqual([
      `status | Not run yet. | Last run 2026-11-22 10:47 UTC, 1 row. ${nothing}`
    ]);
    expect(idle(7, 'The connection broke.')).toEqual([
      `status | Not run yet. | Last run 2026-11-22 10:47 UTC, not to its end. ${nothing}`
    ]);
    expect(words({ state: 'idle', lastRun: null })).toEqual(['status | Not run yet.']);
  });

  it('are absent for a whole result and while one is loading', () => {
    expect(words({ rows: storeOf(obscore()) })).toEqual([]);
    expect(words({ state: 'loading' })).toEqual([]);
  });

  it('VO-5: say that the service has more', () => {
    expect(words({ rows: storeOf(obscore(1200)), overflow: true })).toEqual([
      'status | 1,200 rows shown; the service has more. | ' +
        'Narrow the search or raise the row limit.'
    ]);
  });

  it('say that there are no rows, and offer to drop two constraints', () => {
    const now = {
      rows: storeOf(obscore(0)),
      constraints: [
        { key: 'position', label: '' },
        { key: 'time', label: '' },
        { key: 'column:calib_level', label: 'Calibration level' }
      ]
    } as const;
    expect(words(now)[0]).toMatch(/^status \| No rows\./);
    expect(banners(trans, snapshot(now))[0].actions).toEqual([
      'drop-position',
      'drop-time'
    ]);
  });

  it('say what to do about no rows where there is no constraint to drop', () => {
    const rows = storeOf(obscore(0));
    expect(words({ rows, constraints: [] })).toEqual([
      'status | No rows. | The table has no rows.'
    ]);
    expect(words({ rows })).toEqual([
      'status | No rows. | Change the ADQL and run it again.'
    ]);
  });

  it('say overflow, not emptiness, when no row was sent of more', () => {
    expect(words({ rows: storeOf(obscore(0)), overflow: true })).toEqual([
      'status | The service says it has more rows, but sent none. | ' +
        'Narrow the search or raise the row limit.'
    ]);
  });

  it.each([
    ['rejected', 'Change the query and run it again.'],
    ['bad-answer', 'Try again; if it stays, the service may be broken.']
  ] as const)('say what to do about an error of the kind %s', (kind, what) => {
    const failed = (details: IErrorDetails): string[] =>
      words({ state: 'failed', error: new ProtocolError(kind, 'No.', details) });
    expect(failed({})).toEqual([`alert | No. | ${what}`]);
    expect(failed({ hint: 'Ask ESO.' })).toEqual(['alert | No. | Ask ESO.']);
  });

  it('say how much arrived before a cell that cannot be read, and which it is', () => {
    const message = 'Row 4, column “s_ra” of the table holds “x”, which is no double.';
    const error = new ProtocolError('bad-answer', message, {
      archive: 'Example',
      row: 3,
      column: 2
    });
    const now = { state: 'partial', rows: storeOf(obscore()), error, asked } as const;
    expect(words(now)).toEqual([
      'status | Partial: 3 rows arrived before the answer became unreadable. | ' +
        `Example: ${message} Try again; if it stays, the service may be broken.`
    ]);
    const [{ details, actions }] = banners(trans, snapshot(now));
    expect(actions).toEqual(['again']);
    expect(details).toContainEqual({ name: 'Row', value: '4' });
    expect(details).toContainEqual({ name: 'Column', value: 's_ra' });
  });

  it('name a column by its number while the rows of an earlier query are shown', () => {
    const error = new ProtocolError('bad-answer', 'No.', { row: 0, column: 2 });
    const now = { state: 'failed', rows: storeOf(obscore()), error, asked } as const;
    const [{ details }] = banners(trans, snapshot(now));
    expect(details).toContainEqual({ name: 'Column', value: '3' });
  });

  it.each([
    ['unavailable', 'before the connection broke.'],
    ['timeout', 'before the connection broke.'],
    ['rejected', 'before the service reported an error.']
  ] as const)('say what ended the rows: %s', (kind, what) => {
    const error = new ProtocolError(kind, 'No.', { archive: 'Example' });
    const now = { state: 'partial', rows: storeOf(obscore(1)), error, asked } as const;
    expect(banners(trans, snapshot(now))[0].headline).toBe(
      `Partial: 1 row arrived ${what}`
    );
  });

  it('do not call a cancelled query broken', () => {
    const error = new ProtocolError('cancelled', 'Cancelled.', { archive: 'Example' });
    const rows = storeOf(obscore(1));
    expect(words({ state: 'partial', rows, error })).toEqual([
      'status | Cancelled: 1 row arrived and stays.'
    ]);
    expect(words({ state: 'cancelled', error })).toEqual([
      'status | Cancelled before the first row.'
    ]);
  });

  it('say whose rows are below an error', () => {
    const error = new ProtocolError('timeout', 'No answer within 120 s.', {
      archive: 'Example',
      hint: 'Try again later.'
    });
    const rows = storeOf(obscore());
    expect(words({ state: 'failed', error, rows, provenance: asked, asked })).toEqual([
      'alert | Example: No answer within 120 s. | ' +
        'Try again later. The rows below are those of 2026-11-21 21:04 UTC.'
    ]);
  });

  it('say that the rows answer another query than the one on screen', () => {
    const now = { rows: storeOf(obscore()), provenance: asked, isStale: true };
    expect(words(now)).toEqual([
      'status | The rows below answer another query, of 2026-11-21 21:04 UTC. | ' +
        'A cell that is inserted now repeats that query.'
    ]);
    expect(words({ ...now, state: 'loading' })).toEqual([]);
    expect(banners(trans, snapshot(now))[0].actions).toEqual(['run']);
  });

  it('tell a query that has not run from no query at all', () => {
    expect(words({ state: 'idle' })).toEqual(['status | Not run yet.']);
    expect(words({ state: 'idle', hasRequest: false })[0]).toContain('Obsdeck sidebar');
  });

  it('list repairs made while reading', () => {
    const rows = storeOf(obscore());
    const [repaired] = banners(
      trans,
      snapshot({ rows, warnings: ['Row 2 was short.'] })
    );
    expect(repaired.headline).toBe(
      'The answer was mended in 1 place while it was read.'
    );
    expect(repaired.details[0].value).toBe('Row 2 was short.');
  });
});

describe('errorSentence', () => {
  const rejected = (serviceMessage: string): string =>
    errorSentence(
      trans,
      new ProtocolError('rejected', 'It said no.', { archive: 'ESO', serviceMessage })
    );

  it("quotes the service's own words", () => {
    expect(rejected('Unknown column "x"')).toBe('ESO: “Unknown column "x"”.');
    expect(rejected('Too big!')).toBe('ESO: “Too big!”');
  });

  it('does not name the archive twice', () => {
    const message = 'ESO sent a web page, not a table.';
    const error = new ProtocolError('bad-answer', message, { archive: 'ESO' });
    expect(errorSentence(trans, error)).toBe(message);
  });

  it('has words when the service had none', () => {
    const error = new ProtocolError('rejected', '', {
      archive: 'ESO',
      serviceMessage: ''
    });
    expect(errorSentence(trans, error)).toBe(
      'ESO: The service reported an error without words.'
    );
  });
});

describe('withoutQuery', () => {
  it('drops everything that may hold a secret', () => {
    expect(withoutQuery('https://me:pw@host/tap?token=x#y')).toBe('https://host/tap');
    expect(withoutQuery('http://host:8080/a@b')).toBe('http://host:8080/a@b');
  });
});

describe('BannerView', () => {
  const show = (more: Partial<IBanner>, again = vi.fn()): (() => void) => {
    const banner: IBanner = {
      key: 'x',
      tone: 'bad',
      role: 'alert',
      headline: 'Example: “No”.',
      text: '',
      actions: [],
      details: [],
      ...more
    };
    render(<BannerView banner={banner} trans={trans} actions={{ again }} />);
    return again;
  };

  it('is an alert with the words as text, never as markup', () => {
    show({ headline: 'Example: “<img src=x onerror=alert(1)>”.' });
    expect(screen.getByRole('alert').textContent).toContain('<img src=x');
    expect(document.querySelector('img')).toBeNull();
  });

  it('shows long words whole only on demand', () => {
    const headline = `Example: “${'word '.repeat(200)}”.`;
    show({ headline });
    expect(screen.getByRole('alert').textContent?.length).toBeLessThan(450);
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(screen.getByRole('alert').textContent).toBe(headline);
  });

  it('unfolds its details', () => {
    show({ details: [{ name: 'HTTP status', value: '503' }] });
    const button = screen.getByRole('button', { name: 'Details' });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByText('503')).toBeNull();
    fireEvent.click(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText('503')).toBeTruthy();
  });

  it('offers only what can be done', () => {
    const again = show({ actions: ['again'] });
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(again).toHaveBeenCalledOnce();
    cleanup();
    show({ actions: ['search'] });
    expect(screen.queryByRole('button')).toBeNull();
  });
});
