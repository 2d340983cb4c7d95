/**
 * The cell that “Insert as cell” writes for a query, for running it.
 *
 *     node test/support/cell.mjs URL < query.adql
 */
import { readFileSync } from 'node:fs';

import { pyvoCell } from '../../lib/protocol/cells.js';

const cell = pyvoCell({
  archiveName: 'Test',
  serviceUrl: process.argv[2],
  adql: readFileSync(0, 'utf8'),
  maxrec: 10,
  date: '2026-11-21'
});
process.stdout.write(cell);
