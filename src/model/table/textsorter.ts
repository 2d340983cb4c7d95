import { FEW, type IKeyedRows, partOf, SLICE, sortFew, sortMany } from './radix.js';
import type { ITextChunk, Pause } from './tasks.js';

/** Digits of a key: two bytes each, the last ones first. */
const DIGITS = 4;

/** Bytes of a string that make a key. */
const STEP = DIGITS * 2;

/**
 * Bytes that strings are compared by before the next string is looked at: most of a long
 * beginning would be compared in vain where one of the strings is another early.
 */
const REACH = 64;

/** Rows that are next to each other and whose strings have so many bytes in common. */
interface IRun {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/**
 * Sorts rows by the bytes of a text column, stably: by the first eight bytes that differ,
 * then the rows that are equal there by the next, and so on.
 */
export class TextSorter {
  /** @param spare - as long as the rows to sort; what it holds is lost */
  constructor(
    private readonly _chunks: readonly ITextChunk[],
    rowCount: number,
    descending: boolean,
    private readonly _spare: IKeyedRows,
    private readonly _pause: Pause
  ) {
    this._flip = descending ? 0xffff : 0;
    this._digits = new Uint16Array(rowCount * DIGITS);
    this._words = new Uint32Array(this._digits.buffer);
    this._chunkOf = new Uint32Array(rowCount);
    let first = 0;
    _chunks.forEach(({ length }, index) => {
      this._firsts.push(first);
      this._chunkOf.fill(index, first, first + length);
      first += length;
    });
  }

  /** Sorts rows in place; none of them is null. */
  async sort(rows: Uint32Array): Promise<void> {
    this._rows = rows;
    if (rows.length > 0) {
      await this._sortMany(0, rows.length, 0);
    }
  }

  /**
   * Sorts the rows of a run.
   *
   * @param depth - bytes that are equal in all of its strings
   */
  private async _sortMany(from: number, to: number, depth: number): Promise<void> {
    const start = await this._commonMany(from, to, depth);
    for (let at = from; at < to; at += SLICE) {
      this._makeKeys(at, Math.min(at + SLICE, to), start);
      await this._pause();
    }
    await sortMany(this._part(from, to), partOf(this._spare, from, to), this._pause);
    let done = from;
    for (let at = from; at < to;) {
      const end = this._runEnd(at, to);
      if (end - at >= FEW && !this._isEnd(at)) {
        await this._sortMany(at, end, start + STEP);
      } else {
        this._sortRun(at, end, start + STEP);
      }
      at = end;
      if (at - done >= SLICE) {
        done = at;
        await this._pause();
      }
    }
  }

  /** Like {@link _sortMany}, at once; a run of one needs no work. */
  private _sortRun(from: number, to: number, depth: number): void {
    if (to - from < 2 || this._isEnd(from)) {
      return;
    }
    let run = this._sortFew(from, to, depth);
    while (run.to - run.from >= 2 && !this._isEnd(run.from)) {
      run = this._sortFew(run.from, run.to, run.depth);
    }
  }

  /**
   * Sorts a run but for the longest of the runs in it that are equal so far. That is left
   * to the caller: where every string begins with the one before, a recursion would
   * overflow the stack.
   */
  private _sortFew(from: number, to: number, depth: number): IRun {
    const start = this._commonFew(from, to, depth);
    this._makeKeys(from, to, start);
    sortFew(this._part(from, to), this._spare);
    let longest: IRun = { from, to: from, depth: start + STEP };
    for (let at = from; at < to;) {
      const end = this._runEnd(at, to);
      if (end - at > longest.to - longest.from) {
        this._sortRun(longest.from, longest.to, longest.depth);
        longest = { from: at, to: end, depth: longest.depth };
      } else {
        this._sortRun(at, end, longest.depth);
      }
      at = end;
    }
    return longest;
  }

  private async _commonMany(from: number, to: number, depth: number): Promise<number> {
    let common = depth;
    let limit: number;
    do {
      limit = common + REACH;
      let least = limit;
      for (let at = from; at < to && least > common; at += SLICE) {
        const end = Math.min(at + SLICE, to);
        least = this._common(at, end, from, common, least);
        await this._pause();
      }
      common = least;
    } while (common === limit);
    return common;
  }

  /** How many bytes all strings of a run have in common. */
  private _commonFew(from: number, to: number, depth: number): number {
    let common = depth;
    let limit: number;
    do {
      limit = common + REACH;
      common = this._common(from, to, from, common, limit);
    } while (common === limit);
    return common;
  }

  /**
   * How many bytes the strings of some rows have in common with that of item `model`.
   *
   * @param depth - so many are known to be
   * @param most - so many are enough
   */
  private _common(
    from: number,
    to: number,
    model: number,
    depth: number,
    most: number
  ): number {
    const chunk = this._chunks[this._chunkOf[this._rows[model]]];
    const index = this._rows[model] - this._firsts[this._chunkOf[this._rows[model]]];
    const first = chunk.offsets[index];
    let common = Math.min(most, chunk.offsets[index + 1] - first);
    for (let at = from; at < to && common > depth; at++) {
      const row = this._rows[at];
      const where = this._chunkOf[row];
      const { values, offsets } = this._chunks[where];
      const start = offsets[row - this._firsts[where]];
      common = Math.min(common, offsets[row - this._firsts[where] + 1] - start);
      let same = depth;
      while (same < common && values[start + same] === chunk.values[first + same]) {
        same += 1;
      }
      common = same;
    }
    return common;
  }

  private _makeKeys(from: number, to: number, depth: number): void {
    const { _rows: rows, _digits: digits, _flip: flip } = this;
    for (let at = from; at < to; at++) {
      const row = rows[at];
      const where = this._chunkOf[row];
      const { values, offsets } = this._chunks[where];
      const index = row - this._firsts[where];
      const end = offsets[index + 1];
      let byte = offsets[index] + depth;
      for (let digit = at * DIGITS + DIGITS - 1; digit >= at * DIGITS; digit--) {
        digits[digit] =
          flip ^
          ((byte < end ? values[byte] + 1 : 0) << 8) ^
          (byte + 1 < end ? values[byte + 1] + 1 : 0);
        byte += 2;
      }
    }
  }

  /** The item after those whose key is that of item `at`. */
  private _runEnd(at: number, to: number): number {
    const { _words: words } = this;
    const low = words[at * 2];
    const high = words[at * 2 + 1];
    let end = at + 1;
    while (end < to && words[end * 2] === low && words[end * 2 + 1] === high) {
      end += 1;
    }
    return end;
  }

  private _part(from: number, to: number): IKeyedRows {
    return partOf({ rows: this._rows, words: this._words }, from, to);
  }

  /** True if the string of an item ends within its key. */
  private _isEnd(at: number): boolean {
    return ((this._digits[at * DIGITS] ^ this._flip) & 0xff) === 0;
  }

  private _rows: Uint32Array = new Uint32Array(0);
  private readonly _flip: number;
  /**
   * Keys of the items: eight bytes, each one more than in the string, so that 0 is left
   * for its end. UTF-8 has no byte 0xFF.
   */
  private readonly _digits: Uint16Array;
  private readonly _words: Uint32Array;
  /** For each row its chunk. */
  private readonly _chunkOf: Uint32Array;
  /** For each chunk its first row. */
  private readonly _firsts: number[] = [];
}
