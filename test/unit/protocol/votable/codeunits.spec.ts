import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  binary,
  type Cell,
  collect,
  columnCells,
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

type Counts = 'units' | 'characters';
type Format = 'BINARY' | 'BINARY2';

interface IRow {
  readonly id: number;
  readonly title: string;
  readonly code: string;
  readonly value: number;
}

const FIELDS =
  '<FIELD name="id" datatype="int"/>' +
  '<FIELD name="title" datatype="unicodeChar" arraysize="*"/>' +
  '<FIELD name="code" datatype="unicodeChar" arraysize="3"/>' +
  '<FIELD name="value" datatype="double"/>';

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** The part of a code that fits in its three places. */
function fixed({ code }: IRow, counts: Counts): string {
  return counts === 'units' ? code.slice(0, 3) : [...code].slice(0, 3).join('');
}

/** A row on one line, with half pairs as they are read. */
function shown({ id, title, code, value }: IRow): string {
  return [id, title, code, value].join('|').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** A row as a writer stores it that counts in one way or the other. */
function encoded(one: IRow, counts: Counts): Buffer {
  const { id, title, value } = one;
  const length = counts === 'units' ? title.length : [...title].length;
  const double = Buffer.alloc(8);
  double.writeDoubleBE(value);
  return Buffer.concat([
    int(id),
    int(length),
    utf16(title),
    utf16(fixed(one, counts)),
    double
  ]);
}

function stream(rows: readonly IRow[], counts: Counts, format: Format): Buffer {
  const flags = Buffer.alloc(format === 'BINARY2' ? 1 : 0);
  return Buffer.concat(rows.flatMap(row => [flags, encoded(row, counts)]));
}

function row(id: number, title: string): IRow {
  return { id, title, code: 'abc', value: 1.5 };
}

async function titles(text: string): Promise<Cell[]> {
  return columnCells((await firstTable(text)).arrow, 1);
}

const ROWS = [row(1, 'plain'), row(2, 'telescope 🔭 here'), row(3, 'after')];

describe.each(['BINARY', 'BINARY2'] as const)('lengths of text in %s', format => {
  it.each(['units', 'characters'] as const)(
    'are read where they count %s',
    async counts => {
      const text = binary(FIELDS, stream(ROWS, counts, format), format);
      expect(await titles(text)).toEqual(ROWS.map(({ title }) => title));
      const said = (await warnings(text)).join();
      expect(said).toMatch(
        counts === 'units' ? /^$/ : /counts characters.*from a text .* in row 2/
      );
    }
  );

  it('are read where the only text beyond U+FFFF is in the last row', async () => {
    for (const counts of ['units', 'characters'] as const) {
      const rows = [ROWS[0], ROWS[1]];
      const text = binary(FIELDS, stream(rows, counts, format), format);
      expect(await titles(text), counts).toEqual(['plain', 'telescope 🔭 here']);
    }
  });

  it('never shift a row: what fits neither way is refused where it begins', async () => {
    const damaged = Buffer.concat([
      stream(ROWS, 'characters', format),
      Buffer.alloc(11, 1)
    ]);
    const { events, error } = await collect(utf8(binary(FIELDS, damaged, format)));
    expect(rowsOf(events)).toBe(1);
    expect(error).toMatchObject({
      kind: 'bad-answer',
      details: { row: 1, column: 1 }
    });
    expect((error as Error).message).toMatch(
      /^Row 2, column “title” .*unclear length\.$/
    );
  });

  it('never shift a row of any table, however it comes', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 6 });
    const anyRow = fc.record({
      id: fc.nat(),
      title: text.map(words => words.replaceAll('\0', '')),
      code: fc.constantFrom('abc', 'a🔭c', 'ab🔭', '🔭🔭🔭'),
      value: fc.double({ noNaN: true })
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('units' as const, 'characters' as const),
        fc.integer({ min: 1, max: 400 }),
        async (rows, counts, size) => {
          const whole = utf8(binary(FIELDS, stream(rows, counts, format), format));
          const { events, error } = await collect(inPieces(whole, () => size));
          expect(error).toBeNull();
          const got = events.flatMap(event =>
            event.type === 'batch'
              ? event.batch.toArray().map(one => shown(one.toJSON() as unknown as IRow))
              : []
          );
          expect(got).toEqual(
            rows.map(one => shown({ ...one, code: fixed(one, counts) }))
          );
        }
      ),
      { numRuns: 60 }
    );
  });
});

describe('a stream with text beyond U+FFFF', () => {
  it.each([
    ['is cut off', ''],
    ['holds other text', '!'],
    ['ends too early', '</STREAM>']
  ])('is settled alike however it comes, where it %s', async (_, end) => {
    const whole = binary(FIELDS, stream(ROWS, 'units', 'BINARY'));
    const start = whole.indexOf('base64">');
    for (let at = start; at < whole.indexOf('</STREAM>'); at++) {
      const bytes = utf8(whole.slice(0, at) + end);
      const [once, slowly] = [
        await collect(bytes),
        await collect(inPieces(bytes, () => 1))
      ];
      expect(rowsOf(slowly.events), `broken at ${at}`).toBe(rowsOf(once.events));
      expect(slowly.error).toEqual(once.error);
    }
  });

  it('is given away while it comes if it follows the standard', async () => {
    const many = Array.from({ length: 5000 }, (_, id) => row(id, `🔭 ${id}`));
    const text = binary(FIELDS, stream(many, 'units', 'BINARY2'), 'BINARY2');
    const cut = utf8(text.slice(0, text.length / 2));
    const { events } = await collect(cut);
    expect(rowsOf(events)).toBeGreaterThan(2000);
  });

  it('gives the rows before the doubtful one when it is cut', async () => {
    const rows = [...ROWS, ...Array.from({ length: 9 }, (_, id) => row(id, 'x'))];
    const text = binary(FIELDS, stream(rows, 'characters', 'BINARY2'), 'BINARY2');
    const { events, error } = await collect(utf8(text.slice(0, -120)));
    expect(rowsOf(events)).toBe(1);
    expect(error).toMatchObject({ details: { row: 1 } });
  });

  it('as DaCHS 2.7 sends it has all its cells', async () => {
    const data =
      'AAAAAAEAAAAFAHAAbABhAGkAbgAAAAACAAAAEAB0AGUAbABlAHMAYwBvAHAAZQAg2D3dLQAgAGgA' +
      'ZQByAGUAAAAAAwAAAAUAYQBmAHQAZQBy';
    const fields =
      field('int') + '<FIELD name="title" datatype="unicodeChar" arraysize="*"/>';
    const text = document(fields, `<BINARY2><STREAM>${data}</STREAM></BINARY2>`);
    expect(await titles(text)).toEqual(['plain', 'telescope 🔭 here', 'after']);
    expect(await firstColumn(text)).toEqual([1, 2, 3]);
  });

  it('takes half a pair at the end of a text for what it is', async () => {
    const half = { ...row(2, 'cut'), title: 'cut \ud83d' };
    const rows = [ROWS[0], half, ROWS[2]];
    const text = binary(FIELDS, stream(rows, 'units', 'BINARY'));
    expect(await titles(text)).toEqual(['plain', 'cut \ufffd', 'after']);
    expect((await refusal(text.replace('</STREAM>', 'AAAA</STREAM>'))).message).toMatch(
      /breaks off in row 4/
    );
  });
});
