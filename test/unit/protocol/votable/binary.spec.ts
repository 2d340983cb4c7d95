import { describe, expect, it } from 'vitest';

import type { ProtocolError } from '../../../../src/protocol/errors.js';
import {
  binary,
  collect,
  document,
  field,
  firstColumn,
  firstTable,
  inPieces,
  refusal,
  rowsOf,
  utf8,
  warnings
} from './support.js';

/** Big-endian bytes of 32-bit integers. */
function ints(...values: number[]): number[] {
  return values.flatMap(value => [value >>> 24, value >>> 16, value >>> 8, value]);
}

/** Cells of one BINARY column made of these bytes. */
function cells(column: string, ...bytes: number[]) {
  return firstColumn(binary(column, Uint8Array.from(bytes)));
}

const text = (value: string): number[] => [...utf8(value)];

describe('BINARY', () => {
  it('reads integers big-endian and their magic value as null', async () => {
    const magic = '<VALUES null="-1"/>';
    expect(await cells(field('short', undefined, magic), 255, 255, 1, 2)).toEqual([
      null,
      258
    ]);
    expect(await cells(field('long'), ...ints(0x7fffffff, -1))).toEqual([
      '9223372036854775807'
    ]);
    expect(await cells(field('unsignedByte'), 200)).toEqual([200]);
  });

  it('skips comments within base64, wherever the document is cut', async () => {
    const stream = '<STREAM encoding="base64">AAA<!-- </STREAM> -->AAQ==<?x?></STREAM>';
    // The first 256 bytes are read at once, to tell the encoding.
    const column = field('int', undefined, '<!-- -->'.repeat(32));
    const whole = document(column, `<BINARY>${stream}</BINARY>`);
    expect(await firstColumn(whole)).toEqual([1]);
    const bytes = utf8(whole);
    for (let size = 1; size < 12; size++) {
      expect(rowsOf((await collect(inPieces(bytes, () => size))).events)).toBe(1);
    }
  });

  it.each(['<', '<!', '<!-', '<!--A', '<![', '<![CDATA[', '<?', '</'])(
    'says the same of a stream that stops at %s, in one piece and in many',
    async end => {
      const column = field('int', undefined, '<!-- -->'.repeat(32));
      const whole = document(column, '<BINARY><STREAM>AAAAAQAAA');
      const bytes = utf8(whole.slice(0, whole.indexOf('AAAAAQAAA') + 9) + end);
      const { message, details } = await refusal(bytes);
      const { error } = await collect(inPieces(bytes, () => 1));
      expect((error as ProtocolError).message).toBe(message);
      expect((error as ProtocolError).details).toMatchObject(details);
    }
  );

  it('refuses base64 in a CDATA section, rather than lose its rows', async () => {
    const stream = '<STREAM encoding="base64"><![CDATA[AAAAAQ==]]></STREAM>';
    const bytes = utf8(document(field('int'), `<BINARY>${stream}</BINARY>`));
    expect((await refusal(bytes)).message).toContain('not base64');
  });

  it('reads booleans with NUL, blank and ? for null', async () => {
    expect(await cells(field('boolean'), ...text('TtFf10? '), 0)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      null,
      null,
      null
    ]);
  });

  it('reads bits from the most significant on', async () => {
    expect(await cells(field('bit'), 0x80, 0)).toEqual([1, 0]);
    // Some writers set another bit of the byte.
    expect(await cells(field('bit'), 0x08, 0x01)).toEqual([1, 1]);
    expect(await cells(field('bit', '10'), 0xa0, 0x40)).toEqual([
      [1, 0, 1, 0, 0, 0, 0, 0, 0, 1]
    ]);
    expect(await cells(field('bit', '*'), ...ints(3), 0xc0)).toEqual([[1, 1, 0]]);
  });

  it('ends strings at the first NUL and keeps blanks', async () => {
    expect(await cells(field('char', '4'), ...text('ab \0'), ...text('abcd'))).toEqual([
      'ab ',
      'abcd'
    ]);
    expect(await cells(field('char', '*'), ...ints(3), ...text('a\0b'))).toEqual(['a']);
  });

  it('takes one byte for a char without arraysize', async () => {
    expect(await cells(field('char'), ...text('ab'))).toEqual(['a', 'b']);
  });

  it('reads UTF-8 in char and replaces what is none, and says so', async () => {
    const bytes = [...ints(5), ...text('café'), ...ints(1), 0xe9];
    expect(await cells(field('char', '*'), ...bytes)).toEqual(['café', '\uFFFD']);
    const found = await warnings(binary(field('char', '*'), Uint8Array.from(bytes)));
    expect(found.join()).toContain('“x” has bytes that are not UTF-8 in row 2');
  });

  it('reads unicodeChar big-endian with surrogate pairs', async () => {
    const bytes = [...ints(3), 0x03, 0xa9, 0xd8, 0x3d, 0xde, 0x00];
    expect(await cells(field('unicodeChar', '*'), ...bytes)).toEqual(['Ω😀']);
    expect(await cells(field('unicodeChar', '3'), 0, 65, 0, 0, 0, 66)).toEqual(['A']);
  });

  it('counts values of ax*, or blocks where only that uses up the stream', async () => {
    const values = ints(1, 2, 3, 4);
    const column = field('int', '2x*');
    expect(await cells(column, ...ints(4), ...values)).toEqual([[1, 2, 3, 4]]);
    expect(await cells(column, ...ints(2), ...values)).toEqual([[1, 2, 3, 4]]);
    expect(await cells(field('char', '2x*'), ...ints(2), ...text('abc '))).toEqual([
      ['ab', 'c']
    ]);
  });

  it('says where a stream that ends too early is broken', async () => {
    const bytes = Uint8Array.from([...ints(1, 2), 0, 0]);
    const error = await refusal(binary(field('int'), bytes));
    expect(error.message).toContain('breaks off in row 3: 2 rows are complete');
    expect(error.details).toMatchObject({ row: 2, column: 0 });
  });

  it.each([
    ['negative', -2],
    ['immense', 0x7fffffff]
  ])('refuses a %s length without making room for it', async (_name, count) => {
    for (const column of [
      field('char', '*'),
      field('double', '*'),
      field('bit', '*')
    ]) {
      const error = await refusal(binary(column, Uint8Array.from([...ints(count), 1])));
      expect(error.kind).toBe('bad-answer');
      expect(error.details).toMatchObject({ row: 0, column: 0 });
    }
  });

  it.each(['999999999', '4294967297', '999999999999x9'])(
    'refuses rows with %s values in one cell',
    async size => {
      const fields = field('double') + field('float', size);
      const { message, details } = await refusal(binary(fields, new Uint8Array(64)));
      expect(message).toMatch(
        /^Row 1, column “x” .* declares a length that cannot be\.$/
      );
      expect(details).toMatchObject({ row: 0, column: 1 });
    }
  );

  it('gives away the rows before text that is not base64, however it is cut', async () => {
    const stream = '<STREAM encoding="base64">AAAAAQAAAAIAAAAD*AAA</STREAM>';
    const bytes = utf8(document(field('int'), `<BINARY>${stream}</BINARY>`));
    for (const source of [bytes, inPieces(bytes, () => 1)]) {
      const { events, error } = await collect(source);
      expect(rowsOf(events)).toBe(3);
      expect(error).toMatchObject({ details: { row: 3 } });
    }
  });

  it('refuses text that is not base64', async () => {
    const data = '<BINARY><STREAM encoding="base64">AA*A</STREAM></BINARY>';
    expect((await refusal(document(field('int'), data))).message).toContain(
      'not base64'
    );
  });

  it('fetches nothing from elsewhere', async () => {
    const data = '<BINARY2><STREAM href="http://127.0.0.1/rows"/></BINARY2>';
    const error = await refusal(document(field('int'), data));
    expect(error.message).toContain('points elsewhere, to “http://127.0.0.1/rows”');
  });

  it.each([
    ['gzip', 'the encoding “gzip”; inside a VOTable only base64'],
    ['dynamic', 'the encoding “dynamic”'],
    ['none', 'the encoding “none”']
  ])(
    'refuses rows in the encoding %s, which XML cannot hold',
    async (encoding, words) => {
      const stream = `<STREAM encoding="${encoding}">H4sIAAAA</STREAM>`;
      const error = await refusal(
        document(field('int'), `<BINARY2>${stream}</BINARY2>`)
      );
      expect(error.kind).toBe('bad-answer');
      expect(error.message).toContain(words);
      expect(error.details.hint).toMatch(/as BINARY2 or TABLEDATA\.$/);
    }
  );

  it.each([
    ['FITS', '<FITS extnum="1"><STREAM encoding="base64">AAAA</STREAM></FITS>'],
    ['FITS', '<FITS><STREAM href="http://127.0.0.1:9/rows.fits"/></FITS>'],
    ['PARQUET', '<PARQUET type="VOTable-remote-file"><STREAM href="x.pq"/></PARQUET>']
  ])('names the format %s, which is not read', async (format, data) => {
    const error = await refusal(document(field('int'), data));
    expect(error.kind).toBe('bad-answer');
    expect(error.message).toContain(`in the format ${format}, which is not read`);
  });

  it('reads an empty stream as no rows, with data but no columns refused', async () => {
    const data = '<BINARY><STREAM encoding="base64"> \n</STREAM></BINARY>';
    expect((await firstTable(document(field('int'), data))).arrow.numRows).toBe(0);
    const error = await refusal(binary('', Uint8Array.of(1, 2, 3)));
    expect(error.message).toContain('no columns');
  });
});

describe('BINARY2', () => {
  const fields = Array.from(
    { length: 17 },
    (_, index) => `<FIELD name="c${index}" datatype="unsignedByte"/>`
  ).join('');

  it('has a flag for each of 17 columns, the first most significant', async () => {
    const flags = [0b01000000, 0b00000001, 0b10000000];
    const row = [...flags, ...Array.from({ length: 17 }, (_, index) => index)];
    const { arrow } = await firstTable(binary(fields, Uint8Array.from(row), 'BINARY2'));
    const nulls = arrow.schema.fields
      .map((_, index) => index)
      .filter(index => arrow.getChildAt(index)?.get(0) === null);
    expect(nulls).toEqual([1, 15, 16]);
    expect(arrow.getChildAt(14)?.get(0)).toBe(14);
  });

  it('keeps an empty string and an empty array apart from null', async () => {
    const bytes = Uint8Array.from([0, ...ints(0), 0x80, ...ints(0)]);
    for (const [column, empty] of [
      [field('char', '*'), ''],
      [field('int', '*'), []]
    ] as const) {
      expect(await firstColumn(binary(column, bytes, 'BINARY2'))).toEqual([
        empty,
        null
      ]);
    }
  });

  it('takes the magic value for null even without a flag', async () => {
    const column = field('short', undefined, '<VALUES null="7"/>');
    const bytes = Uint8Array.of(0, 0, 7, 0, 0, 8);
    expect(await firstColumn(binary(column, bytes, 'BINARY2'))).toEqual([null, 8]);
  });
});
