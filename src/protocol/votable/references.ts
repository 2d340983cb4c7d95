import { decodeEntities } from '../xmltext.js';
import { latin1 } from './numbers.js';

const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;

/** The longest reference there is: `&#x0010FFFF;`. */
const LONGEST = 14;

const encoder = new TextEncoder();

/** A reference and the one byte that it stands for. */
interface IReference {
  readonly text: Uint8Array;
  readonly length: number;
  readonly byte: number;
}

/** The references that nearly all are: those that XML itself defines. */
const COMMON: readonly IReference[] = ['&amp;', '&lt;', '&gt;', '&quot;', '&apos;'].map(
  text => ({
    text: encoder.encode(text),
    length: text.length,
    byte: decodeEntities(text).charCodeAt(0)
  })
);

/** Which of the references that XML itself defines begins here, or null. */
export function commonReference(
  bytes: Uint8Array,
  start: number,
  end: number
): IReference | null {
  for (const reference of COMMON) {
    const { text, length } = reference;
    let at = 1;
    while (at < length && bytes[start + at] === text[at]) {
      at += 1;
    }
    if (at === length && start + length <= end) {
      return reference;
    }
  }
  return null;
}

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
    const common = commonReference(bytes, at, end);
    if (common !== null) {
      out[to++] = common.byte;
      at += common.length;
      continue;
    }
    const next = referenceEnd(bytes, at, end);
    const resolved = encoder.encode(decodeEntities(latin1(bytes, at, next)));
    out.set(resolved, to);
    to += resolved.length;
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
