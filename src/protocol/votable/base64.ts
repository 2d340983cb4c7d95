const BLANK = 64;
const PADDING = 65;
const INVALID = 66;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** What each byte means: a value below 64, or one of the codes above. */
const CODES = codes();

/**
 * Decodes base64 that comes in pieces (RFC 4648 §4). White space may stand anywhere,
 * and a padded end may be followed by more: some services join encoded blocks.
 */
export class Base64Decoder {
  /**
   * Decodes one more piece.
   *
   * @param out - has room for three quarters of the piece, and three bytes
   * @param offset - where to write
   * @returns behind the last byte written; its complement, which is negative, if a
   * character that is not base64 stands there
   */
  decode(
    bytes: Uint8Array,
    start: number,
    end: number,
    out: Uint8Array,
    offset: number
  ): number {
    let to = offset;
    let bits = this._bits;
    let count = this._count;
    for (let at = start; at < end; at++) {
      const quanta = count === 0 ? decodeQuanta(bytes, at, end, out, to) : 0;
      at += quanta * 4;
      to += quanta * 3;
      if (at === end) {
        break;
      }
      const code = CODES[bytes[at]];
      if (code < BLANK) {
        bits = (bits << 6) | code;
        if (++count === 4) {
          out[to] = bits >> 16;
          out[to + 1] = bits >> 8;
          out[to + 2] = bits;
          to += 3;
          count = 0;
          bits = 0;
        }
      } else if (code === PADDING) {
        if (count === 1) {
          return ~to;
        }
        to = flush(bits, count, out, to);
        count = 0;
        bits = 0;
      } else if (code === INVALID) {
        return ~to;
      }
    }
    this._bits = bits;
    this._count = count;
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

  /** Values that wait for the rest of their four. */
  private _bits = 0;
  private _count = 0;
}

/** Decodes a whole base64 text, or gives null if it is none. */
export function decodeBase64(text: Uint8Array): Uint8Array | null {
  const decoder = new Base64Decoder();
  const out = new Uint8Array(Math.ceil(text.length / 4) * 3 + 3);
  const middle = decoder.decode(text, 0, text.length, out, 0);
  const end = middle < 0 ? -1 : decoder.finish(out, middle);
  return end < 0 ? null : out.slice(0, end);
}

/**
 * Decodes whole quanta up to the first blank, padding or foreign character.
 *
 * @returns how many there were
 */
function decodeQuanta(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  offset: number
): number {
  let at = start;
  for (let to = offset; at + 4 <= end; at += 4, to += 3) {
    const a = CODES[bytes[at]];
    const b = CODES[bytes[at + 1]];
    const c = CODES[bytes[at + 2]];
    const d = CODES[bytes[at + 3]];
    if ((a | b | c | d) >= BLANK) {
      break;
    }
    out[to] = (a << 2) | (b >> 4);
    out[to + 1] = (b << 4) | (c >> 2);
    out[to + 2] = (c << 6) | d;
  }
  return (at - start) / 4;
}

/** Writes the one or two bytes of an incomplete quantum. */
function flush(bits: number, count: number, out: Uint8Array, offset: number): number {
  if (count === 2) {
    out[offset] = bits >> 4;
    return offset + 1;
  }
  if (count === 3) {
    out[offset] = bits >> 10;
    out[offset + 1] = bits >> 2;
    return offset + 2;
  }
  return offset;
}

function codes(): Uint8Array {
  const table = new Uint8Array(256).fill(INVALID);
  [...ALPHABET].forEach((character, code) => {
    table[character.charCodeAt(0)] = code;
  });
  for (const blank of ' \t\r\n') {
    table[blank.charCodeAt(0)] = BLANK;
  }
  table['='.charCodeAt(0)] = PADDING;
  return table;
}
