import { describe, expect, it } from 'vitest';

import {
  binary,
  collect,
  columnCells,
  field,
  firstTable,
  inPieces,
  refusal,
  rowsOf,
  tabledata,
  utf8
} from './support.js';

const TEXT = field('char', '*');
const MEGABYTE = new Uint8Array(1024 * 1024).fill(120);

/** A table with one row before a cell of so many megabytes, made while it is read. */
function withHugeCell(megabytes: number): ReadableStream<Uint8Array> {
  const [head, tail] = tabledata(TEXT, '<TR><TD>a</TD></TR><TR><TD>|</TD></TR>').split(
    '|'
  );
  let sent = -1;
  return new ReadableStream({
    pull(controller) {
      if (sent === megabytes) {
        controller.enqueue(utf8(tail));
        controller.close();
      } else {
        controller.enqueue(sent < 0 ? utf8(head) : MEGABYTE);
      }
      sent += 1;
    }
  });
}

describe('a hostile table', () => {
  it.each(['BINARY', 'BINARY2'])(
    'with a string of 4 GB in 10 kB of %s keeps the rows before it',
    async format => {
      const flag = format === 'BINARY2' ? [0] : [];
      const good = [...flag, 0, 0, 0, 1, 97];
      const bad = [...flag, 0x7f, 0xff, 0xff, 0xff, ...Array<number>(10_000).fill(98)];
      const bytes = Uint8Array.from([...good, ...good, ...bad]);
      const { events, error } = await collect(utf8(binary(TEXT, bytes, format)));
      expect(rowsOf(events)).toBe(2);
      expect(error).toMatchObject({
        kind: 'bad-answer',
        details: { row: 2, column: 0 }
      });
    }
  );

  it('with a cell of 100 MB is read', async () => {
    const { events, error } = await collect(withHugeCell(100));
    expect(error).toBeNull();
    expect(rowsOf(events)).toBe(2);
  }, 60_000);

  it('with an endless cell is refused, and the row before it kept', async () => {
    const { events, error } = await collect(withHugeCell(10_000));
    expect(rowsOf(events)).toBe(1);
    expect(error).toMatchObject({ kind: 'bad-answer', details: { row: 1 } });
  }, 60_000);

  it.each([1, 0, 3, 1e9])(
    'that promises %d rows and has two is one of two',
    async rows => {
      const text = tabledata(field('int'), '<TR><TD>1</TD></TR><TR><TD>2</TD></TR>');
      const { arrow } = await firstTable(
        text.replace('<TABLE>', `<TABLE nrows="${rows}">`)
      );
      expect(columnCells(arrow, 0)).toEqual([1, 2]);
    }
  );

  it('whose arraysize is larger than its cells ends with row and column', async () => {
    const two = field('short') + '<FIELD name="y" datatype="int" arraysize="3"/>';
    const row = [0, 1, 0, 0, 0, 1, 0, 0, 0, 2];
    const error = await refusal(binary(two, Uint8Array.from(row)));
    expect(error.details).toMatchObject({ row: 0, column: 1 });
  });

  it('of 10,000 columns is read, and one of 20,001 refused', async () => {
    const fields = (count: number): string =>
      Array.from(
        { length: count },
        (_, index) => `<FIELD name="c${index}" datatype="int"/>`
      ).join('');
    const cells = Array.from({ length: 10_000 }, (_, index) => `<TD>${index}</TD>`);
    const row = `<TR>${cells.join('')}</TR>`;
    const { arrow } = await firstTable(tabledata(fields(10_000), row));
    expect(columnCells(arrow, 9_999)).toEqual([9_999]);
    expect((await refusal(tabledata(fields(20_001), ''))).message).toContain(
      '20001 columns'
    );
  });

  it('with 1001 attributes in one tag is refused before it is parsed', async () => {
    const attributes = (count: number): string =>
      Array.from({ length: count }, (_, index) => ` a${index}="x"`).join('');
    const text = (count: number): string =>
      tabledata(`<FIELD name="x" datatype="int"${attributes(count - 2)}/>`, '');
    expect((await refusal(text(1001))).message).toContain('more than 1000 attributes');
    expect((await firstTable(text(1000))).fields).toHaveLength(1);
  });

  it('with more bare ampersands than an oversight makes is refused', async () => {
    const text = `<VOTABLE><DESCRIPTION>${'&'.repeat(20_000)}</DESCRIPTION></VOTABLE>`;
    expect((await refusal(text)).message).toContain('more than 10000 “&”');
  });

  it('that stops at any byte ends with an error and the rows before', async () => {
    const bytes = utf8(tabledata(TEXT, '<TR><TD>a</TD></TR>'.repeat(3)));
    for (let length = 0; length < bytes.length; length++) {
      const { events, error } = await collect(
        inPieces(bytes.slice(0, length), () => 40)
      );
      expect(error, String(length)).toMatchObject({ kind: 'bad-answer' });
      const text = new TextDecoder().decode(bytes.slice(0, length));
      expect(rowsOf(events)).toBe(text.split('</TR>').length - 1);
    }
  });
});
