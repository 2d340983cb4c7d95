/** What the figures are to reach, and the table that says whether they do. */
import { markdownTable } from './report.mjs';

const HUNDRED = 100_000;
const MILLION = 1_000_000;

/** Length of the strings of `obs_id` and of `access_url`. */
const STRING_BYTES = { short: 18, long: 93 };

/** One line of the table each: which figure it is, and the bar where there is one. */
const BARS = [
  {
    figure: 'TABLEDATA 100k × 30, times faster than astropy',
    of: { bench: 'read-tabledata', rows: HUNDRED },
    key: 'astropy_ratio',
    least: 10
  },
  {
    figure: 'BINARY2 100k × 30, times faster than astropy',
    of: { bench: 'read-binary2', rows: HUNDRED },
    key: 'astropy_ratio',
    least: 12
  },
  {
    figure:
      'TABLEDATA 100k × 30, times faster than stilts (CPU, start of Java included)',
    of: { bench: 'read-tabledata', rows: HUNDRED },
    key: 'stilts_cpu_ratio'
  },
  ...['tabledata', 'binary', 'binary2'].map(name => ({
    figure: `${name.toUpperCase()} 1M rows streamed, MB above the columns`,
    of: { bench: `read-${name}`, rows: MILLION },
    key: 'above_mb',
    most: 64
  })),
  {
    figure: 'First batch of a steady stream, kB of rows',
    of: { bench: 'first-batch-steady' },
    key: 'rows_kb',
    // What arrives at a time is read as a whole.
    most: 256 + 16
  },
  ...['trickle', 'stall'].map(pace => ({
    figure: `First batch when rows ${pace}, ms`,
    of: { bench: `first-batch-${pace}` },
    key: 'first_batch_ms',
    // A row of the trickle may come at the last moment, and timers are late by some ms.
    most: 300
  })),
  ...[50, 0].flatMap(pace => arrival(pace)),
  ...['first', 'again'].flatMap(which => replay(which)),
  ...['smooth', 'page', 'jump'].map(motion => ({
    figure: `Scrolling 1M rows (${motion}), 95th percentile against an empty page`,
    of: { bench: `scroll-${motion}`, rows: MILLION },
    key: 'ratio',
    most: 1.1
  })),
  {
    figure: 'Completion among 2,000 columns, making the list, longest of all keys, ms',
    of: { bench: 'completion' },
    key: 'most_ms',
    most: 50
  },
  {
    figure: 'Completion among 2,000 columns, from key to list on screen, median, ms',
    of: { bench: 'completion-page' },
    key: 'median_ms',
    most: 50
  },
  {
    figure: 'Links of 1,000 rows in batches, times one by one (50 ms latency)',
    of: { bench: 'links' },
    key: 'ratio',
    most: 0.1
  },
  {
    figure: 'Queue of 500 files of 2 MB (125 MB/s), times what aria2c takes',
    of: { bench: 'downloads' },
    key: 'ratio',
    most: 1.15
  },
  {
    figure: 'Gateway, 1 GB (125 MB/s), rate against curl',
    of: { bench: 'gateway-throttled' },
    key: 'ratio',
    least: 0.9
  },
  {
    figure: 'Gateway, 1 GB (125 MB/s), growth of the server, MB',
    of: { bench: 'gateway-throttled' },
    key: 'grown_mb',
    most: 64
  },
  {
    figure: 'Gateway, 1 GB (unthrottled), rate against curl',
    of: { bench: 'gateway-unthrottled' },
    key: 'ratio'
  },
  {
    figure: 'Sort 1M doubles, s',
    of: { bench: 'sort-double', rows: MILLION },
    key: 'seconds',
    most: 0.15
  },
  ...['short', 'long'].flatMap(length =>
    [1, 2, 8].map(bytes => ({
      figure: `Filter 1M strings of ${STRING_BYTES[length]} bytes, needle of ${bytes}, s`,
      of: { bench: `filter-${length}-${bytes}`, rows: MILLION },
      key: 'seconds',
      most: 0.3
    }))
  )
];

/** The lines of 1M rows that arrive, unpaced (0) or at so many MB a second. */
function arrival(pace) {
  const how = pace === 0 ? 'unpaced' : `${pace} MB/s`;
  const of = { bench: 'arrival', rows: MILLION, pace_mb_s: pace };
  return [
    { figure: `1M rows (${how}), first painted, ms`, of, key: 'first_paint_ms' },
    { figure: `1M rows (${how}), all in the grid, s`, of, key: 'all_rows_s' },
    {
      figure: `1M rows (${how}), longest task, median of runs, ms`,
      of,
      key: 'longest_task_ms',
      most: 50
    },
    {
      figure: `1M rows (${how}), longest task of all runs, ms`,
      of,
      key: 'longest_task_of_all_ms',
      most: 100
    }
  ];
}

/** The lines of the recorded answer, searched for the first or the second time in a page. */
function replay(which) {
  const name = `200k rows replayed (${which === 'first' ? 'first search' : 'searched again'})`;
  const of = { bench: `replay-${which}` };
  return [
    {
      figure: `${name}, first painted after the first byte, ms`,
      of,
      key: 'after_first_byte_ms',
      most: 250
    },
    {
      figure: `${name}, on screen, times what curl takes`,
      of,
      key: 'ratio',
      most: 1.15
    }
  ];
}

/** Figures beside their bars, as a Markdown table. */
export function barTable(figures) {
  return markdownTable(BARS.map(bar => line(bar, figures)));
}

/** Columns of the table of readers. */
const READER_KEYS = [
  'bench',
  'rows',
  'ours_s',
  'astropy_s',
  'stilts_s',
  'ours_cpu_s',
  'astropy_cpu_s',
  'stilts_cpu_s',
  'peak_mb',
  'astropy_peak_mb',
  'stilts_peak_mb',
  'above_mb'
];

/** What the readers took for each document, as a Markdown table. */
export function readerTable(figures) {
  const readings = figures.filter(({ bench }) => bench.startsWith('read-'));
  return markdownTable(
    readings.map(reading =>
      Object.fromEntries(READER_KEYS.map(key => [key, reading[key]]))
    )
  );
}

function line({ figure, of, key, least, most }, figures) {
  const wanted = Object.entries(of);
  const seen = figures.find(one =>
    wanted.every(([name, value]) => one[name] === value)
  );
  const value = seen?.[key];
  const bar = [
    ...(least === undefined ? [] : [`≥ ${least}`]),
    ...(most === undefined ? [] : [`≤ ${most}`])
  ];
  return {
    figure,
    bar: bar[0] ?? 'reported',
    seen: value ?? 'not measured',
    reached: bar.length === 0 || value === undefined ? '–' : reached(value, least, most)
  };
}

function reached(value, least = -Infinity, most = Infinity) {
  return value >= least && value <= most ? 'yes' : 'no';
}
