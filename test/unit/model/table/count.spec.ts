import { describe, expect, it } from 'vitest';

import { countTask } from '../../../../src/model/table/filters.js';
import { runTableTask } from '../../../../src/model/table/run.js';
import type { IValueCount } from '../../../../src/model/table/tasks.js';
import { type ITestColumn, noPause, tableOf } from './columns.js';

async function counted(
  column: ITestColumn,
  limit: number,
  sizes: readonly number[] = []
): Promise<readonly IValueCount[] | null> {
  return runTableTask(countTask(tableOf([column], sizes), 0, limit), noPause);
}

describe('counting values', () => {
  it('puts the most frequent first, and counts nulls and empty texts apart', async () => {
    const values = ['UVES', null, 'MUSE', '', 'MUSE', null, 'É', 'MUSE'];
    expect(await counted({ datatype: 'char', values }, 5, [3, 1])).toEqual([
      { value: 'MUSE', count: 3 },
      { value: null, count: 2 },
      { value: 'UVES', count: 1 },
      { value: '', count: 1 },
      { value: 'É', count: 1 }
    ]);
  });

  it('counts numbers, longs and booleans', async () => {
    const doubles = [NaN, 0, NaN, -0, 2];
    expect(await counted({ datatype: 'double', values: doubles }, 9)).toEqual([
      { value: NaN, count: 2 },
      { value: 0, count: 2 },
      { value: 2, count: 1 }
    ]);
    const longs = [2n ** 53n, 2n ** 53n + 1n, 2n ** 53n];
    expect(await counted({ datatype: 'long', values: longs }, 9)).toEqual([
      { value: 2n ** 53n, count: 2 },
      { value: 2n ** 53n + 1n, count: 1 }
    ]);
    expect(await counted({ datatype: 'boolean', values: [true, null] }, 9)).toEqual([
      { value: true, count: 1 },
      { value: null, count: 1 }
    ]);
  });

  it('gives up where there are too many values', async () => {
    const values = ['a', 'b', 'a', 'c', 'd'];
    expect(await counted({ datatype: 'char', values }, 4)).toHaveLength(4);
    expect(await counted({ datatype: 'char', values }, 3)).toBeNull();
  });

  it('counts a column without rows', async () => {
    expect(await counted({ datatype: 'char', values: [] }, 3)).toEqual([]);
  });
});
