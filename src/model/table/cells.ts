import type { IColumnChunk } from './tasks.js';

/** True if cell `index` of a chunk is not null. */
export function isValid({ valid, bit }: IColumnChunk, index: number): boolean {
  return valid === null || bitAt(valid, bit + index);
}

/** A bit of a bitmap, least significant first. */
export function bitAt(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] >> (at & 7)) & 1) === 1;
}
