import { decodeEntities } from '../xmltext.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

const REPLACEMENT = '\uFFFD';

/** Text of a cell after its markup was resolved. */
export interface ICookedText {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  /** True if characters had to be replaced by U+FFFD. */
  readonly repaired: boolean;
}

/** 1 for bytes of a cell that cannot be copied as they are. */
export const NEEDS_CARE = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || byte === 0x26 || (byte < 0x20 && byte !== 9 && byte !== 10) ? 1 : 0
);

/**
 * True if these bytes are well-formed UTF-8 (RFC 3629: nothing overlong, no
 * surrogates). ASCII control characters count as well-formed.
 */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    if (bytes[at] < 0x80) {
      at += 1;
      continue;
    }
    const length = sequenceLength(bytes, at, end);
    if (length === 0) {
      return false;
    }
    at += length;
  }
  return true;
}

/**
 * Resolves references, CDATA sections, comments and processing instructions of a
 * cell, and replaces what is not allowed in XML text.
 */
export function cookText(bytes: Uint8Array, start: number, end: number): ICookedText {
  const raw = decoder.decode(bytes.subarray(start, end)).replace(/\r\n?/g, '\n');
  const clean = replaceControls(raw);
  const text = clean
    .split(/(<!\[CDATA\[[^]*?\]\]>|<!--[^]*?-->|<\?[^]*?\?>)/)
    .map(resolvePart)
    .join('');
  return {
    bytes: encoder.encode(text),
    repaired: clean !== raw || !isUtf8(bytes, start, end)
  };
}

/** Any bytes as UTF-8: the very bytes if they are, or else with U+FFFD in place. */
export function asUtf8(bytes: Uint8Array): ICookedText {
  return isUtf8(bytes, 0, bytes.length)
    ? { bytes, repaired: false }
    : { bytes: encoder.encode(decoder.decode(bytes)), repaired: true };
}

/**
 * Copies UTF-16 code units, big-endian, as UTF-8, up to the first NUL. Lone
 * surrogates become U+FFFD.
 *
 * @param out - has room for three bytes for every unit
 * @param offset - where to write
 * @returns behind the last byte written
 */
export function copyUtf16(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  offset: number
): number {
  let to = offset;
  for (let at = start; at + 1 < end; at += 2) {
    const unit = (bytes[at] << 8) | bytes[at + 1];
    if (unit === 0) {
      break;
    }
    if (unit < 0x80) {
      out[to++] = unit;
    } else if (unit < 0x800) {
      out[to++] = 0xc0 | (unit >> 6);
      out[to++] = 0x80 | (unit & 0x3f);
    } else if (unit < 0xd800 || unit > 0xdfff) {
      to = putThree(unit, out, to);
    } else {
      const low = at + 3 < end ? (bytes[at + 2] << 8) | bytes[at + 3] : 0;
      const isPair = unit < 0xdc00 && low >= 0xdc00 && low <= 0xdfff;
      to = isPair ? putPair(unit, low, out, to) : putThree(0xfffd, out, to);
      at += isPair ? 2 : 0;
    }
  }
  return to;
}

function putThree(code: number, out: Uint8Array, offset: number): number {
  out[offset] = 0xe0 | (code >> 12);
  out[offset + 1] = 0x80 | ((code >> 6) & 0x3f);
  out[offset + 2] = 0x80 | (code & 0x3f);
  return offset + 3;
}

function putPair(high: number, low: number, out: Uint8Array, offset: number): number {
  const code = 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff);
  out[offset] = 0xf0 | (code >> 18);
  out[offset + 1] = 0x80 | ((code >> 12) & 0x3f);
  out[offset + 2] = 0x80 | ((code >> 6) & 0x3f);
  out[offset + 3] = 0x80 | (code & 0x3f);
  return offset + 4;
}

function resolvePart(part: string): string {
  if (part.startsWith('<![CDATA[')) {
    return part.slice(9, -3);
  }
  return part.startsWith('<') ? '' : decodeEntities(part);
}

function replaceControls(text: string): string {
  let result = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9 && code !== 10) || code >= 0xfffe) {
      result += text.slice(from, at) + REPLACEMENT;
      from = at + 1;
    }
  }
  return from === 0 ? text : result + text.slice(from);
}

/** Length of the multi-byte sequence that begins here; 0 if it is none. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at];
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length === 0 || at + length > end || !isSecond(lead, bytes[at + 1])) {
    return 0;
  }
  for (let next = at + 2; next < at + length; next++) {
    if (!isContinuation(bytes[next])) {
      return 0;
    }
  }
  return length;
}

/** Behind some first bytes not every continuation byte may follow (RFC 3629 §4). */
function isSecond(lead: number, byte: number): boolean {
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return byte >= low && byte <= high;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}
