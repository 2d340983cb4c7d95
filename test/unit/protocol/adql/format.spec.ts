import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatAdql } from '../../../../src/protocol/adql/format.js';
import { tokenize } from '../../../../src/protocol/adql/lexer.js';

const PIECES = [
  ...`SELECT select TOP FROM from WHERE AND OR NOT BETWEEN IN GROUP BY ORDER JOIN LEFT ON
     USING UNION ALL WITH AS NULL IS CASE WHEN THEN END COUNT POINT CONTAINS size o.ra
     o . "a b" "Q""x" 'it''s' 'x' 12 1.5e-3 .5 0x1F ( ) , * + - / = <> != <= || . ; -`.split(
    /\s+/
  ),
  '-- a comment\n',
  '--',
  '\n',
  '\r\n',
  '  ',
  '/* x */',
  "'two words'",
  "'",
  '"',
  'é',
  '−'
];

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).chain(pieces =>
  fc
    .array(fc.constantFrom(' ', '', '\n'), {
      minLength: pieces.length,
      maxLength: pieces.length
    })
    .map(gaps => pieces.map((piece, index) => piece + gaps[index]).join(''))
);

/** What must not change: all but white space, and the case of words. */
function essence(text: string): string[] {
  return tokenize(text).map(token =>
    token.kind === 'word' ? token.text.toUpperCase() : token.text
  );
}

describe('formatAdql', () => {
  it('gives each clause and condition a line', () => {
    const typed =
      "select dp_id, dp_cat, o.\"size\" from dbo.raw as o left join ivoa.ObsCore c on c.obs_id=o.dp_id where instrument='SPHERE' and date_obs between '2016-09-25' and '2016-09-26' and contains(point('ICRS',ra,dec),circle('ICRS',1,-2,0.1))=1 order by dp_id desc";
    expect(formatAdql(typed)).toBe(
      [
        'SELECT dp_id, dp_cat, o."size"',
        'FROM dbo.raw AS o',
        '  LEFT JOIN ivoa.ObsCore c ON c.obs_id = o.dp_id',
        "WHERE instrument = 'SPHERE'",
        "  AND date_obs BETWEEN '2016-09-25' AND '2016-09-26'",
        "  AND CONTAINS(POINT('ICRS', ra, dec), CIRCLE('ICRS', 1, -2, 0.1)) = 1",
        'ORDER BY dp_id DESC'
      ].join('\n')
    );
  });

  it('indents a query in brackets', () => {
    expect(
      formatAdql(
        'select * from (select a from t where a in (select b from u)) q where a>1'
      )
    ).toBe(
      [
        'SELECT *',
        'FROM (',
        '    SELECT a',
        '    FROM t',
        '    WHERE a IN (',
        '        SELECT b',
        '        FROM u',
        '      )',
        '  ) q',
        'WHERE a > 1'
      ].join('\n')
    );
  });

  it('wraps long lists below their first item', () => {
    const names = Array.from({ length: 20 }, (_, index) => `a_column_${index}`);
    const lines = formatAdql(`SELECT ${names.join(',')} FROM t`).split('\n');
    expect(lines.length).toBe(5);
    expect(lines.every(line => line.length <= 88)).toBe(true);
    expect(lines[1]).toMatch(/^ {7}a_column_/);
  });

  it('keeps comments where they are', () => {
    const text = ['-- one', 'SELECT a, -- why  a', '  -- alone', ' b', 'FROM t -- end'];
    expect(formatAdql(text.join('\n'))).toBe(
      ['-- one', 'SELECT a, -- why  a', '-- alone', '       b', 'FROM t -- end'].join(
        '\n'
      )
    );
  });

  it('does not touch names that look like keywords', () => {
    expect(formatAdql('select o.select, t.from from t o')).toBe(
      'SELECT o.select, t.from\nFROM t o'
    );
  });

  it('leaves a text alone whose quote has no end', () => {
    expect(formatAdql("select  'x")).toBe("select  'x");
  });

  it('changes nothing but white space and the case of words, whatever it gets', () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ maxLength: 60 })), text => {
        expect(essence(formatAdql(text))).toEqual(essence(text));
      }),
      { numRuns: 2000 }
    );
  });

  it('changes nothing more the second time', () => {
    fc.assert(
      fc.property(soup, text => {
        const once = formatAdql(text);
        expect(formatAdql(once)).toBe(once);
      }),
      { numRuns: 2000 }
    );
  });
});
