import { describe, expect, it } from 'vitest';

import {
  field,
  firstColumn,
  firstTable,
  inPieces,
  refusal,
  tabledata,
  utf8,
  warnings
} from './support.js';

/** The cells of a column whose TDs have these contents. */
function cells(column: string, ...contents: string[]) {
  const rows = contents.map(content => `<TR><TD>${content}</TD></TR>`).join('');
  return firstColumn(tabledata(column, rows));
}

const TEXT = field('char', '*');

describe('values of TABLEDATA', () => {
  it('reads booleans in every spelling, with null for ? and blank', async () => {
    const column = field('boolean');
    expect(await cells(column, 'T', 't', 'true', 'True', '1', '?', ' ', '')).toEqual([
      ...Array<boolean>(5).fill(true),
      null,
      null,
      null
    ]);
    expect(await cells(column, 'F', 'f', 'FALSE', '0')).toEqual(Array(4).fill(false));
  });

  it('reads bits, scalar and in arrays with or without blanks', async () => {
    expect(await cells(field('bit'), '1', '0', '')).toEqual([1, 0, null]);
    expect(await cells(field('bit', '4'), '1 0 1 1', '0110')).toEqual([
      [1, 0, 1, 1],
      [0, 1, 1, 0]
    ]);
  });

  it('reads integers with blanks around them and in hexadecimal', async () => {
    expect(await cells(field('int'), ' 12\n', '0xff', '+7', '')).toEqual([
      12,
      255,
      7,
      null
    ]);
    expect(await cells(field('unsignedByte'), '255', '0')).toEqual([255, 0]);
  });

  it('keeps NaN apart from null', async () => {
    expect(await cells(field('double'), 'NaN', '', '-Inf', ' ')).toEqual([
      'NaN',
      null,
      '-Inf',
      null
    ]);
  });

  it.each([
    ['short', '-99', '-99'],
    ['long', '-99', '-99'],
    ['double', '-99', '-99.0'],
    ['char', 'none', 'none'],
    ['int', 'N/A', 'N/A'],
    ['unsignedByte', '-1', '-1']
  ])('takes the VALUES null of a %s, %s, for null', async (datatype, magic, text) => {
    const values = `<VALUES null="${magic}"/>`;
    const column = field(datatype, datatype === 'char' ? '*' : undefined, values);
    expect(await cells(column, text, '')).toEqual([null, null]);
  });

  it('takes the null of either VALUES: of the legal and of the actual ones', async () => {
    const both = '<VALUES type="legal"/><VALUES type="actual" null="-9"/>';
    expect(await cells(field('int', undefined, both), '-9', '1')).toEqual([null, 1]);
  });

  it('takes the VALUES null that another column has and this one refers to', async () => {
    const other = '<FIELD name="y" datatype="int"><VALUES ID="v" null="-9"/></FIELD>';
    const column = field('int', undefined, '<VALUES ref="v"/>');
    const rows = '<TR><TD>-9</TD><TD>1</TD></TR><TR><TD>7</TD><TD>-9</TD></TR>';
    expect(await firstColumn(tabledata(column + other, rows))).toEqual([null, 7]);
  });

  it('takes the VALUES null for null inside of arrays, too', async () => {
    const column = field('int', '*', '<VALUES null="-9"/>');
    expect(await cells(column, '1 -9 3')).toEqual([[1, null, 3]]);
  });

  it('reads complex numbers and arrays of them', async () => {
    expect(await cells(field('floatComplex'), '1 -2', '')).toEqual([[1, -2], null]);
    expect(await cells(field('doubleComplex', '*'), '1 2  3 4', '')).toEqual([
      [
        [1, 2],
        [3, 4]
      ],
      null
    ]);
  });

  it('reads fixed, limited and multi-dimensional arrays, flattened', async () => {
    expect(await cells(field('int', '2x3'), '1 2 3\n4 5 6')).toEqual([
      [1, 2, 3, 4, 5, 6]
    ]);
    expect(await cells(field('int', '4*'), '1 2', '')).toEqual([[1, 2], null]);
    expect(await cells(field('double', ' 2 '), '1 NaN')).toEqual([[1, 'NaN']]);
  });

  it('cuts an array of strings at its width, without the padding', async () => {
    expect(await cells(field('char', '5x*'), 'alphabe   ')).toEqual([['alpha', 'be']]);
    const places = 'Valletta..Coll. ParkGörlitz..Strasbourg';
    expect(await cells(field('char', '10x4'), places)).toEqual([
      ['Valletta..', 'Coll. Park', 'Görlitz..', 'Strasbourg']
    ]);
    expect(await cells(field('char', '2x2'), 'aébc')).toEqual([['aé', 'bc']]);
    expect(await cells(field('unicodeChar', '2x*'), 'äöüß')).toEqual([['äö', 'üß']]);
    expect(await cells(field('unicodeChar', '2x*'), '😀ab')).toEqual([['😀', 'ab']]);
    expect(await cells(field('unicodeChar', '2x*'), 'a😀bc')).toEqual([['a😀', 'bc']]);
  });
});

describe('text of TABLEDATA', () => {
  it('keeps blanks and takes only nothing for null', async () => {
    expect(await cells(TEXT, ' a b ', ' ', '')).toEqual([' a b ', ' ', null]);
  });

  it('resolves references and CDATA, and drops comments', async () => {
    expect(
      await cells(
        TEXT,
        '&lt;b&gt; &amp;amp; &#937;&#x1F600;',
        'a<![CDATA[<b> &amp; ]]]]><![CDATA[>]]>c',
        'a<!-- <TD> -->b<?x y?>c',
        '<![CDATA[]]>'
      )
    ).toEqual(['<b> &amp; Ω😀', 'a<b> &amp; ]]>c', 'abc', null]);
  });

  it('resolves references in numbers', async () => {
    expect(await cells(field('int'), '&#49;2', '<![CDATA[ 3 ]]>')).toEqual([12, 3]);
  });

  it('keeps long text in a column of one character', async () => {
    expect(await cells(field('char'), 'long text')).toEqual(['long text']);
  });

  it('replaces what XML forbids, and says so', async () => {
    const text = tabledata(TEXT, '<TR><TD>a\u0001b</TD></TR><TR><TD>\u0002</TD></TR>');
    expect(await firstColumn(text)).toEqual(['a\uFFFDb', '\uFFFD']);
    expect(await warnings(text)).toEqual([
      'Column “x” has characters that XML forbids in row 1 and 1 more.'
    ]);
  });

  it('leaves what looks like markup as text', async () => {
    expect(await cells(TEXT, '&lt;script&gt;alert(1)&lt;/script&gt;')).toEqual([
      '<script>alert(1)</script>'
    ]);
  });

  it('has line ends as XML wants them', async () => {
    expect(await cells(TEXT, 'a\r\nb\rc')).toEqual(['a\nb\nc']);
  });
});

describe('rows of TABLEDATA', () => {
  const two =
    '<FIELD name="a" datatype="int"/><FIELD name="b" datatype="char" arraysize="*"/>';

  it('reads attributes, self-closing tags, comments and instructions between', async () => {
    const { arrow } = await firstTable(
      tabledata(
        two,
        '<!-- x > y --><TR ID="r"><TD a=">">1</TD >\n<TD/></TR ><?pi <TR>?><TR/>' +
          '<TR>\n<TD>2</TD><!-- - --><TD>z</TD></TR>'
      )
    );
    expect(arrow.toArray().map(row => ({ ...row.toJSON() }))).toEqual([
      { a: 1, b: null },
      { a: null, b: null },
      { a: 2, b: 'z' }
    ]);
  });

  it('fills rows that are too short and cuts those too long, and says so', async () => {
    const text = tabledata(
      two,
      '<TR><TD>1</TD></TR><TR><TD>2</TD><TD>b</TD><TD>c</TD></TR>'
    );
    const { arrow } = await firstTable(text);
    expect(arrow.toArray().map(row => ({ ...row.toJSON() }))).toEqual([
      { a: 1, b: null },
      { a: 2, b: 'b' }
    ]);
    expect((await warnings(text)).join()).toMatch(/Missing.*row 1.*beyond.*row 2/);
  });

  it('fills and cuts arrays of the wrong length, and says so', async () => {
    const text = tabledata(
      field('int', '2'),
      '<TR><TD>1 2 3</TD></TR><TR><TD>4</TD></TR>'
    );
    expect(await firstColumn(text)).toEqual([
      [1, 2],
      [4, null]
    ]);
    expect((await warnings(text)).join()).toContain('3 values where 2 are declared');
  });

  it('decodes a cell in base64', async () => {
    const row = '<TR><TD encoding="base64">P4AAAA==</TD></TR>';
    expect(await firstColumn(tabledata(field('float'), row))).toEqual([1]);
  });

  it.each([
    ['int', '1.5'],
    ['int', '2147483648'],
    ['unsignedByte', '-1'],
    ['short', 'abc'],
    ['long', '9223372036854775808'],
    ['double', '1,5'],
    ['boolean', 'maybe'],
    ['bit', '2']
  ])('names row, column and text of a %s that is none', async (datatype, text) => {
    const rows = `<TR><TD/></TR><TR><TD>${text}</TD></TR>`;
    const error = await refusal(tabledata(field(datatype), rows));
    expect(error.kind).toBe('bad-answer');
    expect(error.details).toMatchObject({ row: 1, column: 0 });
    expect(error.message).toContain(`Row 2, column “x” of the table holds “${text}”`);
  });

  it.each([
    ['a table in a cell', '<TR><TD><TABLE/></TD></TR>'],
    ['a cell in a cell', '<TR><TD>1<TD>2</TD></TD></TR>'],
    ['a row in a row', '<TR><TD>1</TD><TR></TR></TR>'],
    ['text between rows', '<TR><TD>1</TD></TR>oops<TR><TD>1</TD></TR>'],
    ['another end tag', '<TR><TD>1</TR></TR>'],
    ['the end tag of something else for a row', '<TR><TD>1</TD></STREAM>'],
    ['the end of the table in a row', '<TR><TD>1</TD></TABLEDATA></DATA>']
  ])('refuses %s', async (_what, rows) => {
    const bytes = utf8(tabledata(field('int'), rows));
    const error = await refusal(bytes);
    expect(error.kind).toBe('bad-answer');
    expect(error.message).toMatch(/has no place in row \d|closes <TR>/);
    const again = await refusal(inPieces(bytes, () => 1));
    expect(again.message).toBe(error.message);
  });

  it('does not read one huge cell again for every piece of it', async () => {
    const long = 'x'.repeat(3_000_000);
    const [cell] = await cells(TEXT, long);
    expect(cell).toBe(long);
  });
});
