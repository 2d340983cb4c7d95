/**
 * Reads one VOTable with Obsdeck's reader and prints how it went, as one JSON object:
 * `node test/bench/read_ours.mjs FILE`. A process of its own, so that its memory is
 * its own and no run profits from another's warm code.
 */
import { open } from 'node:fs/promises';

import { streamVOTable } from '../../lib/protocol/index.js';

const MB = 1024 * 1024;

/** About what a browser's `fetch` hands over at a time. */
const CHUNK_BYTES = 256 * 1024;

/** Bytes of the columns themselves: what they use of their buffers, each part once. */
function columnBytes(batches) {
  const parts = new Map();
  const visit = data => {
    for (const view of [data.values, data.valueOffsets, data.nullBitmap]) {
      if (view?.buffer) {
        parts.set(`${idOf(view.buffer)} ${view.byteOffset}`, view.byteLength);
      }
    }
    data.children.forEach(visit);
  };
  batches.forEach(batch => visit(batch.data));
  return [...parts.values()].reduce((sum, bytes) => sum + bytes, 0);
}

const ids = new WeakMap();
let lastId = 0;

function idOf(buffer) {
  const id = ids.get(buffer) ?? ++lastId;
  ids.set(buffer, id);
  return id;
}

/**
 * A file in pieces of memory of their own, as `fetch` gives them: `Readable.toWeb` would
 * copy each piece once more, and count that as our reading.
 */
async function fileStream(path) {
  const file = await open(path);
  return new ReadableStream({
    async pull(controller) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(CHUNK_BYTES));
      if (bytesRead === 0) {
        controller.close();
        await file.close();
      } else {
        controller.enqueue(buffer.subarray(0, bytesRead));
      }
    }
  });
}

/** Keeps all batches, as the grid does and as the reader it is compared with does. */
async function read(file) {
  const stream = await fileStream(file);
  const batches = [];
  const start = performance.now();
  const cpu = process.cpuUsage();
  let first = null;
  for await (const event of streamVOTable(stream)) {
    if (event.type === 'batch') {
      first ??= performance.now() - start;
      batches.push(event.batch);
    }
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpu: (user + system) / 1e6, first, batches };
}

const [file] = process.argv.slice(2);
const before = process.memoryUsage().rss;
const { seconds, cpu, first, batches } = await read(file);
const peak = process.resourceUsage().maxRSS * 1024;
const columns = columnBytes(batches);
console.log(
  JSON.stringify({
    seconds,
    cpu_s: cpu,
    rows: batches.reduce((sum, batch) => sum + batch.numRows, 0),
    first_batch_ms: first,
    peak_mb: peak / MB,
    columns_mb: columns / MB,
    above_mb: (peak - before - columns) / MB
  })
);
