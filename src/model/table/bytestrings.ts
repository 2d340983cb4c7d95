/** A set of strings that are looked up by their UTF-8. */
export class ByteStrings {
  /** Different strings so far. */
  get size(): number {
    return this._strings.length;
  }

  /** The strings in the order in which they were added. */
  texts(): string[] {
    return this._strings.map(bytes => DECODER.decode(bytes));
  }

  /** Number of a string, counted from 0 in the order of adding; -1 for an unknown one. */
  find(bytes: Uint8Array, from: number, to: number): number {
    return this._slots[this._slotOf(bytes, from, to)] - 1;
  }

  /** Number of a string, which is added (copied) where it is unknown. */
  add(bytes: Uint8Array, from: number, to: number): number {
    const slot = this._slotOf(bytes, from, to);
    if (this._slots[slot] === 0) {
      this._strings.push(bytes.slice(from, to));
      this._slots[slot] = this._strings.length;
      if (this._strings.length * 2 > this._slots.length) {
        this._grow();
      }
      return this._strings.length - 1;
    }
    return this._slots[slot] - 1;
  }

  /** The slot that a string is in, or the free one that it would be in. */
  private _slotOf(bytes: Uint8Array, from: number, to: number): number {
    const mask = this._slots.length - 1;
    let slot = hash(bytes, from, to) & mask;
    while (this._slots[slot] !== 0) {
      if (isSame(this._strings[this._slots[slot] - 1], bytes, from, to)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private _grow(): void {
    this._slots = new Int32Array(this._slots.length * 2);
    this._strings.forEach((bytes, index) => {
      this._slots[this._slotOf(bytes, 0, bytes.length)] = index + 1;
    });
  }

  private readonly _strings: Uint8Array[] = [];
  /** One more than the number of a string; 0 where a slot is free. A power of two long. */
  private _slots = new Int32Array(64);
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** FNV-1a, its bits mixed once more because only the lower ones are used. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let value = 0x811c9dc5;
  for (let at = from; at < to; at++) {
    value = Math.imul(value ^ bytes[at], 0x01000193);
  }
  return value ^ (value >>> 15);
}

function isSame(
  string: Uint8Array,
  bytes: Uint8Array,
  from: number,
  to: number
): boolean {
  if (string.length !== to - from) {
    return false;
  }
  for (let index = 0; index < string.length; index++) {
    if (string[index] !== bytes[from + index]) {
      return false;
    }
  }
  return true;
}
