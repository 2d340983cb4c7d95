import type { IColumnChunk, ScalarValue } from './tasks.js';

/** True if cell `index` of a chunk is not null. */
export function isValid({ valid, bit }: IColumnChunk, index: number): boolean {
  return valid === null || bitAt(valid, bit + index);
}

/** A cell as a value. */
export function cellAt(chunk: IColumnChunk, index: number): ScalarValue {
  if (!isValid(chunk, index)) {
    return null;
  }
  switch (chunk.kind) {
    case 'text':
      return DECODER.decode(
        chunk.values.subarray(chunk.offsets[index], chunk.offsets[index + 1])
      );
    case 'boolean':
      return bitAt(chunk.values, chunk.bit + index);
    default:
      return chunk.values[index];
  }
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

function bitAt(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] >> (at & 7)) & 1) === 1;
}
