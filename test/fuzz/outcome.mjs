/** Reads a document and puts down all that a user could see of it. */
import { expect, Fingerprint } from './fingerprint.mjs';

/**
 * Heads, rows, and status or error as lines. Rows are fingerprints, by column.
 *
 * @param reader - `{ streamVOTable, ProtocolError }`
 * @throws what is not a ProtocolError, and Errors for what no reader may give
 */
export function outcome(reader, source) {
  return lines(reader, source, new Fingerprints());
}

/** The same with the rows as text: slower, and for a person. */
export function exactOutcome(reader, source) {
  return lines(reader, source, new Texts());
}

async function lines({ streamVOTable, ProtocolError }, source, rows) {
  const seen = [];
  const counts = [];
  try {
    for await (const event of streamVOTable(source)) {
      if (event.type === 'batch') {
        counts[event.table] = checkedCount(event, counts[event.table]);
        rows.add(event);
      } else if (event.type === 'head') {
        const { schema, ...head } = event.head;
        seen.push(JSON.stringify(['head', event.table, String(schema), head]));
        counts[event.table] = 0;
      } else {
        const { status, message, infos, resources, warnings } = event;
        seen.push(JSON.stringify({ status, message, infos, resources, warnings }));
      }
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) {
      throw error;
    }
    seen.push(refusal(error, counts.at(-1) ?? 0));
  }
  return [...seen, `rows ${counts.join()}`, ...rows.lines()];
}

/** The rows of a table so far, when the batch is as it must be. */
function checkedCount({ batch, rows }, before) {
  expect(before !== undefined, 'rows come before their head');
  expect(batch.numRows > 0, 'a batch is empty');
  expect(rows === before + batch.numRows, 'the count of rows is wrong');
  for (const column of batch.data.children) {
    expect(column.length === batch.numRows, 'a column has other rows');
  }
  return rows;
}

/** @param given - rows of the last table that were given away before */
function refusal({ kind, message, details }, given) {
  expect(/[.!?”]$/.test(message), `“${message}” is no sentence`);
  const isOfRow = /^Row \d/.test(message);
  expect(!isOfRow || details.row === given, `${details.row} rows, ${given} given`);
  return JSON.stringify([kind, message, details.row, details.column, details.hint]);
}

/** Rows of all tables as one short line for each. */
class Fingerprints {
  add({ table, batch }) {
    const columns = (this.#tables[table] ??= []);
    batch.data.children.forEach((column, at) => {
      (columns[at] ??= new Fingerprint()).add(column);
    });
  }

  lines() {
    return this.#tables.map(columns => columns.join());
  }

  #tables = [];
}

/** Rows of all tables as a line for each row. */
class Texts {
  add({ table, batch }) {
    const columns = batch.data.children.map((_, at) => batch.getChildAt(at));
    for (let row = 0; row < batch.numRows; row++) {
      const cells = columns.map(column => spelled(column.get(row)));
      this.#lines.push(`table ${table}: ${cells.join('\t')}`);
    }
  }

  lines() {
    return this.#lines;
  }

  #lines = [];
}

function spelled(value) {
  return Object.is(value, -0) ? '-0' : String(value);
}
