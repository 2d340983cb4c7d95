/** Runs cases one after the other, in a thread that can be stopped when one hangs. */
import { parentPort, workerData } from 'node:worker_threads';

import { isWellFormed, makeCase } from './cases.mjs';
import { check } from './check.mjs';
import { COUNTERS } from './counters.mjs';

const { seed, first, end, shared } = workerData;
const counters = new Int32Array(shared);

for (let number = first; number < end; number++) {
  const one = makeCase(seed, number);
  Atomics.add(counters, COUNTERS.wellFormed, isWellFormed(one.plain) ? 1 : 0);
  Atomics.store(counters, COUNTERS.reading, number);
  const problem = await check(one);
  Atomics.store(counters, COUNTERS.reading, -1);
  Atomics.store(counters, COUNTERS.next, number + 1);
  if (problem !== null) {
    parentPort.postMessage({ number, problem });
  }
}
