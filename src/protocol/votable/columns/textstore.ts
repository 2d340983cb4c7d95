import { commonReference } from '../references.js';
import { copyUtf16, NEEDS_CARE } from '../utf8.js';
import type { IBytes } from './column.js';
import { grown, reusable, taken } from './validity.js';

const LESS = 0x3c;
const AMPERSAND = 0x26;

/** Largest length that Arrow's 32-bit offsets can hold in one batch. */
const MAX_BATCH_TEXT = 0x7fff_ffff;

/** The UTF-8 of all strings of a column, one behind the other. */
export class TextStore {
  /** The memory; valid until the next `reserve`. */
  bytes = grown(new Uint8Array(0), 0);
  /** Bytes in use. */
  used = 0;

  /**
   * Makes room for so many bytes.
   *
   * @throws RangeError if Arrow cannot hold as many in one batch
   */
  reserve(size: number): void {
    const needed = this.used + size;
    if (needed > MAX_BATCH_TEXT) {
      throw new RangeError('A batch of strings exceeds 2 GB.');
    }
    if (needed > this.bytes.length) {
      this._move(grown(this.bytes, needed));
    }
  }

  /**
   * Copies the text of a cell up to the `<` behind it, as long as it is ASCII without
   * control characters; the references of XML are resolved. Four bytes are looked at
   * and copied at a time: most of the time of reading a table is spent here.
   *
   * @returns where the `<` stands; −1, with nothing added, if the text is of another
   * kind, does not end before `end` or finds no room
   */
  copyCell({ bytes, view }: IBytes, start: number, end: number): number {
    const out = this.bytes;
    const outView = this._view;
    // What is written is never more than what is read.
    const limit = Math.min(end, start + out.length - this.used);
    let to = this.used;
    let at = start;
    while (at < limit) {
      for (; at + 4 <= limit; at += 4, to += 4) {
        const word = view.getInt32(at);
        if (hasSpecial(word)) {
          break;
        }
        outView.setInt32(to, word);
      }
      while (at < limit && IS_PLAIN[bytes[at]] !== 0) {
        out[to++] = bytes[at++];
      }
      if (at === limit) {
        break;
      }
      if (bytes[at] === LESS) {
        this.used = to;
        return at;
      }
      const found = bytes[at] === AMPERSAND ? commonReference(bytes, at, limit) : null;
      if (found === null) {
        break;
      }
      out[to++] = found.byte;
      at += found.length;
    }
    return -1;
  }

  /** Copies ASCII up to the first NUL; false, with nothing added, for other text. */
  copyAscii({ bytes, view }: IBytes, start: number, end: number): boolean {
    this.reserve(end - start);
    const out = this.bytes;
    const outView = this._view;
    let to = this.used;
    let at = start;
    for (; at + 4 <= end; at += 4, to += 4) {
      const word = view.getInt32(at);
      if (((word | (word - 0x01010101)) & 0x80808080) !== 0) {
        break;
      }
      outView.setInt32(to, word);
    }
    for (; at < end && bytes[at] !== 0; at++) {
      if (bytes[at] >= 0x80) {
        return false;
      }
      out[to++] = bytes[at];
    }
    this.used = to;
    return true;
  }

  /** Copies UTF-16 code units, big-endian, up to the first NUL. */
  copyUtf16(input: IBytes, start: number, end: number): void {
    // No unit takes more than three bytes of UTF-8.
    this.reserve(((end - start) / 2) * 3);
    const { view } = input;
    const outView = this._view;
    let to = this.used;
    let at = start;
    for (; at + 8 <= end; at += 8, to += 4) {
      const first = view.getInt32(at);
      const second = view.getInt32(at + 4);
      if (hasWide(first) || hasWide(second)) {
        break;
      }
      outView.setInt32(to, (asciiPair(first) << 16) | asciiPair(second));
    }
    this.used = copyUtf16(input.bytes, at, end, this.bytes, to);
  }

  /** A copy of what is in use; begins anew. */
  take(): Uint8Array {
    const { bytes, used } = this;
    const text = taken(bytes, used);
    this._move(reusable(bytes, used));
    this.used = 0;
    return text;
  }

  private _move(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes;
    this._view = new DataView(bytes.buffer);
  }

  private _view = new DataView(this.bytes.buffer);
}

/** 1 for bytes of a cell that are copied as they are. */
const IS_PLAIN = NEEDS_CARE.map((care, byte) => (care === 0 && byte !== LESS ? 1 : 0));

/**
 * True if any of four bytes is a control character, `<`, `&` or no ASCII. What is
 * below its subtrahend sets its top bit.
 */
function hasSpecial(word: number): boolean {
  const less = (word ^ 0x3c3c3c3c) - 0x01010101;
  const ampersand = (word ^ 0x26262626) - 0x01010101;
  return ((word | less | ampersand | (word - 0x20202020)) & 0x80808080) !== 0;
}

/** True if any of two UTF-16 code units is no ASCII or NUL. */
function hasWide(word: number): boolean {
  return ((word & 0xff80ff80) | ((word - 0x00010001) & 0x80008000)) !== 0;
}

/** The two bytes of two code units that are ASCII. */
function asciiPair(word: number): number {
  return (word >>> 8) | (word & 0xff);
}
