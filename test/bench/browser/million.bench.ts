import { test } from '@playwright/test';

import { resultGrid } from '../../ui/lab.js';
import { median, quantile, record } from '../report.mjs';
import { type Arrangement, arrange } from './arrange.js';
import { mainThreadClock } from './cpu.js';
import { peakOfPages } from './memory.js';
import { frameTimes } from './scroll.js';
import { search } from './search.js';
import { PACES, ROWS, RUNS } from './settings.mjs';
import type { IArrival, ITask } from './watch.js';

function longest(tasks: readonly ITask[]): ITask {
  return tasks.reduce((a, b) => (b.duration > a.duration ? b : a), {
    at: 0,
    duration: 0,
    scripts: []
  });
}

/** Tasks that ran, at least in part, after the service had begun to answer. */
function whileArriving({ tasks, answered }: IArrival): ITask[] {
  return tasks.filter(({ at, duration }) => at + duration > answered);
}

for (const pace of PACES) {
  test(`rows arrive at ${pace} MB/s`, async ({ browser }) => {
    const arrivals: IArrival[] = [];
    const peaks: (number | null)[] = [];
    for (let run = 0; run < RUNS; run++) {
      const page = await browser.newPage();
      arrivals.push(await search(page, `Bench ${pace}`, ROWS));
      peaks.push(await peakOfPages(browser));
      await page.context().close();
    }
    const tasks = arrivals.map(arrival => longest(whileArriving(arrival)).duration);
    const opening = arrivals.map(({ tasks }) => longest(tasks).duration);
    record({
      bench: 'arrival',
      rows: ROWS,
      pace_mb_s: pace,
      first_paint_ms: median(arrivals.map(({ firstPaint }) => firstPaint)),
      all_rows_s: median(arrivals.map(({ allRows }) => allRows)) / 1000,
      longest_task_ms: median(tasks),
      longest_task_of_all_ms: Math.max(...tasks),
      longest_task_since_click_ms: median(opening),
      longest_gap_ms: median(arrivals.map(({ longestGap }) => longestGap)),
      peak_mb: Math.max(...peaks.map(Number)),
      slowest: longest(arrivals.flatMap(({ frames }) => frames))
    });
  });
}

/** What rows are sorted and filtered by, and the name of the figure. */
const ARRANGEMENTS: readonly (readonly [string, Arrangement])[] = [
  ['sort-double', { kind: 'sort', columns: ['s_ra'] }],
  ['sort-string', { kind: 'sort', columns: ['s_region'] }],
  ['sort-two-keys', { kind: 'sort', columns: ['calib_level', 's_ra'] }],
  ['filter-short-1', { kind: 'text', column: 'obs_id', text: '7' }],
  ['filter-short-2', { kind: 'text', column: 'obs_id', text: '72' }],
  ['filter-short-8', { kind: 'text', column: 'obs_id', text: '00001234' }],
  ['filter-long-1', { kind: 'text', column: 'access_url', text: '7' }],
  ['filter-long-2', { kind: 'text', column: 'access_url', text: 'af' }],
  ['filter-long-8', { kind: 'text', column: 'access_url', text: '0000abcd' }]
];

/** How often each arrangement is made. */
const REPEATS = 5;

test('rows are scrolled, sorted and filtered', async ({ page, context }) => {
  await search(page, 'Bench 0', ROWS);
  const cpu = await mainThreadClock(page);
  const empty = await context.newPage();
  for (const motion of ['smooth', 'page', 'jump'] as const) {
    await empty.bringToFront();
    const idle = await frameTimes(empty.locator('body'), 'none', 0);
    await page.bringToFront();
    const before = await cpu();
    const frames = await frameTimes(resultGrid(page), motion, ROWS);
    const used = (await cpu()) - before;
    const [p95, emptyP95] = [quantile(frames, 0.95), quantile(idle, 0.95)];
    record({
      bench: `scroll-${motion}`,
      rows: ROWS,
      p50_ms: quantile(frames, 0.5),
      p95_ms: p95,
      empty_p95_ms: emptyP95,
      ratio: p95 / emptyP95,
      cpu_ms_per_frame: used / frames.length,
      over_25_ms_percent: share(frames),
      empty_over_25_ms_percent: share(idle)
    });
  }
  for (const [bench, arrangement] of ARRANGEMENTS) {
    const { seconds, rows, longestTask } = await arrange(page, arrangement, REPEATS);
    record({
      bench,
      rows: ROWS,
      seconds: median(seconds),
      first_s: seconds[0],
      longest_task_ms: longestTask,
      rows_shown: rows
    });
  }
});

/** Percentage of frames that a person may see as late. */
function share(frames: readonly number[]): number {
  return (100 * frames.filter(duration => duration > 25).length) / frames.length;
}
