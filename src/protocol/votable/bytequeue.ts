const INITIAL_CAPACITY = 1 << 16;

/**
 * Bytes that arrived and are not used up yet. Readers look at `bytes` between `start`
 * and `end` and move `start` on.
 */
export class ByteQueue {
  /** Storage, from the start of its buffer; valid until the next `append` or `reserve`. */
  bytes = new Uint8Array(INITIAL_CAPACITY);
  /** The same memory, for words at any place. */
  view = new DataView(this.bytes.buffer);
  /** The first byte that is not used up. */
  start = 0;
  /** Behind the last byte that arrived. */
  end = 0;

  /** Bytes that wait. */
  get length(): number {
    return this.end - this.start;
  }

  /** Adds a copy of these bytes. */
  append(chunk: Uint8Array): void {
    this.reserve(chunk.length);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** Makes room for so many bytes behind `end`; the caller writes them and moves `end`. */
  reserve(extra: number): void {
    if (this.end + extra <= this.bytes.length) {
      return;
    }
    const waiting = this.bytes.subarray(this.start, this.end);
    const needed = waiting.length + extra;
    if (needed > this.bytes.length / 2) {
      const grown = new Uint8Array(Math.max(needed * 2, INITIAL_CAPACITY));
      grown.set(waiting);
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    } else {
      this.bytes.copyWithin(0, this.start, this.end);
    }
    this.end -= this.start;
    this.start = 0;
  }

  /** The bytes that wait, as a view. */
  waiting(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }
}
