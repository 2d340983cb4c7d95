import type { IBinaryInput, ICounts } from './columns/column.js';
import type { RowSizes } from './rowsize.js';

/**
 * Another way to count than the standard's, followed beside it through the rows that
 * wait, until it meets something impossible or the stream ends.
 */
export class Rival {
  /**
   * @param counts - what this one counts
   * @param doubt - the column whose text made the standard's counts doubtful; null where
   * the columns alone did
   */
  constructor(
    readonly counts: ICounts,
    readonly doubt: number | null
  ) {}

  /**
   * Measures what has come since.
   *
   * @param input - with the counts of this one
   * @param start - the first row in doubt; may move between calls, as its bytes do
   * @param last - true if nothing will follow: an incomplete row is looked at once more
   * @returns false if the rows cannot be read in this way
   */
  advance(
    sizes: RowSizes,
    input: IBinaryInput,
    start: number,
    end: number,
    last: boolean
  ): boolean {
    if (!last && end - start < this._read + this._needed) {
      return true;
    }
    const rows = sizes.measureAll(input, start + this._read, end);
    this._read = rows.end - start;
    this._needed = rows.needed;
    return rows.needed > 0;
  }

  /** True if this many bytes are whole rows. */
  fits(length: number): boolean {
    return this._read === length;
  }

  private _read = 0;
  private _needed = 1;
}
