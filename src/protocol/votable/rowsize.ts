import { type IBinaryInput, type IColumn, IMPOSSIBLE } from './columns/column.js';
import { MAX_ROW_BYTES } from './limits.js';

/** Marks a column whose cells have to be measured one by one. */
const NOT_FIXED = -1;

/** Measures rows of BINARY or BINARY2 before they are read. */
export class RowSizes {
  /** The column at which measuring stopped last. */
  stoppedAt = 0;
  /** Where the cells of the row that was measured last begin, as far as it was. */
  readonly starts: Int32Array;

  /**
   * @param _flagBytes - that stand before each row: those of BINARY2
   * @param _texts - the columns of `unicodeChar`
   */
  constructor(
    private readonly _columns: readonly IColumn[],
    private readonly _flagBytes: number,
    private readonly _texts: readonly number[]
  ) {
    this.starts = new Int32Array(_columns.length + 1);
    // No more than is refused: a declared size may be beyond 32 bits.
    this._fixed = Int32Array.from(_columns, ({ size }) =>
      size === null ? NOT_FIXED : Math.min(size, MAX_ROW_BYTES + 1)
    );
  }

  /**
   * Bytes of the row that begins here, or those up to the cell that is not complete.
   * Nothing is allocated for a length that is only declared.
   *
   * @returns `IMPOSSIBLE` for a length that cannot be
   */
  measure(input: IBinaryInput, start: number, end: number): number {
    const { starts } = this;
    const columns = this._columns.length;
    let at = start + this._flagBytes;
    let index = 0;
    for (; index < columns && at <= end; index++) {
      starts[index] = at;
      const fixed = this._fixed[index];
      const size =
        fixed === NOT_FIXED ? this._columns[index].measure(input, at, end) : fixed;
      if (size === IMPOSSIBLE || at + size - start > MAX_ROW_BYTES) {
        this.stoppedAt = index;
        starts[index + 1] = at;
        return IMPOSSIBLE;
      }
      at += size;
    }
    this.stoppedAt = Math.max(index - 1, 0);
    starts[index] = at;
    return at - start;
  }

  /**
   * True if a text of the row that was measured last has surrogates, as far as it is
   * there: only then can its size be in doubt.
   */
  hasSurrogate({ view }: IBinaryInput, end: number): boolean {
    for (const index of this._texts) {
      if (index > this.stoppedAt) {
        break;
      }
      if (mayHaveSurrogate(view, this.starts[index], this.starts[index + 1], end)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whole rows between `start` and `end` under these counts.
   *
   * @returns where they end, and the bytes that must be there before the next one can
   * be looked at: 0 if there is none that could be
   */
  measureAll(
    input: IBinaryInput,
    start: number,
    end: number
  ): { readonly end: number; readonly needed: number } {
    let at = start;
    while (at < end) {
      const size = this.measure(input, at, end);
      if (size <= 0 || size > end - at) {
        return { end: at, needed: Math.max(size, 0) };
      }
      at += size;
    }
    return { end: at, needed: 1 };
  }

  /**
   * The first column of the row whose size depends on what is counted, as far as the
   * row is there.
   *
   * @param other - the same bytes with other counts
   * @returns −1 if there is none
   */
  findDoubtful(
    input: IBinaryInput,
    other: IBinaryInput,
    start: number,
    end: number
  ): number {
    let at = start + this._flagBytes;
    for (let index = 0; index < this._columns.length && at <= end; index++) {
      const size = this._columns[index].measure(input, at, end);
      const otherSize = this._columns[index].measure(other, at, end);
      if (size === IMPOSSIBLE || otherSize === IMPOSSIBLE) {
        return -1;
      }
      if (size !== otherSize) {
        return index;
      }
      at += size;
    }
    return -1;
  }

  /** Bytes of the cells of each column, or `NOT_FIXED`. */
  private readonly _fixed: Int32Array;
}

/** True if a UTF-16 unit of the cell is half a pair; its count may be taken for one. */
function mayHaveSurrogate(
  view: DataView,
  start: number,
  stop: number,
  end: number
): boolean {
  const limit = Math.min(stop, end);
  let at = start;
  for (; at + 4 <= limit; at += 4) {
    const word = view.getInt32(at);
    if ((word & 0xf800f800) !== 0 && (isSurrogate(word >> 16) || isSurrogate(word))) {
      return true;
    }
  }
  return at + 2 <= limit && isSurrogate(view.getUint16(at));
}

/** Looks at the lower 16 bits. */
function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800;
}
