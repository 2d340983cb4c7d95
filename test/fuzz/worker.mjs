/** Runs cases one after the other, in a thread that can be stopped when one hangs. */
import { parentPort, workerData } from 'node:worker_threads';

import { makeCase } from './cases.mjs';
import { check } from './check.mjs';
import { BLOCK } from './corpus.mjs';
import { COUNTERS, QUEUE } from './counters.mjs';
import { loadReader } from './reader.mjs';
import { smaller } from './smaller.mjs';
import { SERIALIZATIONS } from './tables.mjs';
import { isWellFormed } from './wellformed.mjs';

/** One case in so many has what is known of it judged. */
const SAMPLE = 100;

/** Frames of a stack in a finding; refusals are many and need none. */
const STACK = 12;
Error.stackTraceLimit = 0;

const { seed, row, queue } = workerData;
const reader = await loadReader();

/** Marks for the watchdog when a reading begins. */
function watched(one) {
  Atomics.add(row, COUNTERS.beat, 1);
  return check(reader, one);
}

function takeBlock() {
  const start = Atomics.add(queue, QUEUE.next, BLOCK);
  const end = Math.min(start + BLOCK, Atomics.load(queue, QUEUE.end));
  Atomics.store(row, COUNTERS.next, start);
  Atomics.store(row, COUNTERS.end, end);
  return start < end;
}

function misjudged(one, number) {
  return number % SAMPLE === 0 && one.wellFormed && !isWellFormed(one.plain);
}

async function problemOf(one, number) {
  if (misjudged(one, number)) {
    return 'is not well-formed, though the fuzzer thinks so';
  }
  const problem = await watched(one);
  if (problem === null) {
    return null;
  }
  Error.stackTraceLimit = STACK;
  const explained = await watched(one);
  Error.stackTraceLimit = 0;
  return explained ?? problem;
}

async function runCase(number) {
  const one = makeCase(seed, number);
  Atomics.store(row, COUNTERS.reading, number);
  const problem = await problemOf(one, number);
  if (problem !== null) {
    parentPort.postMessage({ number, problem, bytes: one.bytes });
    const small = await smaller(one, problem, watched);
    parentPort.postMessage({ number, problem, bytes: small, isSmaller: true });
  }
  Atomics.store(row, COUNTERS.reading, -1);
  Atomics.add(row, COUNTERS.wellFormed, one.wellFormed ? 1 : 0);
  Atomics.add(row, COUNTERS.done + (number % SERIALIZATIONS.length), 1);
}

do {
  for (;;) {
    const number = Atomics.load(row, COUNTERS.next);
    if (number >= Atomics.load(row, COUNTERS.end)) {
      break;
    }
    await runCase(number);
    Atomics.store(row, COUNTERS.next, number + 1);
  }
} while (takeBlock());
