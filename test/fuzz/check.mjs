/** Reads one document in every way and says what should not have happened. */
import { ProtocolError, streamVOTable } from '../../lib/protocol/index.js';

const MB = 1024 * 1024;

/** What the buffers of one document of a few kB may take beyond those before it. */
const CASE_MB = 64;

/** What may be left when a document has been read and the garbage is gone. */
const LEFT_MB = 64;

/**
 * Reads the case's document whole and in its pieces.
 *
 * @returns null if it was read, or refused with a ProtocolError, both times alike and in
 * little memory; otherwise what was wrong
 */
export async function check({ bytes, chunks }) {
  try {
    const whole = await outcome(bytes);
    const pieces = await outcome(ReadableStream.from(chunks));
    if (whole !== pieces) {
      return difference(whole, pieces);
    }
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  return memoryProblem();
}

/** Bytes of all buffers after the last document. Asking costs as much as reading one. */
let lastBuffers = process.memoryUsage().arrayBuffers;

function memoryProblem() {
  const { arrayBuffers } = process.memoryUsage();
  const before = lastBuffers;
  lastBuffers = arrayBuffers;
  if (arrayBuffers - before > CASE_MB * MB) {
    return `took ${Math.round((arrayBuffers - before) / MB)} MB of buffers`;
  }
  if (arrayBuffers > 2 * LEFT_MB * MB) {
    globalThis.gc();
    const left = process.memoryUsage().arrayBuffers;
    return left > LEFT_MB * MB ? `left ${Math.round(left / MB)} MB of buffers` : null;
  }
  return null;
}

/** All that a user could see of the document, as text: heads, rows, status or error. */
async function outcome(source) {
  const seen = [];
  const rows = [];
  try {
    for await (const event of streamVOTable(source)) {
      if (event.type === 'head') {
        seen.push(`head ${event.table} ${event.head.schema}`);
        rows[event.table] = 0;
      } else if (event.type === 'batch') {
        rows[event.table] += event.batch.numRows;
        expect(event.rows === rows[event.table], 'the count of rows is wrong');
        seen.push(...batchRows(event.batch));
      } else {
        const { status, message, resources, warnings } = event;
        seen.push(JSON.stringify({ status, message, resources, warnings }));
      }
    }
  } catch (error) {
    seen.push(refusal(error));
  }
  return seen.join('\n');
}

/** The error as text; one of another class goes on its way. */
function refusal(error) {
  if (!(error instanceof ProtocolError)) {
    throw error;
  }
  const { kind, message, details } = error;
  expect(/[.!?”]$/.test(message), `“${message}” is no sentence`);
  return `${kind} ${message} ${details.row} ${details.column}`;
}

/** The rows of a batch as text, when every column is what Arrow asks for. */
function batchRows(batch) {
  expect(batch.numRows > 0, 'a batch is empty');
  const columns = batch.schema.fields.map((field, index) => {
    const column = batch.getChildAt(index);
    expect(column.length === batch.numRows, `${field.name} has other rows`);
    column.data.forEach(checkData);
    return column;
  });
  return Array.from({ length: batch.numRows }, (_, row) =>
    columns.map(column => String(column.get(row))).join('\t')
  );
}

/** Offsets must rise within their values, and each text must be UTF-8. */
function checkData(data) {
  const { valueOffsets: offsets, values, children } = data;
  if (offsets instanceof Int32Array && data.length > 0) {
    const size = children.length > 0 ? children[0].length : values.length;
    expect(offsets.length > data.length, 'an offset is missing');
    for (let row = 0; row < data.length; row++) {
      expect(offsets[row] <= offsets[row + 1], 'offsets fall');
      if (children.length === 0) {
        // Throws for anything that is not UTF-8, which other readers of Arrow refuse.
        strict.decode(values.subarray(offsets[row], offsets[row + 1]));
      }
    }
    expect(offsets[data.length] <= size, 'an offset is beyond the values');
  }
  children.forEach(checkData);
}

const strict = new TextDecoder('utf-8', { fatal: true });

function expect(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

function difference(whole, pieces) {
  const [a, b] = [whole.split('\n'), pieces.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  const line = at < 0 ? a.length : at;
  return `is read otherwise in pieces:\n  whole:  ${a[line]}\n  pieces: ${b[line]}`;
}
