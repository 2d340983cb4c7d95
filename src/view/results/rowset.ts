/**
 * A set of rows of a store: one bit for each, so that a million selected rows cost 125 kB
 * however they are sorted.
 */
export class RowSet {
  /** Number of rows in the set. */
  get size(): number {
    return this._size;
  }

  has(row: number): boolean {
    return ((this._bits[row >> 5] >>> (row & 31)) & 1) === 1;
  }

  add(row: number): void {
    const word = row >> 5;
    if (word >= this._bits.length) {
      this._grow(word + 1);
    }
    this._size += this.has(row) ? 0 : 1;
    this._bits[word] |= 1 << (row & 31);
  }

  delete(row: number): void {
    if (this.has(row)) {
      this._bits[row >> 5] &= ~(1 << (row & 31));
      this._size -= 1;
    }
  }

  clear(): void {
    this._bits.fill(0);
    this._size = 0;
  }

  /** A copy that further changes leave alone. */
  clone(): RowSet {
    const copy = new RowSet();
    copy._bits = this._bits.slice();
    copy._size = this._size;
    return copy;
  }

  /** The rows, ascending. */
  *[Symbol.iterator](): IterableIterator<number> {
    for (let word = 0; word < this._bits.length; word++) {
      for (let bits = this._bits[word]; bits !== 0; bits &= bits - 1) {
        yield word * 32 + 31 - Math.clz32(bits & -bits);
      }
    }
  }

  private _grow(words: number): void {
    const bits = new Uint32Array(Math.max(words, this._bits.length * 2));
    bits.set(this._bits);
    this._bits = bits;
  }

  private _bits = new Uint32Array(0);
  private _size = 0;
}
