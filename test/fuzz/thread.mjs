/** One worker of a run: started, watched, and started anew where it had to be stopped. */
import { Worker } from 'node:worker_threads';

import { COUNTERS } from './counters.mjs';
import { LOOK } from './watchdog.mjs';

/** Bounds of the JavaScript heap, in MB; buffers are outside of it and watched by `check`. */
const HEAP = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

/**
 * Runs cases in a worker until none is left. A case at which the worker dies, or has
 * nothing to wait for, is a finding; one that takes too long is a suspect.
 *
 * @param data - `{ seed, row, queue }`, see `counters.mjs`
 * @param tell - `{ finding(message), suspect(number) }`
 * @param eye - makes what tells that a reading takes too long, see `watchdog.mjs`
 * @throws what the fuzzer itself did wrong
 */
export async function runThread(data, tell, eye) {
  const { row } = data;
  while (await endsInCase(data, tell, eye())) {
    Atomics.store(row, COUNTERS.next, Atomics.load(row, COUNTERS.reading) + 1);
    Atomics.store(row, COUNTERS.reading, -1);
  }
}

/** @returns true if the case that was being read ended the worker */
async function endsInCase(data, tell, takesTooLong) {
  const worker = new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: data,
    resourceLimits: HEAP
  });
  worker.on('message', tell.finding);
  const reading = () => Atomics.load(data.row, COUNTERS.reading);
  let isSuspect = false;
  const looks = setInterval(() => {
    const number = reading();
    if (!isSuspect && takesTooLong(number, Atomics.load(data.row, COUNTERS.beat))) {
      isSuspect = true;
      tell.suspect(number);
      void worker.terminate();
    }
  }, LOOK);
  const error = await ended(worker);
  clearInterval(looks);
  if (error !== null && reading() < 0) {
    throw error;
  }
  if (reading() >= 0 && !isSuspect) {
    const problem = error?.stack ?? error?.message ?? 'waits for what never comes';
    tell.finding({ number: reading(), problem });
  }
  return reading() >= 0;
}

/** The error of which a worker died, or null. */
function ended(worker) {
  return new Promise(resolve => {
    let last = null;
    worker.on('error', error => (last = error));
    worker.on('exit', () => resolve(last));
  });
}
