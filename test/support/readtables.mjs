/**
 * Our VOTable reader in plain Node: reads the documents whose paths come on stdin, one a line,
 * and prints one line of JSON for each: its tables, or the error that refused it. Cells as
 * `plain.mjs` writes them.
 *
 *     node test/support/readtables.mjs < paths
 */
import { readFileSync } from 'node:fs';

import { ProtocolError, readVOTable } from '../../lib/protocol/index.js';
import { plain } from './plain.mjs';

const paths = readFileSync(0, 'utf8').split('\n').filter(Boolean);

for (const path of paths) {
  process.stdout.write(`${JSON.stringify(await outcome(path))}\n`);
}

async function outcome(path) {
  try {
    const { status, tables } = await readVOTable(new Uint8Array(readFileSync(path)));
    return { status, tables: tables.map(toTable) };
  } catch (error) {
    if (error instanceof ProtocolError) {
      const { row = null, column = null } = error.details;
      return { kind: error.kind, message: error.message, row, column };
    }
    throw error;
  }
}

function toTable({ fields, arrow }) {
  const columns = fields.map((_, index) => arrow.getChildAt(index));
  const cells = columns.map(column =>
    Array.from({ length: arrow.numRows }, (_, row) => plain(column.get(row)))
  );
  return { fields, rows: arrow.numRows, columns: cells };
}
