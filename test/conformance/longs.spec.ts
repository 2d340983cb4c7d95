import { describe, expect, it } from 'vitest';

import { RowStore } from '../../src/model/columns.js';
import { streamVOTable } from '../../src/protocol/votable/index.js';
import { resultColumns, screenText } from '../../src/view/results/columns.js';
import { tableText } from '../../src/view/results/copying.js';
import { recordColumns } from '../../src/view/results/record.js';
import { binary, tabledata, utf8 } from '../unit/protocol/votable/support.js';

const LONGS = ['9223372036854775807', '9007199254740993', '-9223372036854775807'];
const FIELDS = '<FIELD name="id" datatype="long"/>';

function big(value: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

const ROWS = LONGS.map(value => `<TR><TD>${value}</TD></TR>`).join('');
const BINARY = Buffer.concat(LONGS.map(big));
const BINARY2 = Buffer.concat(LONGS.flatMap(value => [Buffer.alloc(1), big(value)]));

/** The table of a document, as the Results tab keeps it. */
async function stored(text: string): Promise<RowStore> {
  let store: RowStore | null = null;
  for await (const event of streamVOTable(utf8(text))) {
    if (event.type === 'head') {
      store = new RowStore(event.head);
    } else if (event.type === 'batch') {
      store?.append(event.batch);
    }
  }
  if (store === null) {
    throw new Error('The document has no table.');
  }
  return store;
}

describe.each([
  ['TABLEDATA', tabledata(FIELDS, ROWS)],
  ['BINARY', binary(FIELDS, BINARY)],
  ['BINARY2', binary(FIELDS, BINARY2, 'BINARY2')]
])('64-bit integers from %s', (_serialization, text) => {
  it('VO-22: keep all digits in the grid, in the record and in a copy', async () => {
    const store = await stored(text);
    const columns = resultColumns(store.fields);
    const shown = LONGS.map((_, row) => screenText(columns[0], store.value(row, 0)));
    expect(shown).toEqual(LONGS.map(digits => digits.replace('-', '\u2212')));
    expect(LONGS.map((_, row) => recordColumns(store, row)[0].value)).toEqual(LONGS);
    const copied = tableText({ columns, store, rows: [0, 1, 2] });
    expect(copied.split('\n').slice(1)).toEqual(LONGS);
  });
});
