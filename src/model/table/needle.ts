/** A text of at least one byte to be found in bytes. */
export class Needle {
  /**
   * @param bytes - what to find; in lower case where `ignoresCase`
   * @param ignoresCase - true where the letters A–Z are found in both cases
   */
  constructor(
    private readonly _bytes: Uint8Array,
    ignoresCase: boolean
  ) {
    this._fold = ignoresCase ? ASCII_LOWER : IDENTITY;
    this._last = _bytes.length - 1;
    this._variants = [...IDENTITY].filter(byte => this._fold[byte] === _bytes[0]);
    this._skips = new Int32Array(256).fill(_bytes.length);
    for (const byte of IDENTITY) {
      const place = _bytes.subarray(0, this._last).lastIndexOf(this._fold[byte]);
      this._skips[byte] = this._last - place;
      this._steps[byte] =
        this._fold[byte] === _bytes[this._last] ? 0 : this._skips[byte];
    }
  }

  /**
   * Marks the cells that the needle is in.
   *
   * @param offsets - where cells begin and end in `bytes`
   * @param from - first cell
   * @param to - cell after the last one
   * @param hits - set to 1 for cells that have it; cell `from` is the first
   */
  mark(
    bytes: Uint8Array,
    offsets: Int32Array,
    from: number,
    to: number,
    hits: Uint8Array
  ): void {
    if (this._last === 0) {
      this._variants.forEach(byte => markByte(byte, bytes, offsets, from, to, hits));
      return;
    }
    const end = offsets[to];
    let cell = from;
    let at = this._find(bytes, offsets[from], end);
    while (at < end) {
      while (offsets[cell + 1] <= at) {
        cell += 1;
      }
      // What was found may reach into the next cell; then so would any later find in this.
      if (at + this._last < offsets[cell + 1]) {
        hits[cell - from] = 1;
      }
      at = this._find(bytes, offsets[cell + 1], end);
    }
  }

  /**
   * Where the needle begins between `from` and `to`; at least `to` where it is not.
   * Horspool's search: the byte under the needle's end tells how far it can be moved.
   */
  private _find(bytes: Uint8Array, from: number, to: number): number {
    const { _steps: steps, _last: last } = this;
    let at = from + last;
    while (at < to) {
      const step = steps[bytes[at]];
      if (step !== 0) {
        at += step;
      } else if (this._isAt(bytes, at - last)) {
        return at - last;
      } else {
        at += this._skips[bytes[at]];
      }
    }
    return to;
  }

  /** True if the needle is at a place, where its last byte is known to be. */
  private _isAt(bytes: Uint8Array, start: number): boolean {
    const { _bytes: needle, _fold: fold, _last: last } = this;
    for (let index = 0; index < last; index++) {
      if (fold[bytes[start + index]] !== needle[index]) {
        return false;
      }
    }
    return true;
  }

  private readonly _last: number;
  private readonly _fold: Uint8Array;
  /** Bytes that count as the first one. */
  private readonly _variants: readonly number[];
  /** For each byte under the needle's end, how far the needle can be moved. */
  private readonly _skips: Int32Array;
  /** The same, but 0 for a byte that may be the needle's end. */
  private readonly _steps = new Int32Array(256);
}

const IDENTITY = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** For each byte the lower case of the ASCII letter, and itself for all others. */
export const ASCII_LOWER = IDENTITY.map(byte =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
);

/** The platform's search, the fastest for one byte. */
function markByte(
  byte: number,
  bytes: Uint8Array,
  offsets: Int32Array,
  from: number,
  to: number,
  hits: Uint8Array
): void {
  const part = bytes.subarray(0, offsets[to]);
  let cell = from;
  let at = part.indexOf(byte, offsets[from]);
  while (at >= 0) {
    while (offsets[cell + 1] <= at) {
      cell += 1;
    }
    hits[cell - from] = 1;
    at = part.indexOf(byte, offsets[cell + 1]);
  }
}
