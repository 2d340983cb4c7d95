import { Field, Float64, List, Table, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type ColumnFilter, filterTask } from '../../../../src/model/table/filters.js';
import { runTableTask } from '../../../../src/model/table/run.js';
import type { ScalarValue } from '../../../../src/model/table/tasks.js';
import { fieldOf, type ITestColumn, noPause, tableOf } from './columns.js';
import { filteredRows } from './reference.js';

async function filtered(
  columns: readonly ITestColumn[],
  filters: readonly ColumnFilter[],
  sizes: readonly number[] = []
): Promise<number[]> {
  const task = filterTask(tableOf(columns, sizes), filters);
  return Array.from(await runTableTask(task, noPause));
}

/** The cells of a column of its own that a filter keeps. */
async function kept(
  datatype: ITestColumn['datatype'],
  values: readonly ScalarValue[],
  filter: object
): Promise<ScalarValue[]> {
  const whole = { column: 0, ...filter } as ColumnFilter;
  return (await filtered([{ datatype, values }], [whole])).map(row => values[row]);
}

function text(wanted: string, matchCase = false): object {
  return { kind: 'text', text: wanted, matchCase };
}

function range(min: number | bigint | null, max: number | bigint | null): object {
  return { kind: 'range', min, max };
}

function among(...values: ScalarValue[]): object {
  return { kind: 'set', values };
}

describe('filtering by text', () => {
  it('does not find what reaches from one cell into the next', async () => {
    const values = ['MU', 'SE', 'xMU', 'SEx', '', 'MUSE'];
    for (const matchCase of [true, false]) {
      expect(await kept('char', values, text('MUSE', matchCase))).toEqual(['MUSE']);
      expect(await kept('char', values, text('US', matchCase))).toEqual(['MUSE']);
    }
  });

  it('finds what comes after a hit that reaches into the next cell', async () => {
    const values = ['xaa', 'aab', 'b'];
    expect(await kept('char', values, text('aab'))).toEqual(['aab']);
  });

  it('finds texts across batches', async () => {
    const values = ['aMUSE', 'b', null, 'cMUSE', 'd', 'MUSEe'];
    const column = { datatype: 'char', values } as const;
    const filter = { column: 0, kind: 'text', text: 'muse', matchCase: false } as const;
    expect(await filtered([column], [filter], [1, 2, 2])).toEqual([0, 3, 5]);
  });

  it.each(['', 'é', 'x'])('keeps nulls only with an empty text: “%s”', async wanted => {
    const values = ['é', 'x', null];
    const expected = wanted === '' ? values : [wanted];
    expect(await kept('char', values, text(wanted))).toEqual(expected);
  });

  it('minds the case where asked to', async () => {
    const values = ['muse', 'MUSE', 'École', 'école'];
    expect(await kept('char', values, text('MUSE', true))).toEqual(['MUSE']);
    expect(await kept('char', values, text('é', true))).toEqual(['école']);
    expect(await kept('char', values, text('m', true))).toEqual(['muse']);
  });

  it.each([
    ['é', ['É', 'CAFÉ', 'é']],
    ['É', ['É', 'CAFÉ', 'é']],
    ['strasse', ['Straße', 'STRASSE']],
    ['straße', ['Straße', 'STRASSE']],
    ['k', ['K', 'k', '300 \u212A']],
    ['\u212A', ['K', 'k', '300 \u212A']],
    ['i\u0307', ['İ']],
    ['i', ['İ', 'I', 'ı']],
    ['ς', ['ΟΔΟΣ', 'οδος']],
    ['σ', ['ΟΔΟΣ', 'οδος']],
    ['ё', ['Ё']],
    ['𐐨', ['𐐀']]
  ])('ignores the case of “%s”', async (wanted, expected) => {
    const values = [
      ...['É', 'CAFÉ', 'é', 'Straße', 'STRASSE', 'K', 'k', '300 \u212A'],
      ...['İ', 'I', 'ı', 'ΟΔΟΣ', 'οδος', 'Ё', '𐐀', '', '#1']
    ];
    const found = await kept('char', values, text(wanted));
    expect(found.filter(cell => expected.includes(String(cell)))).toEqual(expected);
    const rows = filteredRows(
      [values],
      [{ column: 0, kind: 'text', text: wanted, matchCase: false }]
    );
    expect(found).toEqual(rows.map(row => values[row]));
  });

  it('finds texts in any cells like the language does', async () => {
    const unit = fc.constantFrom(...'aAbBkKsSiIßẞéÉİıΣσςſK ﬀ#1𐐀𐐨日');
    const cell = fc.option(fc.string({ unit, maxLength: 12 }), { freq: 5 });
    const anyText = fc.record({
      values: fc.array(cell, { maxLength: 40 }),
      sizes: fc.array(fc.nat(12), { maxLength: 4 }),
      wanted: fc.string({ unit, maxLength: 3 }),
      matchCase: fc.boolean()
    });
    await fc.assert(
      fc.asyncProperty(anyText, async ({ values, sizes, wanted, matchCase }) => {
        const filter = { column: 0, kind: 'text', text: wanted, matchCase } as const;
        const found = await filtered([{ datatype: 'char', values }], [filter], sizes);
        expect(found).toEqual(filteredRows([values], [filter]));
      }),
      { numRuns: 200 }
    );
  });

  it.each([0, 1, 30, 33, 34, 35, 36, 60])(
    'ignores the case of a letter after %i ASCII ones',
    async length => {
      const lead = 'x'.repeat(length);
      const values = ['y'.repeat(50), `${lead}É`, `${lead}e`, 'z'.repeat(40)];
      expect(await kept('char', values, text('é'))).toEqual([`${lead}É`]);
      expect(await kept('char', values.slice(1), text('É'))).toEqual([`${lead}É`]);
    }
  );

  it('refuses columns of numbers', async () => {
    await expect(kept('double', [1], text('1'))).rejects.toThrow(/text/);
  });
});

describe('filtering by range', () => {
  const doubles = [null, 1, 2, NaN, 3, -Infinity, Infinity, -0];

  it('includes the bounds, and neither nulls nor NaN', async () => {
    expect(await kept('double', doubles, range(1, 2))).toEqual([1, 2]);
    expect(await kept('double', doubles, range(0, 0))).toEqual([-0]);
    expect(await kept('double', doubles, range(2, null))).toEqual([2, 3, Infinity]);
    expect(await kept('double', doubles, range(null, 1))).toEqual([1, -Infinity, -0]);
    expect(await kept('double', doubles, range(null, null))).toEqual(doubles);
    expect(await kept('double', doubles, range(3, 1))).toEqual([]);
    expect(await kept('double', doubles, range(NaN, null))).toEqual([]);
  });

  it('takes bounds in the precision of the column', async () => {
    expect(await kept('float', [0.1, 0.2], range(0.1, 0.1))).toEqual([0.1]);
  });

  it('compares longs exactly', async () => {
    const big = 2n ** 53n;
    const values = [big, big + 1n, null, -5n, 2n ** 63n - 1n];
    expect(await kept('long', values, range(big + 1n, big + 1n))).toEqual([big + 1n]);
    expect(await kept('long', values, range(-5.5, -4.5))).toEqual([-5n]);
    expect(await kept('long', values, range(-4.5, Infinity))).toEqual([
      big,
      big + 1n,
      2n ** 63n - 1n
    ]);
    expect(await kept('long', values, range(Infinity, null))).toEqual([]);
    expect(await kept('long', values, range(NaN, null))).toEqual([]);
  });

  it('refuses columns of text', async () => {
    await expect(kept('char', ['1'], range(0, 1))).rejects.toThrow(/numbers/);
  });
});

describe('filtering by a set of values', () => {
  it('keeps the cells that are one of them', async () => {
    const texts = ['MUSE', 'HARPS', null, 'muse', 'MUSE2', '', 'É'];
    expect(await kept('char', texts, among('MUSE', 'É'))).toEqual(['MUSE', 'É']);
    expect(await kept('char', texts, among('', null))).toEqual([null, '']);
    expect(await kept('char', texts, among())).toEqual([]);
    expect(await kept('boolean', [true, false, null], among(false))).toEqual([false]);
    expect(await kept('int', [1, 2, null], among(2, null))).toEqual([2, null]);
  });

  it('knows NaN, −0 and single precision', async () => {
    expect(await kept('double', [NaN, 1, -0], among(NaN, 0))).toEqual([NaN, -0]);
    expect(await kept('float', [0.1, 0.2], among(0.1))).toEqual([0.1]);
  });

  it('takes longs as numbers too', async () => {
    const values = [2n ** 53n + 1n, 2n ** 53n, 7n];
    expect(await kept('long', values, among(2n ** 53n + 1n, 7))).toEqual([
      2n ** 53n + 1n,
      7n
    ]);
  });

  it('tells many texts apart', async () => {
    const values = Array.from({ length: 500 }, (_, row) => `object ${row}`);
    const wanted = values.filter((_, row) => row % 3 === 0);
    expect(await kept('char', values, among(...wanted))).toEqual(wanted);
  });
});

describe('filtering', () => {
  it('keeps the rows that pass all filters, across many blocks of rows', async () => {
    const names = Array.from({ length: 10_000 }, (_, row) =>
      row % 7 === 0 ? null : `name ${row}`
    );
    const numbers = names.map((_, row) => (row % 5 === 0 ? null : row));
    const filters: readonly ColumnFilter[] = [
      { column: 1, kind: 'range', min: 4000, max: 9000 },
      { column: 0, kind: 'text', text: 'ME 8', matchCase: false }
    ];
    const columns = [
      { datatype: 'char', values: names },
      { datatype: 'int', values: numbers }
    ] as const;
    expect(await filtered(columns, filters, [5000, 17])).toEqual(
      filteredRows([names, numbers], filters)
    );
  });

  it('keeps every row without filters', async () => {
    expect(await filtered([{ datatype: 'int', values: [3, 1, 2] }], [], [1])).toEqual([
      0, 1, 2
    ]);
  });

  it('goes on where the batches filtered before end', async () => {
    const table = tableOf([{ datatype: 'int', values: [1, 2, 1, 1, 2] }], [2, 2]);
    const filter = { column: 0, kind: 'set', values: [1] } as const;
    const rows = await runTableTask(filterTask(table, [filter], 1), noPause);
    expect(Array.from(rows)).toEqual([2, 3]);
  });

  it('names the column that cannot be filtered', () => {
    const arrays = vectorFromArray(
      [[1, 2]],
      new List(new Field('item', new Float64()))
    );
    const { batches } = new Table({ s_region: arrays });
    const fields = [fieldOf('s_region', 'double', '*')];
    const filter = { column: 0, kind: 'set', values: [1] } as const;
    expect(() => filterTask({ fields, batches }, [filter])).toThrow(/“s_region”/);
    expect(() => filterTask({ fields, batches }, [{ ...filter, column: 1 }])).toThrow(
      RangeError
    );
  });
});
