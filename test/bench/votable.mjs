/**
 * Measures the VOTable reader against astropy, and stilts where installed, side by side:
 *
 *     node test/bench/votable.mjs                tables of 10,000 and 100,000 rows
 *     ROWS=1000000 node test/bench/votable.mjs   of another size
 *     node test/bench/votable.mjs FILE …         these files
 *
 * Runs alternate, so that a load on the machine meets all readers alike; the figures
 * are medians. One JSON line each, and last a table. What they mean is in
 * `docs/performance.md`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { markdownTable, median, short } from './report.mjs';
import { PYTHON, readAstropy, readOurs, readStilts } from './runners.mjs';

const FOLDER = fileURLToPath(new URL('../../.bench', import.meta.url));
const GENERATOR = fileURLToPath(new URL('generate.py', import.meta.url));
const SERIALIZATIONS = ['tabledata', 'binary', 'binary2'];

/** From so many rows on a run takes a minute, and three must do. */
const MANY_ROWS = 500_000;

/** The generated documents of one size; those of an earlier run are taken again. */
function generated(rows) {
  const files = SERIALIZATIONS.map(name => join(FOLDER, `${name}-${rows}.xml`));
  if (!files.every(file => existsSync(file))) {
    console.error(`Generating ${rows} rows in ${SERIALIZATIONS.length} files …`);
    execFileSync(PYTHON, [GENERATOR, FOLDER, String(rows)]);
  }
  return files.map((file, at) => ({ name: SERIALIZATIONS[at], file, rows }));
}

function cases() {
  const files = process.argv.slice(2);
  if (files.length > 0) {
    return files.map(file => ({ name: basename(file, '.xml'), file, rows: 0 }));
  }
  const sizes = (process.env.ROWS ?? '10000,100000').split(',').map(Number);
  return sizes.flatMap(generated);
}

/** Readers that lose rows must not win. */
function refuseDifferentRows(file, runs) {
  const counts = new Set(runs.map(run => run.rows));
  if (counts.size !== 1) {
    throw new Error(`${file}: the readers found ${[...counts].join(' and ')} rows.`);
  }
}

function measure({ name, file, rows }) {
  // Once without counting, so that the file is in the page cache for all.
  readFileSync(file);
  const ours = [];
  const astropy = [];
  const stilts = [];
  for (let repeats = rows >= MANY_ROWS ? 3 : 5; repeats > 0; repeats--) {
    ours.push(readOurs(file));
    astropy.push(readAstropy(file));
    stilts.push(readStilts(file));
  }
  const java = stilts.filter(run => run !== null);
  refuseDifferentRows(file, [...ours, ...astropy, ...java]);
  return summary(name, ours, astropy, java);
}

function summary(name, ours, astropy, stilts) {
  const of = (runs, key) => median(runs.map(run => run[key]));
  const oursSeconds = of(ours, 'seconds');
  const astropySeconds = of(astropy, 'seconds');
  const figures = {
    ours_s: oursSeconds,
    astropy_s: astropySeconds,
    ratio: astropySeconds / oursSeconds,
    ours_cpu_s: of(ours, 'cpu_s'),
    astropy_cpu_s: of(astropy, 'cpu_s'),
    cpu_ratio: of(astropy, 'cpu_s') / of(ours, 'cpu_s'),
    peak_mb: of(ours, 'peak_mb'),
    columns_mb: of(ours, 'columns_mb'),
    above_mb: of(ours, 'above_mb'),
    astropy_peak_mb: of(astropy, 'peak_mb'),
    first_batch_ms: of(ours, 'first_batch_ms'),
    ...(stilts.length > 0 && { stilts_s: of(stilts, 'seconds') })
  };
  const rounded = Object.entries(figures).map(([key, value]) => [key, short(value)]);
  const { rows } = ours[0];
  return { bench: `votable-${name}`, rows, ...Object.fromEntries(rounded) };
}

const figures = [];
for (const one of cases()) {
  const figure = measure(one);
  console.log(JSON.stringify(figure));
  figures.push(figure);
}
console.log(`\n${markdownTable(figures)}`);
if (!figures.some(figure => 'stilts_s' in figure)) {
  console.log('\nstilts is not installed: no figures of it.');
}
