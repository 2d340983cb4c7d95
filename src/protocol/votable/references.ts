import { decodeEntities } from '../xmltext.js';
import { latin1 } from './numbers.js';

const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;

/** The longest reference there is: `&#x0010FFFF;`. */
const LONGEST = 14;

const encoder = new TextEncoder();

/** The references that nearly all are, by their text. */
const COMMON = new Map(['&amp;', '&lt;', '&gt;', '&quot;', '&apos;'].map(withByte));

/**
 * Copies text and resolves its references. Those that only a DTD could define are
 * copied as they are.
 *
 * @param out - has room for as many bytes as the text has: a reference is never
 * shorter than what it stands for
 * @param offset - where to write
 * @returns behind the last byte written
 */
export function copyResolved(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  offset: number
): number {
  let to = offset;
  let at = start;
  while (at < end) {
    const byte = bytes[at];
    if (byte !== AMPERSAND) {
      out[to++] = byte;
      at += 1;
      continue;
    }
    const next = referenceEnd(bytes, at, end);
    to = copyReference(latin1(bytes, at, next), out, to);
    at = next;
  }
  return to;
}

/** Behind the `;` of the reference that begins here, or behind the `&` if none does. */
function referenceEnd(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + LONGEST);
  for (let at = start + 1; at < limit; at++) {
    if (bytes[at] === SEMICOLON) {
      return at + 1;
    }
    if (bytes[at] === AMPERSAND || bytes[at] >= 0x80) {
      break;
    }
  }
  return start + 1;
}

function copyReference(text: string, out: Uint8Array, offset: number): number {
  const byte = COMMON.get(text);
  if (byte !== undefined) {
    out[offset] = byte;
    return offset + 1;
  }
  const resolved = encoder.encode(decodeEntities(text));
  out.set(resolved, offset);
  return offset + resolved.length;
}

function withByte(text: string): [string, number] {
  return [text, decodeEntities(text).charCodeAt(0)];
}
