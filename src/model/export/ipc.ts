import {
  type Data,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  type TypeMap
} from 'apache-arrow';

import type { Pause } from '../../protocol/votable/types.js';
import { type ICells, takeCells } from './take.js';

/** Rows that are copied into one record batch. */
const BATCH_ROWS = 16_384;

/** The rows of a table, and which of them are wanted. */
export interface IRowsToPack {
  readonly schema: Schema;
  readonly batches: readonly RecordBatch[];
  /** In this order; null for all as they arrived. */
  readonly rows: Uint32Array | null;
  /** Columns by their place in the schema, in this order; null for all. */
  readonly columns: readonly number[] | null;
  /** What the whole table is told to be, beside what each field is. */
  readonly about?: ReadonlyMap<string, string>;
}

/**
 * Rows as an Arrow IPC stream, piece by piece. Fields keep their metadata: unit, UCD and
 * whatever else the service said of them.
 *
 * @param pause - awaited between batches, so that the page stays free
 * @param tell - told how many rows are packed, and how many bytes their cells take; what it
 *   throws ends the work
 */
export async function packRows(
  table: IRowsToPack,
  pause: Pause,
  tell: (rows: number, bytes: number) => void = () => undefined
): Promise<Uint8Array<ArrayBuffer>[]> {
  const { fields } = table.schema;
  const columns = table.columns ?? fields.map((_, column) => column);
  const wanted = columns.map(column => fields[column]);
  const stream = new IpcStream(new Schema(wanted, new Map(table.about)));
  let [rows, bytes] = [0, 0];
  for await (const cells of piecesOf(table, columns, pause)) {
    stream.write(cells);
    rows += cells[0]?.length ?? 0;
    bytes += cells.reduce((sum, { byteLength }) => sum + byteLength, 0);
    tell(rows, bytes);
    await pause();
  }
  return stream.end();
}

/** An Arrow IPC stream that is being written. */
export class IpcStream {
  constructor(private readonly _schema: Schema) {
    this._struct = new Struct<TypeMap>(_schema.fields);
    // Also where no row follows, the stream says what its columns are.
    this._writer.reset(undefined, _schema);
  }

  /** Add rows: the cells of each column. */
  write(children: Data[]): void {
    const length = children[0]?.length ?? 0;
    const data = makeData({ type: this._struct, length, nullCount: 0, children });
    this._writer.write(new RecordBatch(this._schema, data));
  }

  /** The whole stream in pieces. */
  async end(): Promise<Uint8Array<ArrayBuffer>[]> {
    this._writer.finish();
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for await (const piece of this._writer) {
      pieces.push(piece as Uint8Array<ArrayBuffer>);
    }
    return pieces;
  }

  private readonly _struct: Struct<TypeMap>;
  private readonly _writer = new RecordBatchStreamWriter();
}

/** The wanted columns of the wanted rows, some thousand rows at a time. */
async function* piecesOf(
  table: IRowsToPack,
  columns: readonly number[],
  pause: Pause
): AsyncGenerator<Data[]> {
  const { batches, rows, schema } = table;
  if (rows === null) {
    for (const { data } of batches) {
      yield columns.map(column => data.children[column]);
    }
    return;
  }
  const starts = startsOf(batches);
  for (let at = 0; at < rows.length; at += BATCH_ROWS) {
    const cells = locate(rows.subarray(at, at + BATCH_ROWS), starts);
    const piece: Data[] = [];
    for (const column of columns) {
      const pieces = batches.map(({ data }) => data.children[column]);
      piece.push(takeCells(pieces, schema.fields[column].type, cells));
      await pause();
    }
    yield piece;
  }
}

/** First row of each batch. */
function startsOf(batches: readonly RecordBatch[]): Uint32Array {
  const starts = new Uint32Array(batches.length);
  batches.forEach(({ numRows }, index) => {
    if (index + 1 < starts.length) {
      starts[index + 1] = starts[index] + numRows;
    }
  });
  return starts;
}

function locate(rows: Uint32Array, starts: Uint32Array): ICells {
  const piece = new Int32Array(rows.length);
  const row = new Int32Array(rows.length);
  let current = 0;
  rows.forEach((wanted, index) => {
    // Most rows follow the one before them.
    if (wanted < starts[current] || wanted >= (starts[current + 1] ?? Infinity)) {
      current = batchOf(wanted, starts);
    }
    piece[index] = current;
    row[index] = wanted - starts[current];
  });
  return { piece, row };
}

function batchOf(row: number, starts: Uint32Array): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= row) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
