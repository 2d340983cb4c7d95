import { runTableTask } from './run.js';
import type { Pause, TableRunner } from './tasks.js';

/** Longest slice of work on the page, milliseconds: half a frame. */
const SLICE = 8;

/**
 * A pause that lets everything else run whenever work has gone on for a while, and that
 * throws an AbortError once `signal` is aborted.
 *
 * @param milliseconds - how long to work between two breaks
 */
export function pausing(signal: AbortSignal, milliseconds = SLICE): Pause {
  let begin = performance.now();
  return async () => {
    if (performance.now() - begin >= milliseconds) {
      await nextTask();
      begin = performance.now();
    }
    throwIfAborted(signal);
  };
}

/** Runs tasks on the page without blocking it: where no worker can be had. */
export const runOnPage: TableRunner = async (task, signal) => {
  throwIfAborted(signal);
  return runTableTask(task, pausing(signal));
};

/** Not `signal.reason`, which is whatever the caller of `abort` gave. */
function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new DOMException('The table task is no longer wanted.', 'AbortError');
  }
}

/** Resolves in a task of its own; a timer would wait 4 ms each time. */
function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
