/**
 * When the first record batch comes while a document arrives slowly:
 * `node test/bench/read_slowly.mjs FILE` prints for each pace the kB of rows that had
 * arrived by then, and how long after the first of them it was, ms.
 *
 * The bar is 256 kB of rows or 250 ms of waiting, whichever is first.
 */
import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { streamVOTable } from '../../lib/protocol/index.js';

/** About a row of the benchmark's table in TABLEDATA. */
const ROW_BYTES = 1064;

/** Bytes at a time, every so many ms, and after how many bytes the service falls silent. */
const PACES = {
  steady: { bytes: 16 * 1024, every: 5, until: Infinity },
  trickle: { bytes: ROW_BYTES, every: 50, until: Infinity },
  stall: { bytes: 20 * ROW_BYTES, every: 0, until: 20 * ROW_BYTES }
};

/** The beginning of a document, and where its rows begin. */
async function beginning(file) {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024 * 1024));
  await handle.close();
  return { bytes: buffer.subarray(0, bytesRead), rowsAt: buffer.indexOf('<TR>') };
}

async function measure({ bytes, rowsAt }, pace) {
  const silence = new AbortController();
  let start = 0;
  let sent = 0;
  async function* arriving() {
    yield bytes.subarray(0, rowsAt);
    start = performance.now();
    while (sent < pace.until) {
      yield bytes.subarray(rowsAt + sent, rowsAt + sent + pace.bytes);
      sent += pace.bytes;
      await pause(pace.every);
    }
    await pause(10_000, undefined, { signal: silence.signal }).catch(() => undefined);
  }
  for await (const event of streamVOTable(ReadableStream.from(arriving()))) {
    if (event.type === 'batch') {
      const figures = {
        rows_kb: sent / 1024,
        first_batch_ms: performance.now() - start
      };
      silence.abort();
      return figures;
    }
  }
  throw new Error('The document ended without rows.');
}

const document = await beginning(process.argv[2]);
const figures = {};
for (const [name, pace] of Object.entries(PACES)) {
  figures[name] = await measure(document, pace);
}
console.log(JSON.stringify(figures));
