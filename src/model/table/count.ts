import { ByteStrings } from './bytestrings.js';
import { bitAt, isValid } from './cells.js';
import type {
  IColumnChunk,
  ICountTask,
  IValueCount,
  Pause,
  ScalarValue
} from './tasks.js';

/** Cells to count between two pauses. */
const BLOCK = 0x4000;

/** Counts the values of a column, see {@link ICountTask}. */
export async function countValues(
  { chunks, limit }: ICountTask,
  pause: Pause
): Promise<readonly IValueCount[] | null> {
  const tally = new Tally(limit);
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += BLOCK) {
      if (!tally.add(chunk, from, Math.min(from + BLOCK, chunk.length))) {
        return null;
      }
      await pause();
    }
  }
  return tally.result(chunks[0]?.kind === 'text');
}

/** Values met so far and how often. */
class Tally {
  /** @param limit - how many different values there may be, null being one of them */
  constructor(private readonly _limit: number) {}

  /** @returns false if there are too many different values */
  add(chunk: IColumnChunk, from: number, to: number): boolean {
    for (let index = from; index < to && this._counts.size <= this._limit; index++) {
      const key = isValid(chunk, index) ? this._keyOf(chunk, index) : null;
      this._counts.set(key, (this._counts.get(key) ?? 0) + 1);
    }
    return this._counts.size <= this._limit;
  }

  result(isText: boolean): IValueCount[] {
    const texts = this._texts.texts();
    return [...this._counts]
      .map(([key, count]) => ({
        value: isText && key !== null ? texts[Number(key)] : key,
        count
      }))
      .sort((a, b) => b.count - a.count);
  }

  /** Texts are counted by their number, so that none is decoded twice. */
  private _keyOf(chunk: IColumnChunk, index: number): ScalarValue {
    switch (chunk.kind) {
      case 'text':
        return this._texts.add(
          chunk.values,
          chunk.offsets[index],
          chunk.offsets[index + 1]
        );
      case 'boolean':
        return bitAt(chunk.values, chunk.bit + index);
      default:
        return chunk.values[index];
    }
  }

  private readonly _counts = new Map<ScalarValue, number>();
  private readonly _texts = new ByteStrings();
}
