/** Compares the VOTable reader with astropy, and with stilts where installed. */
import { readFileSync } from 'node:fs';

import { fileOf, generate, SERIALIZATIONS } from './files.mjs';
import { median, record } from './report.mjs';
import { readAstropy, readOurs, readSlowly, readStilts } from './runners.mjs';

/** From so many rows on a run takes minutes, and astropy several GB. */
const MANY_ROWS = 500_000;

/** The documents of some sizes, made where they are missing. */
export function documents(sizes) {
  return sizes.flatMap(rows => {
    generate(rows);
    return SERIALIZATIONS.map(name => ({ name, rows, file: fileOf(name, rows) }));
  });
}

/** Measure reading of one document by all readers, in turns. */
export function compare({ name, rows, file }) {
  const many = rows >= MANY_ROWS;
  if (many) {
    console.error(
      `${rows} rows: astropy is left out, which would take minutes and GBs.`
    );
  } else {
    // Once without counting, so that the file is in the page cache for all.
    readFileSync(file);
  }
  const ours = [];
  const astropy = [];
  const stilts = [];
  for (let left = many ? 3 : 5; left > 0; left--) {
    ours.push(readOurs(file));
    astropy.push(...(many ? [] : [readAstropy(file)]));
    stilts.push(...[readStilts(file)].filter(run => run !== null));
  }
  refuseDifferentRows(file, [...ours, ...astropy, ...stilts]);
  record({
    bench: `read-${name}`,
    rows: ours[0].rows,
    ...oursFigures(ours),
    ...otherFigures('astropy', astropy, ours),
    ...otherFigures('stilts', stilts, ours)
  });
}

/** When the first rows of a document come that arrives slowly. */
export function measureFirstBatch(file) {
  for (const [pace, figures] of Object.entries(readSlowly(file))) {
    record({ bench: `first-batch-${pace}`, ...figures });
  }
}

/** Readers that lose rows must not win. */
function refuseDifferentRows(file, runs) {
  const counts = new Set(runs.map(run => run.rows));
  if (counts.size !== 1) {
    throw new Error(`${file}: the readers found ${[...counts].join(' and ')} rows.`);
  }
}

function oursFigures(runs) {
  return {
    ours_s: of(runs, 'seconds'),
    ours_cpu_s: of(runs, 'cpu_s'),
    peak_mb: of(runs, 'peak_mb'),
    columns_mb: of(runs, 'columns_mb'),
    above_mb: of(runs, 'above_mb'),
    first_batch_ms: of(runs, 'first_batch_ms')
  };
}

/** Figures of another reader, and how many times longer it takes; none without runs. */
function otherFigures(name, runs, ours) {
  return (
    runs.length > 0 && {
      [`${name}_s`]: of(runs, 'seconds'),
      [`${name}_cpu_s`]: of(runs, 'cpu_s'),
      [`${name}_peak_mb`]: of(runs, 'peak_mb'),
      [`${name}_ratio`]: of(runs, 'seconds') / of(ours, 'seconds'),
      [`${name}_cpu_ratio`]: of(runs, 'cpu_s') / of(ours, 'cpu_s')
    }
  );
}

function of(runs, key) {
  return median(runs.map(run => run[key]));
}
