import type { ByteQueue } from './bytequeue.js';
import { MAX_ATTRIBUTES, MAX_TAG_BYTES } from './limits.js';
import { findTagEnd, isClosedTag, localName, skipMiscellany } from './markup.js';
import { malformed } from './refusals.js';
import type { Skeleton } from './skeleton.js';

const LESS = 0x3c;
const SLASH = 0x2f;
const BANG = 0x21;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const QUESTION = 0x3f;

/** One step through the markup of a document. */
export type Token =
  /** Text, a comment, an instruction or a CDATA section; already in the skeleton. */
  | { readonly kind: 'other' }
  /** More bytes are needed. */
  | { readonly kind: 'starved' }
  /** Something that no VOTable has here; nothing was taken from the queue. */
  | { readonly kind: 'foreign' }
  /** A start tag, or an end tag; `start` is where its element begins in the skeleton. */
  | {
      readonly kind: 'open' | 'close' | 'empty';
      readonly name: string;
      readonly start: number;
    };

const OTHER: Token = { kind: 'other' };
const STARVED: Token = { kind: 'starved' };
const FOREIGN: Token = { kind: 'foreign' };

/** Takes the next token from the queue and puts it into the skeleton. */
export function readToken(queue: ByteQueue, skeleton: Skeleton): Token {
  const { bytes, start, end } = queue;
  if (start === end) {
    return STARVED;
  }
  if (bytes[start] !== LESS) {
    return readText(queue, skeleton);
  }
  if (end - start < 2) {
    return STARVED;
  }
  const next = skipMiscellany(bytes, start, end, true);
  if (next > start) {
    keep(queue, skeleton, next);
    return OTHER;
  }
  if (next < 0) {
    return starve(queue);
  }
  if (bytes[start + 1] === BANG && skeleton.length === 0) {
    return readDoctype(queue);
  }
  // A declaration inside of the document, or a second document.
  if (bytes[start + 1] === BANG || bytes[start + 1] === QUESTION) {
    return skeleton.length === 0 && bytes[start + 1] === QUESTION
      ? readDeclaration(queue)
      : FOREIGN;
  }
  return readTag(queue, skeleton);
}

/** Outside of the root only blanks may stand. */
function readText(queue: ByteQueue, skeleton: Skeleton): Token {
  const { bytes, start, end } = queue;
  const tag = bytes.subarray(start, end).indexOf(LESS);
  const next = tag < 0 ? end : start + tag;
  const isInside = skeleton.open.length > 0;
  if (!isInside && !/^[\s\uFEFF]*$/.test(decode(bytes.subarray(start, next)))) {
    return FOREIGN;
  }
  keep(queue, skeleton, next);
  return OTHER;
}

/** The document is UTF-8 by now, whatever its declaration says. */
function readDeclaration(queue: ByteQueue): Token {
  const tagEnd = findTagEnd(queue.bytes, queue.start, queue.end);
  if (tagEnd < 0) {
    return starve(queue);
  }
  queue.start = tagEnd + 1;
  return OTHER;
}

/**
 * Old documents name their DTD. That is skipped, as nothing is ever fetched; one that
 * brings declarations of its own could define entities and is refused.
 */
function readDoctype(queue: ByteQueue): Token {
  const { bytes, start, end } = queue;
  const tagEnd = findTagEnd(bytes, start, end);
  const text = decode(bytes.subarray(start, tagEnd < 0 ? end : tagEnd + 1));
  if (tagEnd < 0 && !text.includes('[')) {
    return starve(queue);
  }
  if (!/^<!DOCTYPE\s+(?:[\w.-]+:)?VOTABLE(?:\s[^[\]]*)?>$/.test(text)) {
    return FOREIGN;
  }
  queue.start = tagEnd + 1;
  return OTHER;
}

function readTag(queue: ByteQueue, skeleton: Skeleton): Token {
  const { bytes, start, end } = queue;
  const tagEnd = findTagEnd(bytes, start, end);
  if (tagEnd < 0) {
    return starve(queue);
  }
  refuseManyAttributes(bytes, start, tagEnd);
  const isEnd = bytes[start + 1] === SLASH;
  const name = localName(bytes, isEnd ? start + 2 : start + 1);
  if (isEnd) {
    keep(queue, skeleton, tagEnd + 1);
    return { kind: 'close', name, start: skeleton.pop(name).start };
  }
  // One root, and that is a VOTABLE.
  const isRoot = skeleton.open.length === 0;
  if ((name === 'VOTABLE') !== isRoot || (isRoot && skeleton.length > 0)) {
    return FOREIGN;
  }
  const [tag] = decode(bytes.subarray(start + 1, tagEnd)).split(/[\s/]/, 1);
  skeleton.push(name, tag);
  keep(queue, skeleton, tagEnd + 1);
  return isClosedTag(bytes, tagEnd)
    ? { kind: 'empty', name, start: skeleton.pop(name).start }
    : { kind: 'open', name, start: skeleton.open[skeleton.open.length - 1].start };
}

/** Refuses a tag with more attributes than any VOTable has, before it is parsed. */
function refuseManyAttributes(bytes: Uint8Array, start: number, end: number): void {
  // Each takes five bytes at least: ` a=""`.
  if (end - start < MAX_ATTRIBUTES * 5) {
    return;
  }
  let count = 0;
  let quote = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (quote !== 0) {
      quote = byte === quote ? 0 : quote;
    } else if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) {
      quote = byte;
      count += 1;
    }
  }
  if (count > MAX_ATTRIBUTES) {
    throw malformed(`it has more than ${MAX_ATTRIBUTES} attributes in one element`);
  }
}

/** Moves bytes to the skeleton; what stands outside of the root is dropped. */
function keep(queue: ByteQueue, skeleton: Skeleton, next: number): void {
  if (skeleton.open.length > 0) {
    skeleton.append(queue.bytes.subarray(queue.start, next));
  }
  queue.start = next;
}

function starve(queue: ByteQueue): Token {
  if (queue.length > MAX_TAG_BYTES) {
    throw malformed(`it has a tag of more than ${MAX_TAG_BYTES / 1024 / 1024} MB`);
  }
  return STARVED;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
