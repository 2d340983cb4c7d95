const INITIAL_ROWS = 256;

/** The validity bitmap of a column: one bit per cell, least significant first. */
export class Validity {
  /** Cells so far. */
  length = 0;
  /** Null cells so far. */
  nulls = 0;

  append(valid: boolean): void {
    const { length } = this;
    if (length >> 3 >= this._bits.length) {
      this._bits = grown(this._bits, this._bits.length + 1);
    }
    if (valid) {
      this._bits[length >> 3] |= 1 << (length & 7);
    } else {
      this.nulls += 1;
    }
    this.length = length + 1;
  }

  /** The bitmap, or null where nothing is null; begins anew. */
  take(): { nullCount: number; nullBitmap: Uint8Array | null } {
    const nullCount = this.nulls;
    const nullBitmap = nullCount > 0 ? this._bits : null;
    this._bits = new Uint8Array(Math.max(this.length >> 3, INITIAL_ROWS >> 3) + 1);
    this.length = 0;
    this.nulls = 0;
    return { nullCount, nullBitmap };
  }

  private _bits = new Uint8Array((INITIAL_ROWS >> 3) + 1);
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

/** A fresh store of the same kind with as much room as the last batch needed. */
export function fresh<S extends Store>(store: S, length: number): S {
  const make = store.constructor as new (length: number) => S;
  return new make(Math.max(length, INITIAL_ROWS));
}

/** The used part of a store; a copy where most of it is unused. */
export function used<S extends Store>(store: S, length: number): S {
  const part =
    store.length > length * 2 ? store.slice(0, length) : store.subarray(0, length);
  return part as S;
}
