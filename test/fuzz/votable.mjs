/**
 * Fuzzes the VOTable reader: `node test/fuzz/votable.mjs [N [SEED [FIRST]]]` reads N
 * damaged documents, numbered from FIRST on. Each must be read or refused with a
 * ProtocolError, within 2 s and in little memory, and come out the same however it is
 * cut into pieces. Anything else is a finding, printed with seed and number and saved in
 * `test-results/fuzz`; `node test/fuzz/votable.mjs 1 SEED NUMBER` runs it again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

import { makeCase } from './cases.mjs';
import { COUNTER_BYTES, COUNTERS } from './counters.mjs';

const FOLDER = fileURLToPath(new URL('../../test-results/fuzz/', import.meta.url));

/** A case that takes longer than this, in milliseconds, hangs. */
const PATIENCE = 2000;

/** How often the watchdog looks, and how often it tells how far we are. */
const LOOK = 250;
const TELL = 10_000;

/** Bound of the JavaScript heap, in MB; all else is in buffers, which `check` watches. */
const HEAP_MB = 256;

const [count, seed, first] = [1000, 1, 0].map((usual, at) =>
  Number(process.argv[at + 2] ?? usual)
);
const end = first + count;
const counters = new Int32Array(new SharedArrayBuffer(COUNTER_BYTES));
let findings = 0;

function report(number, problem) {
  findings += 1;
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}seed${seed}-case${number}.xml`;
  writeFileSync(file, makeCase(seed, number).bytes);
  console.log(`FINDING seed ${seed} case ${number}: ${problem}\n  saved as ${file}`);
}

/** Runs cases in a worker until all are done or it has to be stopped. */
function run(from) {
  Atomics.store(counters, COUNTERS.reading, -1);
  Atomics.store(counters, COUNTERS.next, from);
  const worker = new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: { seed, first: from, end, shared: counters.buffer },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB }
  });
  const watchdog = watch(worker);
  worker.on('message', ({ number, problem }) => report(number, problem));
  return new Promise(resolve => {
    worker.on('error', error => reportDeath(error));
    worker.on('exit', () => {
      clearInterval(watchdog);
      resolve();
    });
  });
}

/** The case at work killed the worker, by taking too much heap if nothing else. */
function reportDeath(error) {
  const number = Atomics.load(counters, COUNTERS.next);
  report(number, error.stack ?? String(error));
  Atomics.store(counters, COUNTERS.next, number + 1);
}

/** Stops the worker when one case takes too long. */
function watch(worker) {
  let current = -1;
  let since = performance.now();
  return setInterval(() => {
    const reading = Atomics.load(counters, COUNTERS.reading);
    if (reading !== current) {
      current = reading;
      since = performance.now();
    } else if (reading >= 0 && performance.now() - since > PATIENCE) {
      report(reading, `takes longer than ${PATIENCE} ms`);
      Atomics.store(counters, COUNTERS.next, reading + 1);
      void worker.terminate();
      current = -1;
    }
  }, LOOK);
}

function done() {
  return Atomics.load(counters, COUNTERS.next) - first;
}

const teller = setInterval(() => {
  console.error(`${done()} of ${count} cases, ${findings} findings`);
}, TELL);

// Workers started from here on have `gc`, which tells garbage from what is held.
setFlagsFromString('--expose-gc');
for (let from = first; from < end; from = first + done()) {
  await run(from);
}
clearInterval(teller);

const wellFormed = Atomics.load(counters, COUNTERS.wellFormed);
console.log(
  `${count} cases, ${wellFormed} well-formed, ${findings} findings, seed ${seed}`
);
process.exitCode = findings > 0 ? 1 : 0;
