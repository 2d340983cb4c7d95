import type { Data } from 'apache-arrow';
import { describe, expect, it } from 'vitest';

import {
  FloatColumn,
  IntegerColumn,
  LongColumn
} from '../../../../src/protocol/votable/columns/numeric.js';
import { StringColumn } from '../../../../src/protocol/votable/columns/string.js';
import { Validity } from '../../../../src/protocol/votable/columns/validity.js';
import { streamVOTable } from '../../../../src/protocol/votable/index.js';
import { collect, inPieces, tabledata, utf8, warnings } from './support.js';

/** All columns that read text directly. */
const DIRECT = [
  ['int', () => new IntegerColumn(4, NaN)],
  ['long', () => new LongColumn(null)],
  ['double', () => new FloatColumn(8, null)],
  ['char', () => new StringColumn({ unit: 1, length: null, block: 1 }, null, () => {})]
] as const;

function input(text: string) {
  const bytes = utf8(text);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** The memory of these data, once each. */
function buffers(data: Data): ArrayBufferLike[] {
  const own = [data.values, data.valueOffsets, data.nullBitmap].flatMap(view =>
    view !== undefined && view.byteLength > 0 ? [view.buffer as ArrayBuffer] : []
  );
  return [...own, ...data.children.flatMap(buffers)];
}

describe.each(DIRECT)('a column of %s', (_name, create) => {
  it('takes its last cell back', () => {
    const column = create();
    const cell = input('12</TD>');
    column.appendNull();
    expect(column.readText(cell, 0, 7)).toBe(2);
    expect(column.readText(cell, 0, 7)).toBe(2);
    column.dropLast();
    column.appendNull();
    column.appendNull();
    column.dropLast();
    expect(column.readText(input('7</TD>'), 0, 6)).toBe(1);
    const data = column.take();
    expect([data.length, data.nullCount, data.nullBitmap?.[0]]).toEqual([4, 2, 0b1010]);
  });

  it('adds nothing for a cell that does not end', () => {
    const column = create();
    expect(column.readText(input('12</TD>'), 0, 2)).toBe(-1);
    expect(column.length).toBe(0);
  });

  it('has the same under a null in every batch', () => {
    const column = create();
    column.readText(input('12</TD>'), 0, 7);
    column.take();
    column.appendNull();
    const { values, valueOffsets } = column.take();
    expect(valueOffsets?.[1] ?? Number(values[0])).toBe(0);
  });
});

describe('Validity', () => {
  it('has a bit for each cell, from the first null on and before', () => {
    for (let length = 1; length < 600; length += 13) {
      const validity = new Validity();
      const isValid = (row: number) => row < length - 5 || row % 3 !== 0;
      for (let row = 0; row < length + 9; row++) {
        validity.append(isValid(row));
      }
      const { nullBitmap, nullCount } = validity.take();
      const bits = Array.from(
        { length: length + 9 },
        (_, row) => (((nullBitmap?.[row >> 3] ?? 0) >> (row & 7)) & 1) === 1
      );
      expect(bits).toEqual(bits.map((_, row) => isValid(row)));
      expect(nullCount).toBe(bits.filter(bit => !bit).length);
    }
  });
});

describe('batches', () => {
  it('share no memory with each other, and columns neither', async () => {
    const fields = ['int', 'long', 'double', 'char', 'boolean']
      .map(type => `<FIELD name="${type}" datatype="${type}" arraysize="*"/>`)
      .join('');
    const row = `<TR>${'<TD>1</TD>'.repeat(5)}</TR><TR><TD/><TD/><TD/><TD/><TD/></TR>`;
    const all: ArrayBufferLike[] = [];
    for await (const event of streamVOTable(
      utf8(tabledata(fields, row.repeat(2000)))
    )) {
      if (event.type === 'batch') {
        all.push(...buffers(event.batch.data));
      }
    }
    expect(all.length).toBeGreaterThan(20);
    expect(new Set(all).size).toBe(all.length);
  });

  it('count a repair once, however the document is cut', async () => {
    const fields =
      '<FIELD name="a" datatype="int"/><FIELD name="b" datatype="int" arraysize="2"/>';
    const text = tabledata(fields, '<TR><TD>1</TD><TD>1 2 3</TD></TR>');
    const whole = await warnings(text);
    expect(whole).toHaveLength(1);
    for (const size of [1, 2, 3, 5, 7, 11]) {
      const { events } = await collect(inPieces(utf8(text), () => size));
      expect(events.at(-1)).toMatchObject({ type: 'end', warnings: whole });
    }
  });
});
