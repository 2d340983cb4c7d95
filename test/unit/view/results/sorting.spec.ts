import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import {
  columnSort,
  cycleSort,
  sortWords,
  toggleSort
} from '../../../../src/view/results/sorting.js';

const up = (column: number) => ({ column, descending: false });
const down = (column: number) => ({ column, descending: true });

describe('cycleSort', () => {
  it('goes from ascending to descending to the order of arrival', () => {
    expect(cycleSort([], 3, false)).toEqual([up(3)]);
    expect(cycleSort([up(3)], 3, false)).toEqual([down(3)]);
    expect(cycleSort([down(3)], 3, false)).toEqual([]);
  });

  it('replaces other keys, or keeps them with Shift', () => {
    expect(cycleSort([up(1), down(2)], 3, false)).toEqual([up(3)]);
    expect(cycleSort([up(1), down(2)], 3, true)).toEqual([up(1), down(2), up(3)]);
    expect(cycleSort([up(1), down(2)], 1, true)).toEqual([down(1), down(2)]);
    expect(cycleSort([up(1), down(2)], 2, true)).toEqual([up(1)]);
  });
});

describe('toggleSort', () => {
  it('asks for a direction, and takes it back the second time', () => {
    expect(toggleSort([], 3, true, false)).toEqual([down(3)]);
    expect(toggleSort([down(3)], 3, false, false)).toEqual([up(3)]);
    expect(toggleSort([down(3)], 3, true, false)).toEqual([]);
  });

  it('leaves other keys with Shift', () => {
    expect(toggleSort([up(1)], 3, true, true)).toEqual([up(1), down(3)]);
    expect(toggleSort([up(1), down(3)], 3, true, true)).toEqual([up(1)]);
  });
});

describe('a sort order', () => {
  it('says which key a column is', () => {
    expect(columnSort([up(1), down(4)], 4)).toEqual({
      descending: true,
      rank: 2,
      of: 2
    });
    expect(columnSort([up(1)], 2)).toBeNull();
  });

  it('is told in words', () => {
    const trans = nullTranslator.load('obsdeck');
    const name = (column: number): string => ['s_ra', 't_min'][column];
    expect(sortWords(trans, [up(0), down(1)], name)).toBe(
      'Sorted by s_ra, ascending; t_min, descending'
    );
    expect(sortWords(trans, [], name)).toBe('In order of arrival');
  });
});
