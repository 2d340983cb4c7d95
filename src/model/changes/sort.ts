import type { Pause } from '../../protocol/votable/types.js';

/** Texts that are sorted at once: some milliseconds of work. */
const RUN = 4096;

/**
 * The order of texts by their code units, which is the same on every computer; equal ones
 * stay in their order. Never holds the page for long.
 */
export async function sortedOrder(
  texts: readonly string[],
  pause: Pause
): Promise<Uint32Array> {
  let order = Uint32Array.from(texts, (_, index) => index);
  for (let at = 0; at < order.length; at += RUN) {
    order.subarray(at, at + RUN).sort((a, b) => compare(texts[a], texts[b]) || a - b);
    await pause();
  }
  for (let width = RUN; width < order.length; width *= 2) {
    const merged = new Uint32Array(order.length);
    for (let at = 0; at < order.length; at += 2 * width) {
      await merge(texts, order, merged, at, width, pause);
    }
    order = merged;
  }
  return order;
}

/** Merge two sorted pieces beside each other into the same place of another array. */
async function merge(
  texts: readonly string[],
  from: Uint32Array,
  to: Uint32Array,
  at: number,
  width: number,
  pause: Pause
): Promise<void> {
  const middle = Math.min(at + width, from.length);
  const end = Math.min(at + 2 * width, from.length);
  let [left, right] = [at, middle];
  for (let next = at; next < end; next++) {
    const takesLeft =
      right >= end || (left < middle && texts[from[left]] <= texts[from[right]]);
    to[next] = takesLeft ? from[left++] : from[right++];
    if (next % RUN === 0) {
      await pause();
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
