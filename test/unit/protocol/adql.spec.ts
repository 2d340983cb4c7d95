import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  firstTable,
  formatNumber,
  isReserved,
  quoteColumnName,
  quoteIdentifier,
  quoteLiteral,
  quoteTableName,
  unquoteName
} from '../../../src/protocol/adql/index.js';
import { typedText } from '../../support/typed.js';

/** The text of a literal at the start of `adql`, read as a database does, and what follows. */
function readLiteral(adql: string): { text: string; rest: string } {
  let text = '';
  let index = 1;
  for (; index < adql.length; index += 1) {
    if (adql[index] === "'") {
      if (adql[index + 1] !== "'") {
        break;
      }
      index += 1;
    }
    text += adql[index];
  }
  return { text, rest: adql.slice(index + 1) };
}

const TEXT = typedText.map(text => text.replaceAll('\0', ''));

describe('quoteLiteral', () => {
  it('reads back as the same text with nothing behind it, whatever was typed', () => {
    fc.assert(
      fc.property(TEXT, text => {
        expect(readLiteral(quoteLiteral(text))).toEqual({ text, rest: '' });
      })
    );
  });

  it('leaves backslashes alone, as ADQL has no escapes', () => {
    expect(quoteLiteral(String.raw`a\'; DROP`)).toBe(String.raw`'a\''; DROP'`);
  });

  it('refuses NUL', () => {
    expect(() => quoteLiteral('M\0 31')).toThrow(/NUL/);
  });
});

describe('quoteIdentifier', () => {
  it.each([
    ['s_ra', 's_ra'],
    ['type', 'type'],
    ['size', '"size"'],
    ['Distance', '"Distance"'],
    ['2mass', '"2mass"'],
    ['_id', '"_id"'],
    ['flux density', '"flux density"'],
    ['Größe', '"Größe"'],
    ['a"b', '"a""b"']
  ])('%s becomes %s', (name, quoted) => {
    expect(quoteIdentifier(name)).toBe(quoted);
  });

  it('refuses an empty name and NUL', () => {
    expect(() => quoteIdentifier('')).toThrow(/empty/);
    expect(() => quoteIdentifier('a\0')).toThrow(/NUL/);
  });

  it('is undone by unquoteName', () => {
    fc.assert(
      fc.property(
        TEXT.filter(text => text !== '' && !text.startsWith('"')),
        name => {
          expect(unquoteName(quoteIdentifier(name))).toBe(name);
        }
      )
    );
  });
});

describe('quoteTableName', () => {
  it.each([
    ['ivoa.ObsCore', 'ivoa.ObsCore'],
    ['gaia.size', 'gaia."size"'],
    ['"J/A+A/1/2"', '"J/A+A/1/2"'],
    ['II/246/out', '"II/246/out"'],
    ['"my.schema"."a ""b"" c"', '"my.schema"."a ""b"" c"'],
    ['cat.sch.tab', 'cat.sch.tab'],
    ['broken"name', '"broken""name"'],
    ['a..b', '"a..b"']
  ])('%s becomes %s', (name, quoted) => {
    expect(quoteTableName(name)).toBe(quoted);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(
        TEXT.filter(text => text !== ''),
        name => {
          const once = quoteTableName(name);
          expect(quoteTableName(once)).toBe(once);
        }
      )
    );
  });
});

describe('quoteColumnName', () => {
  it('does not split at dots', () => {
    expect(quoteColumnName('a.b')).toBe('"a.b"');
  });
});

describe('formatNumber', () => {
  it('reads back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        const text = formatNumber(value);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
        expect(text).toMatch(/^-?\d+(\.\d+)?(E-?\d+)?$/);
      })
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses %s',
    value => {
      expect(() => formatNumber(value)).toThrow(/ADQL/);
    }
  );
});

it('reserves words in any case', () => {
  expect(['Select', 'CIRCLE', 'year', 's_ra', 'type'].map(isReserved)).toEqual([
    true,
    true,
    true,
    false,
    false
  ]);
});

describe('firstTable', () => {
  it.each([
    ['SELECT * FROM ivoa.ObsCore WHERE 1=1', 'ivoa.ObsCore'],
    ['select a\nfrom\n  caom2.Plane as p join x', 'caom2.Plane'],
    ['SELECT "from" FROM "my schema" . "a""b" AS t', 'my schema.a"b'],
    ['SELECT * FROM (SELECT TOP 3 * FROM dbo.raw) AS t', 'dbo.raw'],
    ["SELECT ' FROM fake' -- FROM other\nFROM real", 'real'],
    ['SELECT a FROM -- which?\n t1, t2', 't1'],
    ['SELECT * FROM a;', 'a']
  ])('of %s is %s', (adql, table) => {
    expect(firstTable(adql)).toBe(table);
  });

  it.each(['', 'SELECT 1', 'SELECT * FROM', 'SELECT * FROM ('])(
    'is unknown for %s',
    adql => {
      expect(firstTable(adql)).toBeNull();
    }
  );
});
