import type { IColumnChunk } from './tasks.js';

/**
 * Marks cells that meet a condition. What it says of null cells counts for nothing.
 *
 * @param from - first cell of the chunk
 * @param to - cell after the last one
 * @param hits - set to 1 for cells that meet it, 0 before; cell `from` is the first
 */
export type Matcher = (
  chunk: IColumnChunk,
  from: number,
  to: number,
  hits: Uint8Array
) => void;
