/**
 * Measures everything that docs/performance.md explains:
 *
 *     node test/bench/bench.mjs             readers at all sizes, then the page
 *     node test/bench/bench.mjs FILE …      readers on these documents
 *
 * `ROWS=10000,100000` are the sizes for the readers, and the largest is that of the page.
 * `ONLY=reader`, `ONLY=links`, `ONLY=server` or `ONLY=browser` leaves the others out, and
 * `ONLY=replay` or `ONLY=completion`, the name of a file of `browser/`, all but that; `RUNS`
 * is how often rows arrive in the page, links are read and files fetched. Prints one JSON line each, and last the tables, which are also written
 * to `.bench/table.md`.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { barTable, readerTable } from './bars.mjs';
import { measureCompletion } from './completion.mjs';
import { FOLDER, generate, ROOT } from './files.mjs';
import { measureLinks } from './links.mjs';
import { machine } from './machine.mjs';
import { recordAnswer } from './recording.mjs';
import { compare, documents, measureFirstBatch } from './readers.mjs';
import { clearFigures, figures, record } from './report.mjs';
import { measureServerHalf } from './runners.mjs';

const { ROWS = '10000,100000,1000000', ONLY = '', RUNS = '3' } = process.env;
const sizes = ROWS.split(',').map(Number);

function readers(files) {
  const own = files.map(file => ({ name: basename(file, '.xml'), rows: 0, file }));
  const documented = own.length > 0 ? own : documents(sizes);
  documented.forEach(compare);
  measureFirstBatch(documented[0].file);
}

function browser() {
  const rows = Math.max(...sizes);
  generate(rows);
  if (!recordAnswer()) {
    console.error('The replay is left out: no DaCHS to record an answer of.');
  }
  const parts = ONLY === '' || ONLY === 'browser' ? [] : [ONLY];
  const { status } = spawnSync(
    'npx',
    ['playwright', 'test', '-c', 'test/bench/browser/playwright.config.mjs', ...parts],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: {
        ...process.env,
        OBSDECK_BENCH_ROWS: String(rows),
        OBSDECK_BENCH_RUNS: RUNS
      }
    }
  );
  process.exitCode = status;
}

const files = process.argv.slice(2);
clearFigures();
record(machine());
if (ONLY === '' || ONLY === 'reader') {
  readers(files);
}
if (ONLY === '' || ONLY === 'completion') {
  measureCompletion();
}
if (ONLY === '' || ONLY === 'links') {
  await measureLinks(Number(RUNS));
}
if (ONLY === '' || ONLY === 'server') {
  measureServerHalf(RUNS).forEach(record);
}
if (!['reader', 'links', 'server'].includes(ONLY) && files.length === 0) {
  browser();
}
const tables = [barTable(figures()), readerTable(figures())].join('\n\n');
writeFileSync(join(FOLDER, 'table.md'), `${tables}\n`);
console.log(`\n${tables}`);
