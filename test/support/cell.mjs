/**
 * The cell that “Insert as cell” writes, for running it.
 *
 *     node test/support/cell.mjs FLAVOUR < query.json
 *
 * The query has what a cell is written of, see `src/protocol/cells.ts` and `rowscell.ts`.
 */
import { readFileSync } from 'node:fs';

import {
  adqlCell,
  astroqueryCell,
  curlCell,
  pyvoCell
} from '../../lib/protocol/cells.js';
import { rowsCell } from '../../lib/protocol/rowscell.js';

const { astroquery, ...query } = JSON.parse(readFileSync(0, 'utf8'));
const what = { archiveName: 'Test', maxrec: 10, date: '2026-11-21', ...query };
const cells = {
  pyvo: () => pyvoCell(what),
  astroquery: () => astroqueryCell(what, astroquery),
  adql: () => adqlCell(what),
  curl: () => curlCell(what),
  rows: () => rowsCell(what)
};
process.stdout.write(cells[process.argv[2]]() ?? '');
