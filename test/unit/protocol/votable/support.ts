import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Table, Vector } from 'apache-arrow';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import {
  type IVOTableTable,
  readVOTable,
  streamVOTable,
  type VOTableEvent,
  type VOTableSource
} from '../../../../src/protocol/votable/index.js';

/** A value of a cell as the golden tables spell it. */
export type Cell = boolean | number | string | null | readonly Cell[];

/** Bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A document with one table; `data` is the content of its DATA element. */
export function document(fields: string, data: string): string {
  return (
    '<?xml version="1.0"?><VOTABLE version="1.4"><RESOURCE type="results">' +
    `<TABLE>${fields}<DATA>${data}</DATA></TABLE></RESOURCE></VOTABLE>`
  );
}

/** A document whose table has these rows of TABLEDATA. */
export function tabledata(fields: string, rows: string): string {
  return document(fields, `<TABLEDATA>${rows}</TABLEDATA>`);
}

/** A FIELD called `x`. */
export function field(datatype: string, arraysize?: string, more = ''): string {
  const size = arraysize === undefined ? '' : ` arraysize="${arraysize}"`;
  return `<FIELD name="x" datatype="${datatype}"${size}>${more}</FIELD>`;
}

/** A document whose table has these bytes as BINARY or BINARY2. */
export function binary(fields: string, bytes: Uint8Array, format = 'BINARY'): string {
  const text = Buffer.from(bytes).toString('base64');
  return document(
    fields,
    `<${format}><STREAM encoding="base64">${text}</STREAM></${format}>`
  );
}

/** The first table of a document. */
export async function firstTable(text: string): Promise<IVOTableTable> {
  return (await readVOTable(utf8(text))).tables[0];
}

/** The cells of the first column of a document. */
export async function firstColumn(text: string): Promise<Cell[]> {
  return columnCells((await firstTable(text)).arrow, 0);
}

/** The cells of a column. */
export function columnCells(table: Table, index: number): Cell[] {
  const vector = table.getChildAt(index);
  return vector === null ? [] : vectorCells(vector);
}

function vectorCells(vector: Vector): Cell[] {
  return Array.from({ length: vector.length }, (_, row) => toCell(vector.get(row)));
}

function toCell(value: unknown): Cell {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return value;
  }
  if (typeof value === 'bigint') {
    return String(value);
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : spelled(value);
  }
  return vectorCells(value as Vector);
}

function spelled(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

/** These bytes as a stream whose pieces have the sizes that `size` gives. */
export function inPieces(
  bytes: Uint8Array,
  size: () => number
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) {
        controller.close();
        return;
      }
      const next = at + Math.max(1, size());
      controller.enqueue(bytes.slice(at, next));
      at = next;
    }
  });
}

/** All that a stream brings, up to its end or its error. */
export async function collect(
  source: VOTableSource
): Promise<{ events: VOTableEvent[]; error: unknown }> {
  const events: VOTableEvent[] = [];
  try {
    for await (const event of streamVOTable(source)) {
      events.push(event);
    }
  } catch (error) {
    return { events, error };
  }
  return { events, error: null };
}

/** The rows that the batches of a stream brought. */
export function rowsOf(events: readonly VOTableEvent[]): number {
  return events.reduce(
    (sum, event) => sum + (event.type === 'batch' ? event.batch.numRows : 0),
    0
  );
}

/** The error with which a document is refused. */
export async function refusal(source: VOTableSource | string): Promise<ProtocolError> {
  const bytes = typeof source === 'string' ? utf8(source) : source;
  const { error } = await collect(bytes);
  if (error instanceof ProtocolError) {
    return error;
  }
  throw new Error(`Expected a ProtocolError, got ${String(error)}`);
}

/** The warnings with which a document was read. */
export async function warnings(text: string): Promise<readonly string[]> {
  const { events } = await collect(utf8(text));
  return events.flatMap(event => (event.type === 'end' ? event.warnings : []));
}

/** A fixture that belongs to the project. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(resolve('test/fixtures/vo', name)));
}

/** The folder of the shared fixtures, or null where it is absent. */
export function sharedFixtures(): string | null {
  const folder = resolve(process.env.OBSDECK_SHARED ?? '../shared', 'fixtures');
  return existsSync(folder) ? folder : null;
}
