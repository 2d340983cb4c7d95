import { bitAt } from './cells.js';
import type { IBooleanChunk, ILongChunk, INumberChunk, Pause } from './tasks.js';

/** A chunk whose cells have a fixed width. */
export type FixedChunk = INumberChunk | ILongChunk | IBooleanChunk;

/**
 * Keys of 64 bits that, compared as unsigned integers, are in the order of the cells:
 * two words for each row, the less significant first. −0 has the key of +0; NaN is above
 * all numbers, also when descending. The keys of null cells mean nothing.
 */
export async function numberKeys(
  chunks: readonly FixedChunk[],
  rowCount: number,
  descending: boolean,
  pause: Pause
): Promise<Uint32Array> {
  const keys = new Uint32Array(rowCount * 2);
  let first = 0;
  for (const chunk of chunks) {
    fill(chunk, keys.subarray(first * 2, (first + chunk.length) * 2), descending);
    first += chunk.length;
    await pause();
  }
  return keys;
}

/** True for the key of NaN; else only the last of all longs has it. */
export function isNaNKey(keys: Uint32Array, row: number): boolean {
  return keys[row * 2 + 1] === ALL && keys[row * 2] === ALL;
}

const ALL = 0xffffffff;
const SIGN = 0x80000000;
/** Upper word of infinity. */
const INFINITE = 0x7ff00000;

function fill(chunk: FixedChunk, keys: Uint32Array, descending: boolean): void {
  const { buffer, byteOffset } = keys;
  const { length } = chunk;
  switch (chunk.kind) {
    case 'long':
      new BigInt64Array(buffer, byteOffset, length).set(
        chunk.values.subarray(0, length)
      );
      orderLongs(keys, descending ? ALL : 0);
      break;
    case 'number':
      new Float64Array(buffer, byteOffset, length).set(
        chunk.values.subarray(0, length)
      );
      orderDoubles(keys, descending ? ALL : 0);
      break;
    case 'boolean':
      for (let index = 0; index < length; index++) {
        keys[index * 2] = Number(bitAt(chunk.values, chunk.bit + index) !== descending);
      }
  }
}

function orderLongs(keys: Uint32Array, flip: number): void {
  for (let at = 0; at < keys.length; at += 2) {
    keys[at] ^= flip;
    keys[at + 1] ^= SIGN ^ flip;
  }
}

function orderDoubles(keys: Uint32Array, flip: number): void {
  for (let at = 0; at < keys.length; at += 2) {
    const low = keys[at];
    const high = keys[at + 1];
    const size = high & ~SIGN;
    if (size > INFINITE || (size === INFINITE && low !== 0)) {
      keys[at] = keys[at + 1] = ALL;
    } else {
      // The larger the bits of a negative number the smaller it is; −0 is taken for +0.
      const isNegative = high >= SIGN && (size | low) !== 0;
      keys[at] = low ^ (isNegative ? ALL : 0) ^ flip;
      keys[at + 1] = (isNegative ? ~high : size | SIGN) ^ flip;
    }
  }
}
