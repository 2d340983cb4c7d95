/**
 * Fuzzes the VOTable reader: `node test/fuzz/votable.mjs [N [SEED [FIRST]]]` reads N
 * damaged documents, numbered from FIRST on, in JOBS threads (an environment variable).
 * Each must be read or refused with a ProtocolError, within 2 s and in little memory, and
 * come out the same however it is cut into pieces. Anything else is a finding, printed
 * with seed and number and saved in `test-results/fuzz`;
 * `node test/fuzz/votable.mjs 1 SEED NUMBER` runs it again.
 *
 * A run may be stopped and continued like any process; Ctrl-C ends it with its sum.
 */
import { setFlagsFromString } from 'node:v8';

import { BLOCK, describeCorpus } from './corpus.mjs';
import { COUNTERS, QUEUE, ROW } from './counters.mjs';
import { Findings } from './findings.mjs';
import { SERIALIZATIONS } from './tables.mjs';
import { runThread } from './thread.mjs';
import { fairEye, quickEye } from './watchdog.mjs';

/** How often it tells how far we are, in milliseconds. */
const TELL = 10_000;

/** A suspect gets so many chances alone. */
const CHANCES = 3;

/** What the process may take, in MB, for itself and for each worker. */
const OWN_MB = 384;
const WORKER_MB = 640;

const [count, seed, first] = [1000, 1, 0].map((usual, at) =>
  Number(process.argv[at + 2] || usual)
);
const jobs = Math.max(1, Number(process.env.JOBS) || 1);
const started = performance.now();
const findings = new Findings(seed);
const suspects = [];
const rows = Array.from({ length: jobs }, () => sharedInts(ROW));
const queue = sharedInts(2);

function sharedInts(length) {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}

/** Workers take blocks from `start` on until they are at `end`. */
function setQueue(start, end) {
  Atomics.store(queue, QUEUE.next, start);
  Atomics.store(queue, QUEUE.end, end);
}

/** One counter, of all workers. */
function total(counter) {
  return rows.reduce((sum, row) => sum + Atomics.load(row, counter), 0);
}

const tell = {
  finding: message => findings.note(message),
  suspect: number => {
    suspects.push(number);
    console.error(`case ${number} takes long; it will be read again, alone`);
  }
};

function runAll() {
  return Promise.all(
    rows.map(row => {
      Atomics.store(row, COUNTERS.reading, -1);
      return runThread({ seed, row, queue }, tell, quickEye);
    })
  );
}

/** A finding only if it takes too long each time that nothing else runs here. */
async function runAgain(number) {
  for (let chance = 0; chance < CHANCES; chance++) {
    let isSlow = false;
    const row = sharedInts(ROW);
    Atomics.store(row, COUNTERS.reading, -1);
    setQueue(number, number + 1);
    const again = { ...tell, suspect: () => (isSlow = true) };
    await runThread({ seed, row, queue }, again, fairEye);
    if (!isSlow) {
      rows.push(row);
      return;
    }
  }
  findings.note({ number, problem: 'takes more than 2 s of CPU time, or never ends' });
}

function summary() {
  const each = SERIALIZATIONS.map((_, at) => total(COUNTERS.done + at));
  const done = each.reduce((sum, number) => sum + number, 0);
  const seconds = (performance.now() - started) / 1000;
  const share = ((100 * total(COUNTERS.wellFormed)) / Math.max(done, 1)).toFixed(1);
  const kinds = SERIALIZATIONS.map((name, at) => `${name} ${each[at]}`).join(', ');
  return (
    `${done} cases (${kinds}), at least ${share} % well-formed, ` +
    `${findings.count} findings, seed ${seed}, ${seconds.toFixed(0)} s, ` +
    `${(done / seconds).toFixed(0)} cases/s, ` +
    `peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`
  );
}

let isTooLarge = false;
const teller = setInterval(() => {
  console.error(summary());
  const megabytes = process.memoryUsage.rss() / 1024 / 1024;
  if (megabytes > OWN_MB + jobs * WORKER_MB && !isTooLarge) {
    isTooLarge = true;
    const number = Atomics.load(rows[0], COUNTERS.next);
    const problem = `by now, the process takes ${megabytes.toFixed(0)} MB`;
    findings.note({ number, problem });
  }
}, TELL);

/** Ends the run at the blocks that have begun. */
function stop() {
  const next = Atomics.load(queue, QUEUE.next);
  const end = Math.min(next, Atomics.load(queue, QUEUE.end));
  Atomics.store(queue, QUEUE.end, end);
  console.error(`stopping; to go on, begin with case ${end}`);
}

process.once('SIGINT', stop);
// Workers started from here on have `gc`, which tells garbage from what is held.
setFlagsFromString('--expose-gc');
console.error(
  `${count} cases in ${jobs} threads, blocks of ${BLOCK}: ${describeCorpus()}`
);
setQueue(first, first + count);
await runAll();
for (const number of suspects) {
  await runAgain(number);
}
clearInterval(teller);
console.log(summary());
process.exitCode = findings.count > 0 ? 1 : 0;
