import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isSortable } from '../../../../src/model/table/chunks.js';
import { sortTask } from '../../../../src/model/table/filters.js';
import { runTableTask } from '../../../../src/model/table/run.js';
import type { ScalarValue } from '../../../../src/model/table/tasks.js';
import { fieldOf, type ITestColumn, noPause, tableOf } from './columns.js';
import { sortedRows } from './reference.js';

async function sorted(
  columns: readonly ITestColumn[],
  keys: readonly (readonly [number, 'up' | 'down'])[],
  sizes: readonly number[] = [],
  rows: readonly number[] | null = null
): Promise<number[]> {
  const task = sortTask(
    tableOf(columns, sizes),
    keys.map(([column, way]) => ({ column, descending: way === 'down' })),
    rows && Uint32Array.from(rows)
  );
  return Array.from(await runTableTask(task, noPause));
}

/** The values of a column of its own in their order. */
async function ordered(
  datatype: ITestColumn['datatype'],
  values: readonly ScalarValue[],
  way: 'up' | 'down'
): Promise<ScalarValue[]> {
  const rows = await sorted([{ datatype, values }], [[0, way]]);
  return rows.map(row => values[row]);
}

describe('sorting', () => {
  it('puts NaN after the numbers and nulls last, descending too', async () => {
    const values = [null, 2, NaN, -Infinity, null, Infinity, -1.5, NaN];
    const numbers = [-Infinity, -1.5, 2, Infinity];
    const rest = [NaN, NaN, null, null];
    expect(await ordered('double', values, 'up')).toEqual([...numbers, ...rest]);
    expect(await ordered('double', values, 'down')).toEqual([
      ...numbers.reverse(),
      ...rest
    ]);
  });

  it('keeps the order of equal rows, with −0 equal to +0', async () => {
    const values = [0, -0, 1, 0, -0];
    const column = { datatype: 'double', values } as const;
    expect(await sorted([column], [[0, 'up']])).toEqual([0, 1, 3, 4, 2]);
    expect(await sorted([column], [[0, 'down']])).toEqual([2, 0, 1, 3, 4]);
  });

  it('tells longs apart that are one double', async () => {
    const values = [2n ** 53n + 1n, 2n ** 53n, -(2n ** 63n), 2n ** 63n - 1n, -1n, 0n];
    const up = [-(2n ** 63n), -1n, 0n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n];
    expect(await ordered('long', values, 'up')).toEqual(up);
    expect(await ordered('long', values, 'down')).toEqual(up.reverse());
  });

  it('sorts strings of which each begins with all that are shorter', async () => {
    const length = 4000;
    const offsets = new Int32Array(length + 1);
    for (let row = 0; row < length; row++) {
      offsets[row + 1] = offsets[row] + 8 * (length - row);
    }
    const values = new Uint8Array(offsets[length]).fill(0x61);
    const chunk = {
      kind: 'text',
      length,
      valid: null,
      bit: 0,
      values,
      offsets
    } as const;
    const keys = [{ chunks: [chunk], descending: false }];
    const task = { kind: 'sort', rowCount: length, rows: null, keys } as const;
    const rows = Array.from({ length }, (_, row) => length - 1 - row);
    expect(Array.from(await runTableTask(task, noPause))).toEqual(rows);
  }, 30_000);

  it('sorts false before true', async () => {
    const values = [true, null, false, true, false];
    expect(await ordered('boolean', values, 'up')).toEqual([
      false,
      false,
      true,
      true,
      null
    ]);
  });

  it('sorts strings by code point, the shorter before the longer', async () => {
    // In UTF-16 the astral character would come before U+FF21.
    const up = ['', '\0', 'A', 'A\0', 'AB', 'a', 'é', 'Ａ', '𝄞'];
    expect(await ordered('char', [...up].reverse(), 'up')).toEqual(up);
    expect(await ordered('char', up, 'down')).toEqual([...up].reverse());
  });

  it('sorts many strings that begin with the same bytes', async () => {
    const values = Array.from(
      { length: 20_000 },
      (_, row) => `ivo://observatory/obs?${(row * 7919) % 5000}.fits`
    );
    const rows = await sorted([{ datatype: 'char', values }], [[0, 'up']], [9000, 300]);
    const natural = values.map((_, row) => row);
    expect(rows).toEqual(
      sortedRows([values], [{ column: 0, descending: false }], natural)
    );
  });

  it('sorts many strings that are mostly the same', async () => {
    const values = Array.from({ length: 12_000 }, (_, row) =>
      row % 1000 === 0 ? `a long title that ends in ${row}` : 'a long title'
    );
    const rows = await sorted([{ datatype: 'char', values }], [[0, 'down']]);
    const natural = values.map((_, row) => row);
    expect(rows).toEqual(
      sortedRows([values], [{ column: 0, descending: true }], natural)
    );
  });

  it('sorts only the rows it is given', async () => {
    const column = { datatype: 'int', values: [5, 4, 3, 2, 1] } as const;
    expect(await sorted([column], [[0, 'up']], [2], [0, 2, 4])).toEqual([4, 2, 0]);
  });

  it('sorts tables without rows', async () => {
    expect(await sorted([{ datatype: 'char', values: [] }], [[0, 'up']])).toEqual([]);
    expect(await sorted([{ datatype: 'double', values: [] }], [[0, 'up']])).toEqual([]);
  });

  it('sorts any table by any columns like the language does', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async ({ rows, sizes, keys }) => {
        const columns = DATATYPES.map((datatype, index) => ({
          datatype,
          values: rows.map(row => row[index])
        }));
        const found = await sorted(columns, keys, sizes);
        const expected = sortedRows(
          columns.map(({ values }) => values),
          keys.map(([column, way]) => ({ column, descending: way === 'down' })),
          rows.map((_, row) => row)
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 100 }
    );
  });

  it.each([
    ['double', null, true],
    ['double', '1', true],
    ['double', '2', false],
    ['double', '*', false],
    ['floatComplex', null, false],
    ['char', '*', true],
    ['char', '12', true],
    ['unicodeChar', '8x*', false],
    ['boolean', null, true]
  ] as const)('offers to sort %s of arraysize %s: %s', (datatype, arraysize, is) => {
    expect(isSortable({ ...fieldOf('x', datatype), arraysize })).toBe(is);
  });
});

const DATATYPES = ['char', 'double', 'float', 'int', 'long', 'boolean'] as const;

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', '𝄞', '\0'), maxLength: 20 }),
  fc.constantFrom('', 'instrument', 'instruments')
);
const double = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1, -1)
);
const nullable = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(values, { freq: 5 });

const anyRow = fc.tuple(
  nullable(word),
  nullable(double),
  nullable(fc.oneof(fc.float(), fc.constantFrom(0, -0, NaN, 1.5))),
  nullable(fc.oneof(fc.integer(), fc.integer({ min: -2, max: 2 }))),
  nullable(
    fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.bigInt({ min: -1n, max: 1n })
    )
  ),
  nullable(fc.boolean())
);

const anyTable = fc.record({
  rows: fc.array(anyRow, { maxLength: 60 }),
  sizes: fc.array(fc.nat(20), { maxLength: 4 }),
  keys: fc.uniqueArray(
    fc.tuple(
      fc.nat(DATATYPES.length - 1),
      fc.constantFrom('up' as const, 'down' as const)
    ),
    { selector: ([column]) => column, maxLength: 3 }
  )
});
