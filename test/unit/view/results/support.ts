import {
  Bool,
  Float32,
  Float64,
  Int32,
  Int64,
  Table,
  Utf8,
  vectorFromArray
} from 'apache-arrow';
import type { DataType, RecordBatch } from 'apache-arrow';

import type {
  IArchive,
  IQuery,
  ISearchTable
} from '../../../../src/archives/archive.js';
import { RowStore } from '../../../../src/model/columns.js';
import { RowView } from '../../../../src/model/rowview.js';
import { runOnPage } from '../../../../src/model/table/pause.js';
import type {
  IVOTableField,
  VOTableDatatype
} from '../../../../src/protocol/votable/types.js';
import type {
  IVOTableHead,
  VOTableEvent
} from '../../../../src/protocol/votable/types.js';
import { archiveOf as modelArchiveOf } from '../../model/rows.js';

/** A field; what is not given is null. */
export function field(
  name: string,
  datatype: VOTableDatatype,
  more: Partial<IVOTableField> = {}
): IVOTableField {
  const nothing = { id: null, arraysize: null, unit: null, ucd: null, utype: null };
  return {
    ...nothing,
    xtype: null,
    description: null,
    nullValue: null,
    name,
    datatype,
    ...more
  };
}

/** A column of a table: its field and its cells. */
export interface IColumn {
  readonly field: IVOTableField;
  readonly cells: readonly unknown[];
}

const ARROW: Partial<Record<VOTableDatatype, () => DataType>> = {
  char: () => new Utf8(),
  int: () => new Int32(),
  long: () => new Int64(),
  double: () => new Float64(),
  float: () => new Float32(),
  boolean: () => new Bool()
};

/** A batch of rows. */
export function batchOf(columns: readonly IColumn[]): RecordBatch {
  const entries = columns.map(({ field: { datatype }, cells }, index) => {
    const type = ARROW[datatype];
    return [
      String(index),
      type ? vectorFromArray(cells, type()) : vectorFromArray(cells)
    ];
  });
  return new Table(Object.fromEntries(entries)).batches[0];
}

/** A head for the columns. */
export function headOf(columns: readonly IColumn[]): IVOTableHead {
  const fields = columns.map(column => column.field);
  const { schema } = batchOf(columns);
  return {
    id: null,
    name: null,
    description: null,
    fields,
    schema,
    rowsPromised: null
  };
}

/** A store that has the rows. */
export function storeOf(columns: readonly IColumn[]): RowStore {
  const store = new RowStore(headOf(columns));
  const batch = batchOf(columns);
  if (batch.numRows > 0) {
    store.append(batch);
  }
  return store;
}

/** The rows as they arrived; sorted and filtered on the page. */
export function viewOf(columns: readonly IColumn[]): RowView {
  return new RowView(storeOf(columns), runOnPage);
}

/** Three rows of ObsCore, not in the order of the standard. */
export function obscore(rows = 3): IColumn[] {
  const cells = <T>(make: (row: number) => T): T[] =>
    Array.from({ length: rows }, (_, row) => make(row));
  const deg = { unit: 'deg' };
  return [
    {
      field: field('obs_collection', 'char', { arraysize: '*' }),
      cells: cells(() => 'DP02')
    },
    {
      field: field('s_dec', 'double', { ...deg, description: 'Declination, ICRS' }),
      cells: cells(row => -32.286234567 + row)
    },
    {
      field: field('s_ra', 'double', { ...deg, description: 'Right ascension, ICRS' }),
      cells: cells(row => 55.7467 + row)
    },
    {
      field: field('t_min', 'double', { unit: 'd' }),
      cells: cells(row => (row === 1 ? null : 57657.127881944))
    },
    { field: field('calib_level', 'int'), cells: cells(row => row) },
    {
      field: field('access_estsize', 'long', { unit: 'kbyte' }),
      cells: cells(() => 58600n)
    },
    {
      field: field('obs_id', 'char', { arraysize: '*' }),
      cells: cells(row => `obs-${row}`)
    },
    { field: field('em_min', 'double', { unit: 'm' }), cells: cells(() => 6.9e-7) },
    {
      field: field('big', 'long'),
      cells: cells(row => 9007199254740993n + BigInt(row))
    }
  ];
}

/** A query and the table it is for. */
export const TABLE: ISearchTable = {
  name: 'ivoa.ObsCore',
  title: 'ObsCore',
  service: 'https://tap.example.org/tap?token=secret'
};

/** A query. */
export const QUERY: IQuery = { adql: 'SELECT *\nFROM ivoa.ObsCore', maxrec: 100 };

/** An archive that answers with these events. */
export function archiveOf(
  run: (signal: AbortSignal) => AsyncIterable<VOTableEvent>
): IArchive {
  const { definition, discover } = modelArchiveOf(
    (_, signal) => run(signal),
    'Example'
  );
  return {
    definition,
    discover: discover && { ...discover, tables: [TABLE] }
  };
}

/** The events of an answer with one table. */
export function answer(
  columns: readonly IColumn[],
  end: Partial<Extract<VOTableEvent, { type: 'end' }>> = {}
): VOTableEvent[] {
  const batch = batchOf(columns);
  const nothing = { infos: [], resources: [], warnings: [], message: '' };
  return [
    { type: 'head', table: 0, head: headOf(columns), infos: [] },
    { type: 'batch', table: 0, batch, rows: batch.numRows, bytes: 1_400_000 },
    { type: 'end', status: 'OK', ...nothing, bytes: 1_400_000, ...end }
  ];
}

/** What a canvas of jsdom lacks: contexts that measure seven px a letter and draw nothing. */
export function fakeCanvas(): void {
  const getContext = function (this: HTMLCanvasElement): unknown {
    return new Proxy(
      { canvas: this, measureText: (text: string) => ({ width: text.length * 7 }) },
      {
        get: (target, key) =>
          key in target ? target[key as keyof typeof target] : () => undefined,
        set: () => true
      }
    );
  };
  Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
    value: getContext,
    configurable: true,
    writable: true
  });
}
