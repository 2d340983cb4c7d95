import { nullTranslator } from '@jupyterlab/translation';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import * as React from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  isObsCore,
  level,
  recordColumns,
  recordLines
} from '../../../../src/view/results/record.js';
import { RecordView } from '../../../../src/view/results/recordview.js';
import { releaseOf } from '../../../../src/view/results/release.js';
import { field, type IColumn, obscore, storeOf } from './support.js';

const trans = nullTranslator.load('obsdeck');
const NOW = Date.UTC(2026, 10, 21);

const text = (name: string, value: string | null): IColumn => ({
  field: field(name, 'char', { arraysize: '*' }),
  cells: [value]
});

function said(more: IColumn[], name: string): unknown {
  const store = storeOf([...obscore(1), ...more]);
  return recordLines(trans, store, 0, NOW).find(line => line.name === name)?.value;
}

afterEach(cleanup);

describe('recordLines', () => {
  it('says a row in words', () => {
    expect(said([], 'Level')).toBe('0 Instrument');
    expect(said([], 'Position')).toBe('55.74670 \u221232.28623 deg');
    expect(said([], 'Size')).toBe('58.6 MB');
    expect(said([], 'Observed')).toBe('2016-09-26 03:04:09 UTC');
    expect(said([], 'Wavelength')).toBe('690 nm');
  });

  it('prefers the more specific product', () => {
    const type = text('dataproduct_type', 'image');
    expect(said([type], 'Product')).toBe('image');
    expect(said([type, text('dataproduct_subtype', 'lsst.calexp')], 'Product')).toBe(
      'lsst.calexp'
    );
  });

  it('has null for what the archive did not give', () => {
    expect(said([], 'Target')).toBeNull();
    expect(said([text('target_name', null)], 'Target')).toBeNull();
    expect(said([text('target_name', '  ')], 'Target')).toBeNull();
  });

  it('writes the day once when an observation ends on it', () => {
    const until = (mjd: number): IColumn => ({
      field: field('t_max', 'double', { unit: 'd' }),
      cells: [mjd]
    });
    expect(said([until(57657.5)], 'Observed')).toBe(
      '2016-09-26 03:04:09 \u2013 12:00:00 UTC'
    );
    expect(said([until(57658.5)], 'Observed')).toBe(
      '2016-09-26 03:04:09 \u2013 2016-09-27 12:00:00 UTC'
    );
  });

  it('says until when a row is proprietary', () => {
    expect(said([text('obs_release_date', '2027-09-14T00:00:00')], 'Release')).toBe(
      'Proprietary until 2027-09-14 (in 297 days)'
    );
    expect(said([], 'Release')).toBeUndefined();
  });
});

describe('releaseOf', () => {
  it.each([
    ['Public', null, 'public'],
    ['PROPRIETARY', null, 'proprietary'],
    ['secure', '2020-01-01', 'public'],
    ['public', '2030-01-01', 'embargo'],
    [null, null, 'unknown'],
    ['public', 'soon', 'public']
  ])('rights %s, released %s: %s', (rights, date, kind) => {
    expect(releaseOf(rights, date, NOW).kind).toBe(kind);
  });
});

describe('level', () => {
  it('names the levels of the standard and leaves others alone', () => {
    expect(level(trans, 3)).toBe('3 Stacked');
    expect(level(trans, -1)).toBe('\u22121 Planned');
    expect(level(trans, 7)).toBe('7');
    expect(level(trans, null)).toBeNull();
  });
});

describe('isObsCore', () => {
  it('asks for the columns, not for a name', () => {
    expect(isObsCore(storeOf(obscore()))).toBe(true);
    expect(isObsCore(storeOf([text('obs_id', 'a')]))).toBe(false);
  });
});

describe('RecordView', () => {
  const show = (onCopy?: (text: string) => void, more: IColumn[] = []): void => {
    const store = storeOf([...obscore(1), ...more]);
    render(
      <RecordView
        row={0}
        rowCount={20000}
        lines={recordLines(trans, store, 0, NOW)}
        isTold={true}
        columns={recordColumns(store, 0)}
        trans={trans}
        onClose={() => undefined}
        onCopy={onCopy}
      />
    );
  };

  it('says which row of how many', () => {
    show();
    expect(screen.getByRole('heading', { name: 'Record 1 of 20,000' })).toBeTruthy();
  });

  it('says “not given” where nothing is', () => {
    show();
    const row = screen.getByRole('row', { name: /^Target/ });
    expect(within(row).getByText('not given')).toBeTruthy();
  });

  it('unfolds all columns with their exact values', () => {
    show();
    expect(screen.queryByRole('row', { name: /^big/ })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'All 9 columns' }));
    expect(screen.getByRole('row', { name: 'big 9007199254740993' })).toBeTruthy();
    expect(screen.getByText('-32.286234567')).toBeTruthy();
  });

  it('lets long names break after underscores, and both tables share their edges', () => {
    show(undefined, [text('dataproduct_subtype', 'a')]);
    fireEvent.click(screen.getByRole('button', { name: 'All 10 columns' }));
    const name = screen.getByRole('rowheader', { name: 'dataproduct_subtype' });
    expect(name.innerHTML).toBe('dataproduct_<wbr>subtype');
    const tables = screen.getAllByRole('table');
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      expect(table.classList).toContain('jp-Obsdeck-Results-pairs');
    }
  });

  it('shows an address as text, with a copy button', () => {
    const copy = vi.fn();
    show(copy, [text('access_url', 'javascript:alert(1)')]);
    expect(document.querySelector('a')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(copy).toHaveBeenCalledWith('javascript:alert(1)');
  });
});
