import { isBlank } from './numbers.js';

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const COLON = 0x3a;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const COMMENT = encode('<!--');
const COMMENT_END = encode('-->');
const CDATA = encode('<![CDATA[');
const CDATA_END = encode(']]>');
const INSTRUCTION = encode('<?');
const INSTRUCTION_END = encode('?>');
const XML_DECLARATION = encode('<?xml');

/** What is neither an element nor text, by its first and last characters. */
const MISCELLANY: readonly [Uint8Array, Uint8Array][] = [
  [COMMENT, COMMENT_END],
  [CDATA, CDATA_END],
  [INSTRUCTION, INSTRUCTION_END]
];

/**
 * The `>` of the tag that begins at `start`, over quoted attribute values.
 *
 * @returns −1 if it is not among the bytes up to `end`
 */
export function findTagEnd(bytes: Uint8Array, start: number, end: number): number {
  let quote = 0;
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at];
    if (quote !== 0) {
      quote = byte === quote ? 0 : quote;
    } else if (byte === GREATER) {
      return at;
    } else if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) {
      quote = byte;
    }
  }
  return -1;
}

/** True if the tag whose `>` stands at `tagEnd` is of the form `<X/>`. */
export function isClosedTag(bytes: Uint8Array, tagEnd: number): boolean {
  return bytes[tagEnd - 1] === SLASH;
}

/** True if the name at `start`, without its prefix, is this one. */
export function localNameIs(bytes: Uint8Array, start: number, name: string): boolean {
  return (
    matchesName(bytes, start, name) ||
    matchesName(bytes, afterPrefix(bytes, start), name)
  );
}

/** The name at `start`, without its prefix. */
export function localName(bytes: Uint8Array, start: number): string {
  const from = afterPrefix(bytes, start);
  let to = from;
  while (to < bytes.length && !endsName(bytes[to])) {
    to += 1;
  }
  return new TextDecoder().decode(bytes.subarray(from, to));
}

/**
 * Skips blanks and, behind them, comments, CDATA sections and processing instructions.
 * An XML declaration is not skipped: it would be a document inside the document.
 *
 * @param once - skip no blanks, and only what begins at `start`
 * @returns the place behind; −1 if something is not complete
 */
export function skipMiscellany(
  bytes: Uint8Array,
  start: number,
  end: number,
  once = false
): number {
  let at = start;
  for (;;) {
    while (!once && at < end && isBlank(bytes[at])) {
      at += 1;
    }
    if (at + 1 >= end || bytes[at] !== LESS || !isMiscellany(bytes[at + 1])) {
      return at;
    }
    const next = endOfMiscellany(bytes, at, end);
    if (next < 0 || next === at || once) {
      return next;
    }
    at = next;
  }
}

/**
 * The end of the comment, CDATA section or processing instruction that begins here.
 *
 * @returns −1 if it is not complete, `start` if it is none of them
 */
function endOfMiscellany(bytes: Uint8Array, start: number, end: number): number {
  if (startsWith(bytes, start, end, XML_DECLARATION)) {
    const behind = start + XML_DECLARATION.length;
    if (behind >= end || isBlank(bytes[behind])) {
      return behind >= end ? -1 : start;
    }
  }
  for (const [open, close] of MISCELLANY) {
    if (startsWith(bytes, start, end, open)) {
      const at = indexOf(bytes, close, start + open.length, end);
      return at < 0 ? -1 : at + close.length;
    }
  }
  // `<!-` may be the beginning of a comment whose rest is still to come.
  return end - start < CDATA.length ? -1 : start;
}

/** Where these few bytes occur first, or −1. */
export function indexOf(
  bytes: Uint8Array,
  wanted: Uint8Array,
  start: number,
  end: number
): number {
  let at = bytes.indexOf(wanted[0], start);
  while (at >= 0 && at + wanted.length <= end) {
    if (startsWith(bytes, at, end, wanted)) {
      return at;
    }
    at = bytes.indexOf(wanted[0], at + 1);
  }
  return -1;
}

function startsWith(
  bytes: Uint8Array,
  start: number,
  end: number,
  wanted: Uint8Array
): boolean {
  if (start + wanted.length > end) {
    return false;
  }
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[start + index] !== wanted[index]) {
      return false;
    }
  }
  return true;
}

function isMiscellany(byte: number): boolean {
  return byte === BANG || byte === QUESTION;
}

function matchesName(bytes: Uint8Array, start: number, name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    if (bytes[start + index] !== name.charCodeAt(index)) {
      return false;
    }
  }
  return endsName(bytes[start + name.length]);
}

function afterPrefix(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length && !endsName(bytes[at]); at++) {
    if (bytes[at] === COLON) {
      return at + 1;
    }
  }
  return start;
}

function endsName(byte: number): boolean {
  return byte === GREATER || byte === SLASH || byte === undefined || isBlank(byte);
}
