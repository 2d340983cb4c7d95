import { describe, expect, it, vi } from 'vitest';

import { resultColumns } from '../../../../src/view/results/columns.js';
import { longTableText, tableText } from '../../../../src/view/results/copying.js';
import { obscore, storeOf } from './support.js';

const chosen = (count: number, rows: Iterable<number>) => {
  const store = storeOf(obscore(count));
  return { store, columns: resultColumns(store.fields), rows };
};

describe('tableText', () => {
  it('is exact, tab-separated, with names, in the order given', () => {
    const [names, ...rows] = tableText(chosen(3, [1, 0])).split('\n');
    expect(names.split('\t').slice(0, 4)).toEqual([
      'calib_level',
      'obs_id',
      's_ra',
      's_dec'
    ]);
    expect(rows[0].split('\t').slice(0, 5)).toEqual([
      '1',
      'obs-1',
      '56.7467',
      '-31.286234567',
      ''
    ]);
    expect(rows.map(row => row.split('\t')[1])).toEqual(['obs-1', 'obs-0']);
  });
});

describe('longTableText', () => {
  const rows = Array.from({ length: 450 }, (_, row) => row);

  it('is the same text, made with pauses', async () => {
    const pause = vi.fn();
    expect(await longTableText(chosen(450, rows), pause)).toBe(
      tableText(chosen(450, rows))
    );
    expect(pause.mock.calls.length).toBeGreaterThan(1);
  });

  it('ends where the text grows too long', async () => {
    expect(await longTableText(chosen(450, rows), () => undefined, 1000)).toBeNull();
  });

  it('ends when it is no longer wanted', async () => {
    const pause = (): void => {
      throw new Error('not wanted');
    };
    await expect(longTableText(chosen(450, rows), pause)).rejects.toThrow('not wanted');
  });
});
