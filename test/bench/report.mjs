/** Figures: how they are summed up, kept and printed. */
import { appendFileSync, mkdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { FOLDER } from './files.mjs';

/** The figures of one run of the benchmark, a JSON object a line. */
const FIGURES = join(FOLDER, 'figures.jsonl');

/** The value below which a part of some numbers lies; `part` 0.5 is the median. */
export function quantile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)];
  return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at));
}

/** The middle one of some numbers, or the mean of the two in the middle. */
export function median(numbers) {
  return quantile(numbers, 0.5);
}

/** Forget the figures of earlier runs. */
export function clearFigures() {
  rmSync(FIGURES, { force: true });
}

/** Print a figure as one JSON line, numbers with three digits, and keep it. */
export function record(figure) {
  const line = JSON.stringify(figure, (_, value) =>
    typeof value === 'number' ? short(value) : value
  );
  console.log(line);
  mkdirSync(dirname(FIGURES), { recursive: true });
  appendFileSync(FIGURES, `${line}\n`);
}

/** All figures of this run. */
export function figures() {
  const lines = existsSync(FIGURES) ? readFileSync(FIGURES, 'utf8').trim() : '';
  return lines === '' ? [] : lines.split('\n').map(line => JSON.parse(line));
}

/** A number with at most three significant digits, none before the point lost. */
export function short(number) {
  return Math.abs(number) >= 100 ? Math.round(number) : Number(number.toPrecision(3));
}

/** Records of the same keys as a Markdown table. A missing value shows as `–`. */
export function markdownTable(records) {
  const keys = [...new Set(records.flatMap(record => Object.keys(record)))];
  const rows = records.map(record => keys.map(key => String(record[key] ?? '–')));
  const widths = keys.map((key, at) =>
    Math.max(key.length, ...rows.map(row => row[at].length))
  );
  const line = cells => `| ${cells.map((c, at) => c.padEnd(widths[at])).join(' | ')} |`;
  const rule = widths.map(width => '-'.repeat(width));
  return [keys, rule, ...rows].map(line).join('\n');
}
