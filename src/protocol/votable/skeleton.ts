import { ProtocolError } from '../errors.js';
import { type IXmlElement, parseXml } from '../xml.js';
import { ByteQueue } from './bytequeue.js';
import { MAX_DEPTH, MAX_LOOSE_MARKUP, MAX_MARKUP_BYTES } from './limits.js';
import { malformed } from './refusals.js';
import type { Warnings } from './warnings.js';

/** An element that is open. */
export interface IOpenElement {
  /** Local name. */
  readonly name: string;
  /** Name as written. */
  readonly tag: string;
  /** Where its start tag begins in the skeleton. */
  readonly start: number;
}

/**
 * All of a document but its rows, as it was written, and the elements that are open.
 * It is small, so the XML parser may read it, whole or in parts.
 */
export class Skeleton {
  /** Open elements, outermost first. */
  readonly open: IOpenElement[] = [];

  constructor(private readonly _warnings: Warnings) {}

  /** Bytes so far. */
  get length(): number {
    return this._bytes.length;
  }

  /** The innermost open element's name; empty outside of the root. */
  get current(): string {
    return this.open.at(-1)?.name ?? '';
  }

  append(bytes: Uint8Array): void {
    if (this.length + bytes.length > MAX_MARKUP_BYTES) {
      const size = MAX_MARKUP_BYTES / 1024 / 1024;
      throw malformed(`it has more than ${size} MB beside its rows`);
    }
    this._bytes.append(bytes);
  }

  /** Notes a start tag that is about to be appended. */
  push(name: string, tag: string): void {
    if (this.open.length >= MAX_DEPTH) {
      throw malformed(`it has more than ${MAX_DEPTH} levels of nesting`);
    }
    this.open.push({ name, tag, start: this.length });
  }

  /**
   * Notes an end tag.
   *
   * @returns the element that it closes
   */
  pop(name: string): IOpenElement {
    const top = this.open.pop();
    if (top === undefined || top.name !== name) {
      const expected = top === undefined ? 'nothing is open' : `<${top.tag}> is open`;
      throw malformed(`it closes <${name}> where ${expected}`);
    }
    return top;
  }

  /** The part of the document since `start`, with what is open since then closed. */
  parse(start: number): IXmlElement {
    const closers = this.open
      .filter(element => element.start >= start)
      .map(({ tag }) => `</${tag}>`)
      .reverse();
    const bytes = this._bytes.waiting().subarray(start);
    const text = new TextDecoder().decode(bytes) + closers.join('');
    try {
      return parseXml(text, { expected: 'a VOTable' });
    } catch (error) {
      return this._parseRepaired(text, error);
    }
  }

  /** Many services forget to escape `&` in a query or an address. */
  private _parseRepaired(text: string, error: unknown): IXmlElement {
    const repaired = escapeLooseMarkup(text);
    if (repaired === text || !(error instanceof ProtocolError)) {
      throw error;
    }
    const root = parseXml(repaired, { expected: 'a VOTable' });
    this._warnings.add('The document has “&” or “<” that are not escaped.');
    return root;
  }

  private readonly _bytes = new ByteQueue();
}

const LOOSE = /&(?!(?:#\d{1,10}|#x[0-9a-fA-F]{1,8}|\w{1,32});)/g;

/** @throws ProtocolError for more than can be an oversight, which would take long */
function escapeLooseMarkup(text: string): string {
  LOOSE.lastIndex = 0;
  for (let count = 0; LOOSE.test(text); count++) {
    if (count === MAX_LOOSE_MARKUP) {
      throw malformed(`it has more than ${MAX_LOOSE_MARKUP} “&” that are not escaped`);
    }
  }
  return text
    .replace(LOOSE, '&amp;')
    .replace(/="[^"]*"|='[^']*'/g, value => value.replaceAll('<', '&lt;'));
}
