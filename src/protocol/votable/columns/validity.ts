const INITIAL_ROWS = 256;

/** A store this many times larger than a batch needs is not kept. */
const MOSTLY_UNUSED = 8;

const NO_BITS = new Uint8Array(0);

/** The validity bitmap of a column: one bit per cell, least significant first. */
export class Validity {
  /** Cells so far. */
  length = 0;
  /** Null cells so far. */
  nulls = 0;

  append(valid: boolean): void {
    if (!valid || this.nulls > 0) {
      this._append(valid);
    }
    this.length += 1;
  }

  /** Takes the last cell back. */
  dropLast(): void {
    this.length -= 1;
    const { length } = this;
    if (this.nulls > 0) {
      const bit = 1 << (length & 7);
      this.nulls -= (this._bits[length >> 3] & bit) === 0 ? 1 : 0;
      this._bits[length >> 3] &= ~bit;
    }
  }

  /** The bitmap, or null where nothing is null; begins anew. */
  take(): { nullCount: number; nullBitmap: Uint8Array | null } {
    const nullCount = this.nulls;
    const nullBitmap = nullCount > 0 ? this._bits : null;
    this._bits = NO_BITS;
    this.length = 0;
    this.nulls = 0;
    return { nullCount, nullBitmap };
  }

  private _append(valid: boolean): void {
    const { length } = this;
    if (length >> 3 >= this._bits.length) {
      this._bits = grown(this._bits, (length >> 3) + 1);
    }
    if (valid) {
      this._bits[length >> 3] |= 1 << (length & 7);
      return;
    }
    if (this.nulls === 0) {
      setBits(this._bits, length);
    }
    this.nulls += 1;
  }

  /** Kept only from the first null on: most columns have none. */
  private _bits = NO_BITS;
}

/** Sets the first bits and clears all others. */
function setBits(bits: Uint8Array, count: number): void {
  bits.fill(0xff, 0, count >> 3);
  bits.fill(0, count >> 3);
  bits[count >> 3] = (1 << (count & 7)) - 1;
}

/** The typed arrays that columns keep their values in. */
export type Store =
  Uint8Array | Int16Array | Int32Array | BigInt64Array | Float32Array | Float64Array;

/** A copy with room for at least `needed` values, at least twice as long. */
export function grown<S extends Store>(store: S, needed: number): S {
  const make = store.constructor as new (length: number) => S;
  const copy = new make(Math.max(needed, store.length * 2, INITIAL_ROWS));
  copy.set(store as never);
  return copy;
}

/** A copy of the first values, in memory of its own: batches are given away. */
export function taken<S extends Store>(store: S, length: number): S {
  return store.slice(0, length) as S;
}

/**
 * The store for the next batch, after so many values of it were taken: the same one,
 * unless a batch like the last would leave nearly all of it unused.
 */
export function reusable<S extends Store>(store: S, length: number): S {
  const make = store.constructor as new (length: number) => S;
  const enough = Math.max(length * MOSTLY_UNUSED, INITIAL_ROWS);
  return store.length > enough ? new make(Math.max(length, INITIAL_ROWS)) : store;
}
