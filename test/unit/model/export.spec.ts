import { type RecordBatch, tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { type IRowsToPack, packRows } from '../../../src/model/export/ipc.js';
import { streamVOTable } from '../../../src/protocol/votable/stream.js';
import type { IVOTableHead } from '../../../src/protocol/votable/types.js';

/** One column of each type there is; the values of a row follow from its number. */
const FIELDS = [
  ['name', 'datatype="char" arraysize="*" ucd="meta.id" utype="a:b.c"'],
  ['ra', 'datatype="double" unit="deg" ucd="pos.eq.ra"'],
  ['mag', 'datatype="float" unit="mag"'],
  ['count', 'datatype="long"'],
  ['level', 'datatype="short"'],
  ['byte', 'datatype="unsignedByte"'],
  ['int', 'datatype="int"'],
  ['good', 'datatype="boolean"'],
  ['pair', 'datatype="double" arraysize="2"'],
  ['list', 'datatype="int" arraysize="*"'],
  ['words', 'datatype="char" arraysize="3x*"'],
  ['flags', 'datatype="bit" arraysize="4"'],
  ['flux', 'datatype="floatComplex"']
] as const;

/** Rows of the document: enough for three record batches. */
const ROWS = 18_500;

function row(i: number): string {
  const cells = [
    i % 7 === 0 ? '' : `é${'x'.repeat(i % 5)}${i}`,
    i % 5 === 0 ? '' : String(i / 3),
    String(i / 4),
    i % 3 === 0 ? '' : String(9007199254740993n + BigInt(i)),
    String(i % 100),
    String(i % 250),
    String(-i),
    i % 11 === 0 ? '?' : i % 2 ? 'T' : 'F',
    `${i} ${-i}`,
    Array.from({ length: i % 4 }, (_, at) => i + at).join(' '),
    'abcdef'.slice(0, 3 * (i % 3)),
    (i % 16).toString(2).padStart(4, '0'),
    `${i} 0.5`
  ];
  return `<TR>${cells.map(cell => `<TD>${cell}</TD>`).join('')}</TR>`;
}

let head: IVOTableHead;
const batches: RecordBatch[] = [];

beforeAll(async () => {
  const fields = FIELDS.map(([name, rest]) => `<FIELD name="${name}" ${rest}/>`).join(
    ''
  );
  const rows = Array.from({ length: ROWS }, (_, i) => row(i)).join('');
  const text = `<VOTABLE version="1.4"><RESOURCE type="results"><TABLE>${fields}<DATA><TABLEDATA>${rows}</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>`;
  for await (const event of streamVOTable(new TextEncoder().encode(text))) {
    if (event.type === 'head') {
      head = event.head;
    } else if (event.type === 'batch') {
      batches.push(event.batch);
    }
  }
  expect(batches.length).toBeGreaterThan(1);
});

async function pack(part: Partial<IRowsToPack>, pause = (): void => undefined) {
  const { schema } = head;
  const pieces = await packRows(
    { schema, batches, rows: null, columns: null, ...part },
    pause
  );
  return tableFromIPC(new Uint8Array(await new Blob(pieces).arrayBuffer()));
}

/** A cell of what was read, as JSON; longs keep all digits. */
function cellOf(column: string, at: number): string {
  let first = 0;
  const batch = batches.find(each => (first += each.numRows) > at)!;
  return plain(batch.getChild(column)?.get(at - first + batch.numRows));
}

function plain(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') {
      return `${part}n`;
    }
    return ArrayBuffer.isView(part) ? Array.from(part as Float64Array) : part;
  });
}

describe('packRows', () => {
  it('packs what came, with units, UCDs and all that was said of the columns', async () => {
    const table = await pack({ about: new Map([['adql', 'SELECT 1']]) });
    expect(table.numRows).toBe(ROWS);
    expect(table.schema.metadata.get('adql')).toBe('SELECT 1');
    const metadata = (name: string): object =>
      Object.fromEntries(
        table.schema.fields.find(field => field.name === name)!.metadata
      );
    expect(metadata('ra')).toMatchObject({
      unit: 'deg',
      ucd: 'pos.eq.ra',
      datatype: 'double'
    });
    expect(metadata('name')).toMatchObject({ ucd: 'meta.id', utype: 'a:b.c' });
    for (const [name] of FIELDS) {
      for (const at of [0, 1, 999, 1000, 17_383, 17_384, ROWS - 1]) {
        expect(plain(table.getChild(name)?.get(at)), `${name} ${at}`).toBe(
          cellOf(name, at)
        );
      }
    }
  });

  it('packs any rows of any columns in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(ROWS - 1), { maxLength: 60 }),
        fc.uniqueArray(fc.nat(FIELDS.length - 1), { minLength: 1 }),
        async (rows, columns) => {
          const table = await pack({ rows: Uint32Array.from(rows), columns });
          expect(table.numRows).toBe(rows.length);
          const names = columns.map(column => FIELDS[column][0]);
          expect(table.schema.fields.map(({ name }) => name)).toEqual(names);
          for (const name of names) {
            const cells = rows.map((_, at) => plain(table.getChild(name)?.get(at)));
            expect(cells).toEqual(rows.map(at => cellOf(name, at)));
          }
        }
      ),
      { numRuns: 40 }
    );
  });

  it('says what the columns are also where no row is', async () => {
    const table = await pack({ rows: new Uint32Array(0) });
    expect(table.numRows).toBe(0);
    expect(table.schema.fields).toHaveLength(FIELDS.length);
    expect((await pack({ batches: [] })).schema.fields[1].metadata.get('unit')).toBe(
      'deg'
    );
  });

  it('lets the page have its turn between columns, and stops when told to', async () => {
    const rows = Uint32Array.from({ length: ROWS }, (_, at) => ROWS - 1 - at);
    const pause = vi.fn();
    await pack({ rows }, pause);
    expect(pause.mock.calls.length).toBeGreaterThan(2 * FIELDS.length);
    const stop = (): void => {
      throw new DOMException('Stopped.', 'AbortError');
    };
    await expect(pack({ rows }, stop)).rejects.toThrow('Stopped.');
  });
});
