import { type BulkDecoder, platformDecoder } from './base64native.js';
import type { IBytes } from './columns/column.js';

const BLANK = 64;
const PADDING = 65;
const INVALID = 66;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** What each byte means: a value below 64, or one of the codes above. */
const CODES = codes();

/** The 12 bits of two characters, by their big-endian word; negative for others. */
const PAIRS = pairs();

/** Characters and bytes of the block that is decoded at once. */
const BLOCK_TEXT = 16;
const BLOCK_BYTES = 12;

/**
 * Decodes base64 that comes in pieces (RFC 4648 §4). White space may stand anywhere,
 * and a padded end may be followed by more: some services join encoded blocks.
 */
export class Base64Decoder {
  /** Where decoding stopped: at the end, or at a character that is not base64. */
  at = 0;

  /** @param _bulk - decodes most of a piece; null to do without */
  constructor(private readonly _bulk: BulkDecoder | null = platformDecoder()) {}

  /**
   * Decodes one more piece.
   *
   * @param out - has room for three quarters of the piece, and three bytes
   * @param offset - where to write
   * @returns behind the last byte written; `at` says where decoding stopped
   */
  decode(
    text: IBytes,
    start: number,
    end: number,
    out: IBytes,
    offset: number
  ): number {
    this.at = start;
    let to = offset;
    let bulk = this._bulk;
    while (this.at < end) {
      if (this._count === 0) {
        const [read, written] =
          bulk === null
            ? decodeQuanta(text, this.at, end, out, to)
            : bulk(text.bytes.subarray(this.at, end), out.bytes.subarray(to));
        this.at += read;
        to += written;
        // What it leaves is the end of the piece, or something special in it.
        bulk = null;
      }
      const next = this._decodeSlowly(text.bytes, end, out.bytes, to);
      if (next < 0) {
        return ~next;
      }
      to = next;
    }
    return to;
  }

  /**
   * Ends the text; missing padding is forgiven.
   *
   * @returns behind the last byte written; −1 if a lone character is left over
   */
  finish(out: Uint8Array, offset: number): number {
    const count = this._count;
    this._count = 0;
    return count === 1 ? -1 : flush(this._bits, count, out, offset);
  }

  /**
   * Decodes one character after the other up to the end of a quantum that is not
   * followed by something special.
   *
   * @returns behind the last byte written; its complement, which is negative, at a
   * character that is not base64
   */
  private _decodeSlowly(
    bytes: Uint8Array,
    end: number,
    out: Uint8Array,
    offset: number
  ): number {
    let to = offset;
    while (this.at < end) {
      const code = CODES[bytes[this.at]];
      if (code === INVALID || (code === PADDING && this._count === 1)) {
        return ~to;
      }
      this.at += 1;
      if (code < BLANK) {
        this._bits = (this._bits << 6) | code;
        this._count += 1;
      }
      if (this._count === 4 || code === PADDING) {
        to = flush(this._bits, this._count, out, to);
        this._bits = 0;
        this._count = 0;
      }
      if (this._count === 0 && CODES[bytes[this.at]] < BLANK) {
        break;
      }
    }
    return to;
  }

  /** Values that wait for the rest of their four. */
  private _bits = 0;
  private _count = 0;
}

/** Decodes a whole base64 text, or gives null if it is none. */
export function decodeBase64(text: Uint8Array): Uint8Array | null {
  const decoder = new Base64Decoder();
  const out = new Uint8Array(Math.ceil(text.length / 4) * 3 + 3);
  const middle = decoder.decode(viewed(text), 0, text.length, viewed(out), 0);
  const end = decoder.at < text.length ? -1 : decoder.finish(out, middle);
  return end < 0 ? null : out.slice(0, end);
}

/**
 * Decodes whole quanta up to the first blank, padding or foreign character.
 *
 * @returns how many characters were used up, and how many bytes written
 */
function decodeQuanta(
  { view }: IBytes,
  start: number,
  end: number,
  out: IBytes,
  offset: number
): [number, number] {
  const blocks = decodeBlocks(view, start, end, out.view, offset);
  let at = start + blocks * BLOCK_TEXT;
  let to = offset + blocks * BLOCK_BYTES;
  for (; at + 4 <= end; at += 4, to += 3) {
    const bits = (PAIRS[view.getUint16(at)] << 12) | PAIRS[view.getUint16(at + 2)];
    if (bits < 0) {
      break;
    }
    out.bytes[to] = bits >> 16;
    out.bytes[to + 1] = bits >> 8;
    out.bytes[to + 2] = bits;
  }
  return [at - start, to - offset];
}

/** Decodes blocks of four quanta up to one with anything else in it; how many. */
function decodeBlocks(
  text: DataView,
  start: number,
  end: number,
  out: DataView,
  offset: number
): number {
  let at = start;
  for (let to = offset; at + BLOCK_TEXT <= end; at += BLOCK_TEXT, to += BLOCK_BYTES) {
    const a = PAIRS[text.getUint16(at)];
    const b = PAIRS[text.getUint16(at + 2)];
    const c = PAIRS[text.getUint16(at + 4)];
    const d = PAIRS[text.getUint16(at + 6)];
    const e = PAIRS[text.getUint16(at + 8)];
    const f = PAIRS[text.getUint16(at + 10)];
    const g = PAIRS[text.getUint16(at + 12)];
    const h = PAIRS[text.getUint16(at + 14)];
    if ((a | b | c | d | e | f | g | h) < 0) {
      break;
    }
    out.setInt32(to, (a << 20) | (b << 8) | (c >> 4));
    out.setInt32(to + 4, (c << 28) | (d << 16) | (e << 4) | (f >> 8));
    out.setInt32(to + 8, (f << 24) | (g << 12) | h);
  }
  return (at - start) / BLOCK_TEXT;
}

/** Writes the bytes of a quantum, which may be incomplete. */
function flush(bits: number, count: number, out: Uint8Array, offset: number): number {
  const bytes = (count * 3) >> 2;
  const whole = bits << (6 * (4 - count));
  for (let index = 0; index < bytes; index++) {
    out[offset + index] = whole >> (16 - 8 * index);
  }
  return offset + bytes;
}

function viewed(bytes: Uint8Array): IBytes {
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  };
}

function codes(): Uint8Array {
  const table = new Uint8Array(256).fill(INVALID);
  [...ALPHABET].forEach((character, code) => {
    table[character.charCodeAt(0)] = code;
  });
  // The platform's decoders skip the form feed, too.
  for (const blank of ' \t\r\n\f') {
    table[blank.charCodeAt(0)] = BLANK;
  }
  table['='.charCodeAt(0)] = PADDING;
  return table;
}

function pairs(): Int16Array {
  const table = new Int16Array(1 << 16).fill(-1);
  [...ALPHABET].forEach((first, high) => {
    [...ALPHABET].forEach((second, low) => {
      const word = (first.charCodeAt(0) << 8) | second.charCodeAt(0);
      table[word] = (high << 6) | low;
    });
  });
  return table;
}
