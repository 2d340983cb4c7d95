import { existsSync } from 'node:fs';

import { test } from '@playwright/test';

import { curl, RECORDED_ROWS, RECORDING } from '../recording.mjs';
import { median, record } from '../report.mjs';
import { search, searchAgain } from './search.js';
import { REPLAY_PACE, REPLAY_PORT, RUNS } from './settings.mjs';
import type { IArrival } from './watch.js';

const SERVICE = `http://127.0.0.1:${REPLAY_PORT}/${REPLAY_PACE}/tap`;

test('a recorded answer is replayed, to curl and to the page in turns', async ({
  browser
}) => {
  test.skip(!existsSync(RECORDING), 'There is no DaCHS to record an answer of.');
  const curls: ReturnType<typeof curl>[] = [];
  const first: IArrival[] = [];
  const again: IArrival[] = [];
  for (let run = 0; run < RUNS; run++) {
    curls.push(curl(SERVICE));
    const page = await browser.newPage();
    first.push(await search(page, 'Replay', RECORDED_ROWS));
    curls.push(curl(SERVICE));
    again.push(await searchAgain(page, RECORDED_ROWS));
    await page.context().close();
  }
  const total = median(curls.map(one => one.total));
  const firstByte = median(curls.map(one => one.first)) * 1000;
  for (const [bench, arrivals] of [
    ['replay-first', first],
    ['replay-again', again]
  ] as const) {
    const allRows = median(arrivals.map(arrival => arrival.allRows)) / 1000;
    const firstPaint = median(arrivals.map(arrival => arrival.firstPaint));
    record({
      bench,
      rows: RECORDED_ROWS,
      pace_mb_s: REPLAY_PACE,
      curl_s: total,
      all_rows_s: allRows,
      ratio: allRows / total,
      curl_first_byte_ms: firstByte,
      first_paint_ms: firstPaint,
      after_first_byte_ms: firstPaint - firstByte
    });
  }
});
