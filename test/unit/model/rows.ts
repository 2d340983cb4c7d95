import {
  makeTable,
  type RecordBatch,
  type Schema,
  Table,
  tableFromArrays
} from 'apache-arrow';

import { OBSCORE_PROFILE } from '../../../src/protocol/obscore.js';
import { queriesOf } from '../../support/forms.js';
import type { IArchive, IQuery, ISearchTable } from '../../../src/archives/archive.js';
import type { IAskOptions } from '../../../src/protocol/transport.js';
import type {
  IVOTableField,
  IVOTableHead,
  VOTableEvent
} from '../../../src/protocol/votable/types.js';

/** A table of two columns, `obs_id` (char *) and `s_ra` (double, deg), with the given rows. */
export function batchOf(rows: readonly (readonly [string, number])[]): RecordBatch {
  const table = tableFromArrays({
    obs_id: rows.map(([id]) => id),
    s_ra: Float64Array.from(rows, ([, ra]) => ra)
  });
  return new Table(table.batches).batches[0];
}

/** A field of which only the name, the datatype and the unit matter. */
export function field(
  name: string,
  datatype: 'char' | 'double',
  unit: string | null
): IVOTableField {
  return {
    name,
    id: null,
    datatype,
    arraysize: datatype === 'char' ? '*' : null,
    unit,
    ucd: null,
    utype: null,
    xtype: null,
    description: null,
    nullValue: null
  };
}

/** The head of the table that {@link batchOf} makes batches of. */
export function headOf(fields: readonly IVOTableField[] = OBSERVATION): IVOTableHead {
  const schema: Schema = makeTable({ s_ra: new Float64Array() }).schema;
  return {
    id: null,
    name: null,
    description: null,
    fields,
    schema,
    rowsPromised: null
  };
}

const OBSERVATION = [field('obs_id', 'char', null), field('s_ra', 'double', 'deg')];

/** The start of an answer. */
export function headEvent(fields?: readonly IVOTableField[]): VOTableEvent {
  return { type: 'head', table: 0, head: headOf(fields), infos: [] };
}

/** Some rows of an answer. */
export function batchEvent(
  rows: readonly (readonly [string, number])[],
  before = 0
): VOTableEvent {
  const bytes = 100 * (before + rows.length);
  return {
    type: 'batch',
    table: 0,
    batch: batchOf(rows),
    rows: before + rows.length,
    bytes
  };
}

/** The end of an answer. */
export function endEvent(
  status: 'OK' | 'OVERFLOW' | 'ERROR' = 'OK',
  message = ''
): VOTableEvent {
  return {
    type: 'end',
    status,
    message,
    infos: [],
    resources: [],
    warnings: [],
    bytes: 1000
  };
}

/** A table to ask for. */
export const TABLE: ISearchTable = {
  name: 'ivoa.ObsCore',
  title: 'ivoa.ObsCore',
  service: 'http://127.0.0.1:1/tap'
};

/** A query to ask. */
export const QUERY: IQuery = { adql: 'SELECT * FROM ivoa.ObsCore', maxrec: 1000 };

function refuse(): Promise<never> {
  return Promise.reject(new Error('not asked for'));
}

/** An archive whose answers the test writes. */
export function archiveOf(
  answer: (
    query: IQuery,
    signal: AbortSignal,
    how?: IAskOptions
  ) => AsyncIterable<VOTableEvent>,
  name = 'Test archive'
): IArchive {
  return {
    definition: {
      id: 'test',
      name,
      kind: 'ivoa',
      description: '',
      services: {},
      signIn: { kind: 'none' },
      origins: [],
      rank: 1,
      origin: 'shipped',
      editable: false
    },
    discover: {
      tables: [TABLE],
      tablesOf: () => [TABLE],
      defaultRowLimit: 1000,
      profile: () => OBSCORE_PROFILE,
      form: Object.assign(queriesOf(), { search: () => [QUERY] }),
      run: (_table, query, signal, how) => answer(query, signal, how),
      describe: () => refuse(),
      schema: { tables: refuse, capability: refuse, examples: refuse },
      jobs: {
        start: refuse,
        status: refuse,
        run: refuse,
        abort: refuse,
        remove: refuse,
        result: () => {
          throw new Error('not asked for');
        },
        list: refuse
      }
    }
  };
}
