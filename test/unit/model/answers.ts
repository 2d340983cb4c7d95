import {
  Float64,
  Int32,
  Int64,
  Table,
  Utf8,
  vectorFromArray,
  type RecordBatch,
  type Vector
} from 'apache-arrow';

import type { VOTableEvent } from '../../../src/protocol/votable/types.js';
import { endEvent, field, headOf } from './rows.js';

/** Columns of a small answer by name; numbers that are not whole become doubles. */
export type Columns = Readonly<
  Record<string, readonly (string | number | bigint | null)[]>
>;

/** A whole small answer. */
export async function* answerOf(
  columns: Columns,
  status: 'OK' | 'OVERFLOW' = 'OK'
): AsyncGenerator<VOTableEvent> {
  const batch = batchOf(columns);
  const fields = Object.keys(columns).map(name => field(name, 'char', null));
  yield await Promise.resolve({
    type: 'head' as const,
    table: 0,
    head: headOf(fields),
    infos: []
  });
  yield { type: 'batch', table: 0, batch, rows: batch.numRows, bytes: 100 };
  yield endEvent(status);
}

function batchOf(columns: Columns): RecordBatch {
  const vectors = Object.entries(columns).map(
    ([name, values]) => [name, vectorOf(values)] as const
  );
  return new Table(Object.fromEntries(vectors)).batches[0];
}

function vectorOf(values: readonly (string | number | bigint | null)[]): Vector {
  const [sample] = values.filter(value => value !== null);
  switch (typeof sample) {
    case 'bigint':
      return vectorFromArray(values, new Int64());
    case 'number':
      return vectorFromArray(
        values,
        values.every(value => value === null || Number.isInteger(value))
          ? new Int32()
          : new Float64()
      );
    default:
      return vectorFromArray(values, new Utf8());
  }
}
