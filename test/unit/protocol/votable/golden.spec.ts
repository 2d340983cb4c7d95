import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';

import { readVOTable } from '../../../../src/protocol/votable/index.js';
import { type Cell, columnCells, fixture, inPieces } from './support.js';

type Rows = readonly Readonly<Record<string, Cell>>[];

interface IGolden {
  readonly columns: readonly { readonly name: string }[];
  readonly tabledata: Rows;
  readonly binary: Rows;
  readonly binary2: Rows;
}

const golden = JSON.parse(
  new TextDecoder().decode(fixture('synthetic_golden_expected.json'))
) as IGolden;

const DOCUMENTS: readonly [string, 'tabledata' | 'binary' | 'binary2'][] = [
  ['synthetic_golden_tabledata.xml', 'tabledata'],
  ['synthetic_golden_tabledata.xml.gz', 'tabledata'],
  ['synthetic_golden_bom.xml', 'tabledata'],
  ['synthetic_golden_no_namespace.xml', 'tabledata'],
  ['synthetic_golden_prefixed_tabledata.xml', 'tabledata'],
  ['synthetic_golden_overflow_trailing.xml', 'tabledata'],
  ['synthetic_golden_error_trailing.xml', 'tabledata'],
  ['synthetic_golden_binary.xml', 'binary'],
  ['synthetic_golden_binary2.xml', 'binary2'],
  ['synthetic_golden_prefixed_binary2.xml', 'binary2']
];

/** A generator of sizes that is the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state % 65536 < 32768 ? 1 + (state % 23) : 1 + (state % 900);
  };
}

const SIZES: readonly [string, () => () => number][] = [
  ['byte by byte', () => () => 1],
  ['in pieces of 7', () => () => 7],
  ['in pieces of 64 kB', () => () => 65536],
  ['in random pieces', () => random(7)],
  ['in other random pieces', () => random(20261121)]
];

describe.each(DOCUMENTS)('%s', (name, serialization) => {
  it.each(SIZES)('has the expected cells when it comes %s', async (_how, sizes) => {
    const document = await readVOTable(inPieces(fixture(name), sizes()));
    const [table] = document.tables;
    const expected = golden[serialization];
    expect(table.fields.map(field => field.name)).toEqual(
      golden.columns.map(column => column.name)
    );
    golden.columns.forEach((column, index) => {
      const cells = columnCells(table.arrow, index);
      const wanted = expected.map(row => flat(column.name, row[column.name]));
      expect(cells, column.name).toEqual(wanted);
    });
  });
});

it('goes through Arrow IPC without loss, as on its way to the kernel', async () => {
  const [{ arrow }] = (await readVOTable(fixture('synthetic_golden_tabledata.xml')))
    .tables;
  const received = tableFromIPC(tableToIPC(arrow, 'stream'));
  expect(received.schema.fields.map(({ metadata }) => metadata.get('ucd'))).toContain(
    'pos.eq.ra;meta.main'
  );
  golden.columns.forEach((column, index) => {
    expect(columnCells(received, index), column.name).toEqual(
      columnCells(arrow, index)
    );
  });
});

/** Arrow lists have one level: `3x*` is stored like `*`. */
function flat(column: string, cell: Cell): Cell {
  return column === 'm3' && Array.isArray(cell) ? cell.flat() : cell;
}
