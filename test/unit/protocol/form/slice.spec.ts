import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type ISliceEnd,
  nextSliceQuery,
  slicingOf
} from '../../../../src/protocol/form.js';

function next(adql: string, end: ISliceEnd): string | undefined {
  return nextSliceQuery({ adql, maxrec: 10 }, 'dp_id', end)?.adql;
}

describe('slicingOf', () => {
  it.each([
    ['SELECT * FROM dbo.raw', null, false],
    ['SELECT * FROM dbo.raw ORDER BY dp_id', null, true],
    ['SELECT ra, "dp_id" FROM dbo.raw ORDER BY ra DESC', 'ra', false],
    ['select DP_ID, ra from dbo.raw where (a or b) order by ra, dp_id;', 'ra', true]
  ])('knows by what %s can be continued', (adql, order, isExact) => {
    expect(slicingOf(adql, 'dp_id')).toEqual({ key: 'dp_id', order, isExact });
  });

  it.each([
    'SELECT ra FROM dbo.raw',
    'SELECT dp_id AS x FROM dbo.raw',
    'SELECT COUNT(*) FROM dbo.raw',
    'SELECT TOP 5 * FROM dbo.raw',
    'SELECT DISTINCT dp_id FROM dbo.raw',
    'SELECT dp_id, COUNT(*) AS n FROM dbo.raw GROUP BY dp_id',
    'SELECT * FROM dbo.raw, other',
    'SELECT * FROM dbo.raw JOIN other ON 1 = 1',
    'SELECT * FROM dbo.raw UNION SELECT * FROM dbo.raw',
    'SELECT * FROM dbo.raw ORDER BY ra, dec',
    'SELECT * FROM dbo.raw ORDER BY dp_id, ra',
    "SELECT * FROM dbo.raw WHERE object = 'open",
    'DROP TABLE t',
    ''
  ])('finds that %s cannot', adql => {
    expect(slicingOf(adql, 'dp_id')).toBeNull();
    expect(next(adql, { key: 'x' })).toBeUndefined();
  });
});

describe('nextSliceQuery', () => {
  it('puts rows into an order first, and asks for as many again as may come twice', () => {
    expect(
      nextSliceQuery({ adql: 'SELECT *\nFROM dbo.raw', maxrec: 10 }, 'dp_id', {
        key: 'k'
      })
    ).toEqual({ adql: 'SELECT *\nFROM dbo.raw\nORDER BY dp_id', maxrec: 20 });
  });

  it('goes on behind the last row, once and again', () => {
    const second = next('SELECT * FROM dbo.raw WHERE a = 1 ORDER BY dp_id', {
      key: "k'1"
    });
    expect(second).toBe(
      "SELECT * FROM dbo.raw\nWHERE a = 1\n  AND dp_id > 'k''1'\nORDER BY dp_id"
    );
    expect(next(second!, { key: 'k2' })).toBe(
      "SELECT * FROM dbo.raw\nWHERE a = 1\n  AND dp_id > 'k2'\nORDER BY dp_id"
    );
  });

  it('keeps what was asked: OR in brackets, comments dropped, minus in ASCII', () => {
    expect(
      next(
        'SELECT * FROM dbo.raw -- all\nWHERE a = 1 OR b = 2 -- two\nORDER BY mjd DESC, dp_id',
        {
          key: 'k',
          order: -1.5,
          sawNull: true
        }
      )
    ).toBe(
      "SELECT * FROM dbo.raw\nWHERE (a = 1 OR b = 2)\n  AND (mjd < -1.5 OR (mjd = -1.5 AND dp_id > 'k'))\nORDER BY mjd DESC, dp_id"
    );
  });

  it('needs a key that can be written', () => {
    const adql = 'SELECT * FROM dbo.raw ORDER BY dp_id';
    expect(next(adql, { key: Number.NaN })).toBeUndefined();
    expect(next(adql, { key: 'a\0b' })).toBeUndefined();
    expect(next(adql, { key: 9007199254740993n })).toContain(
      'dp_id > 9007199254740993'
    );
  });
});

interface IRow {
  readonly dp_id: string;
  readonly mjd: number | null;
}

const TERM = /(\w+) (?:IS (NOT )?NULL|(<=|>=|<|>|=) ('(?:[^']|'')*'|[-\d.]+))/g;

/** The rows for which a condition as slices have it is true. */
function where(rows: readonly IRow[], condition: string): readonly IRow[] {
  return rows.filter(row => {
    const text = condition.replace(TERM, (_, name: keyof IRow, not, sign, literal) =>
      String(isTrue(row[name], not as string, sign as string, literal as string))
    );
    return evaluate(text);
  });
}

function isTrue(
  value: string | number | null,
  not: string | undefined,
  sign: string | undefined,
  literal: string | undefined
): boolean {
  if (sign === undefined || literal === undefined) {
    return (value === null) === (not === undefined);
  }
  const other = literal.startsWith("'")
    ? literal.slice(1, -1).replaceAll("''", "'")
    : Number(literal);
  const order =
    value === null ? Number.NaN : value < other ? -1 : value > other ? 1 : 0;
  return (
    (order < 0 && sign.includes('<')) ||
    (order > 0 && sign.includes('>')) ||
    (order === 0 && sign.includes('='))
  );
}

/** `true`, `AND`, `OR` and brackets; AND binds closer. */
function evaluate(text: string): boolean {
  const inner = /\(([^()]*)\)/.exec(text);
  if (inner) {
    return evaluate(text.replace(inner[0], String(evaluate(inner[1]))));
  }
  return text
    .split(' OR ')
    .some(part => part.split(' AND ').every(word => word.trim() === 'true'));
}

describe('slices of a table', () => {
  /** What a service answers that puts rows without a value first or last. */
  function answer(
    rows: readonly IRow[],
    adql: string,
    maxrec: number,
    nullsFirst: boolean
  ): readonly IRow[] {
    const [, condition = 'true'] = /WHERE ([^]*?)(?:\nORDER BY|$)/.exec(adql) ?? [];
    const [, order = ''] = /ORDER BY (.*)$/.exec(adql) ?? [];
    const sorted = [...where(rows, condition.replaceAll('\n  AND ', ' AND '))];
    for (const column of order.split(', ').filter(Boolean).reverse()) {
      const [name, direction] = column.split(' ') as [keyof IRow, string?];
      const side = direction === 'DESC' ? -1 : 1;
      const rank = (row: IRow): number =>
        row[name] === null ? (nullsFirst ? -1 : 1) : 0;
      sorted.sort((a, b) => {
        const [one, other] = [a[name], b[name]];
        return rank(a) - rank(b) || (one! < other! ? -side : one! > other! ? side : 0);
      });
    }
    return sorted.slice(0, maxrec);
  }

  /** All rows as a page gets them, slice after slice, without those it has already. */
  function fetchAll(
    adql: string,
    maxrec: number,
    ask: (adql: string, maxrec: number) => readonly IRow[]
  ): readonly string[] {
    const rows = new Map<string, IRow>();
    let query: { adql: string; maxrec: number } | null = { adql, maxrec };
    while (query) {
      const slice = ask(query.adql, query.maxrec);
      slice.forEach(row => rows.set(row.dp_id, row));
      const last = slice[slice.length - 1];
      if (slice.length < query.maxrec) {
        break;
      }
      const all = [...rows.values()];
      const following = nextSliceQuery(query, 'dp_id', {
        key: last.dp_id,
        order: last.mjd,
        sawNull: all.some(({ mjd }) => mjd === null),
        sawValue: all.some(({ mjd }) => mjd !== null)
      });
      expect(following).not.toBeNull();
      query = following;
    }
    return [...rows.keys()].sort();
  }

  it('have every row, whatever the order and wherever rows without a value come', () => {
    const rows = fc.uniqueArray(
      fc.record({
        dp_id: fc.string({
          minLength: 1,
          maxLength: 4,
          unit: fc.constantFrom(...'abc%')
        }),
        mjd: fc.option(fc.constantFrom(-1.5, 0, 57000.25))
      }),
      { selector: ({ dp_id }) => dp_id, maxLength: 40 }
    );
    const orders = fc.constantFrom(
      '',
      '\nORDER BY dp_id',
      '\nORDER BY dp_id DESC',
      '\nORDER BY mjd',
      '\nORDER BY mjd DESC',
      '\nORDER BY mjd, dp_id',
      '\nORDER BY mjd DESC, dp_id'
    );
    const most = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(rows, orders, most, fc.boolean(), (table, order, maxrec, first) => {
        const found = fetchAll(`SELECT *\nFROM raw${order}`, maxrec, (adql, limit) =>
          answer(table, adql, limit, first)
        );
        expect(found).toEqual(table.map(({ dp_id }) => dp_id).sort());
      })
    );
  });
});
