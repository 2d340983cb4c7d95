import {
  Bool,
  type DataType,
  Float32,
  Float64,
  Int32,
  Int64,
  type RecordBatch,
  Table,
  Utf8,
  vectorFromArray
} from 'apache-arrow';

import type { ITableColumns } from '../../../../src/model/table/chunks.js';
import type { Pause, ScalarValue } from '../../../../src/model/table/tasks.js';
import type {
  IVOTableField,
  VOTableDatatype
} from '../../../../src/protocol/votable/types.js';

/** A column of a test's table. */
export interface ITestColumn {
  readonly datatype: keyof typeof TYPES;
  readonly values: readonly ScalarValue[];
}

const TYPES = {
  char: new Utf8(),
  double: new Float64(),
  float: new Float32(),
  int: new Int32(),
  long: new Int64(),
  boolean: new Bool()
} satisfies Partial<Record<VOTableDatatype, DataType>>;

/** A pause that lets nothing else run. */
export const noPause: Pause = () => undefined;

/** A signal that is never aborted. */
export const NEVER = new AbortController().signal;

/**
 * A table of some columns in batches of so many rows; the rest is the last batch.
 *
 * Every second batch is a slice of a longer one, so that offsets matter.
 */
export function tableOf(
  columns: readonly ITestColumn[],
  sizes: readonly number[] = []
): ITableColumns {
  return {
    fields: columns.map(({ datatype }, index) => fieldOf(`c${index}`, datatype)),
    batches: batchesOf(columns, sizes)
  };
}

/** The batches of {@link tableOf}. */
export function batchesOf(
  columns: readonly ITestColumn[],
  sizes: readonly number[] = []
): RecordBatch[] {
  const rowCount = columns[0].values.length;
  const ends = [0];
  for (const size of sizes) {
    ends.push(Math.min(ends[ends.length - 1] + size, rowCount));
  }
  ends.push(rowCount);
  return ends
    .slice(1)
    .map((end, index) => batchOf(columns, ends[index], end, index % 2 === 1));
}

/** A field of which only the name and the datatype matter. */
export function fieldOf(
  name: string,
  datatype: VOTableDatatype,
  arraysize = datatype === 'char' ? '*' : null
): IVOTableField {
  return {
    name,
    id: null,
    datatype,
    arraysize,
    unit: null,
    ucd: null,
    utype: null,
    xtype: null,
    description: null,
    nullValue: null
  };
}

function batchOf(
  columns: readonly ITestColumn[],
  from: number,
  to: number,
  isSlice: boolean
): RecordBatch {
  const lead = isSlice ? Math.min(from, 3) : 0;
  const table = new Table(
    Object.fromEntries(
      columns.map(({ datatype, values }, index) => [
        `c${index}`,
        vectorFromArray([...values.slice(from - lead, to), null], TYPES[datatype])
      ])
    )
  );
  return table.batches[0].slice(lead, lead + to - from);
}
