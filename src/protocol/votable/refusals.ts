import { ProtocolError } from '../errors.js';
import { attribute, children, type IXmlElement, parseXml } from '../xml.js';
import { htmlTitle, quote } from '../xmltext.js';
import { readInfo } from './document.js';
import { queryStatus } from './status.js';
import type { IVOTableInfo } from './types.js';

const EXPECTED = 'a VOTable';

const INLINE = 'Ask the service for rows inside the document, as BINARY2 or TABLEDATA.';

/** The error for a document that is something else: a page, text, other XML. */
export function notVOTable(text: string): ProtocolError {
  const start = text.slice(0, 4096).replace(/<\?[^]*?\?>|<!--[^]*?-->/g, '');
  const root = /^\s*<(?:[\w.-]+:)?([\w.-]+)/.exec(start)?.[1];
  const isOther = root !== undefined && htmlTitle(text) === null;
  return isOther ? otherRoot(root) : refusal(text);
}

/**
 * The error for a document that begins inside another one: the service failed while it
 * wrote and started anew.
 *
 * @param rest - the document from where the second one begins
 * @param rows - of the first one that were complete
 */
export function twoDocuments(rest: string, rows: number): ProtocolError {
  const inner = innerMessage(rest);
  const said = inner === '' ? 'It does not say why.' : `It says: ${quoted(inner)}`;
  return new ProtocolError(
    'bad-answer',
    `The service broke off its VOTable and began a second one inside it. ${said}`,
    { row: rows, serviceMessage: inner }
  );
}

/** The error for a document that ends before its root element does. */
export function truncated(rows: number, isInRows: boolean): ProtocolError {
  const message = isInRows
    ? `The VOTable breaks off in row ${rows + 1}: ${rows} rows are complete.`
    : 'The VOTable breaks off before its end.';
  return new ProtocolError('bad-answer', message, {
    ...(isInRows ? { row: rows } : {}),
    hint: 'Run the query again, with fewer rows if it happens again.'
  });
}

/** The error for tags that do not fit together. */
export function malformed(reason: string): ProtocolError {
  return new ProtocolError(
    'bad-answer',
    `The answer is not a VOTable that can be read: ${reason}.`
  );
}

/** The error for rows in a format that is not read from VOTables: FITS, PARQUET. */
export function otherFormat(format: string): ProtocolError {
  return new ProtocolError(
    'bad-answer',
    `The rows of the table are in the format ${quote(format)}, which is not read.`,
    { hint: INLINE }
  );
}

/**
 * Refuses a STREAM whose rows are elsewhere, or in another encoding than base64: any
 * other may only stand for what `href` names (VOTable 1.4 §5.5), as XML holds no bytes.
 */
export function refuseStream(stream: IXmlElement): void {
  const href = attribute(stream, 'href');
  if (href !== undefined) {
    throw new ProtocolError(
      'bad-answer',
      `The rows of the table are not in the VOTable: it points elsewhere, to “${quote(href)}”.`,
      { hint: INLINE }
    );
  }
  const encoding = attribute(stream, 'encoding')?.trim().toLowerCase() ?? 'base64';
  if (encoding !== 'base64') {
    throw new ProtocolError(
      'bad-answer',
      `The rows of the table are in the encoding “${quote(encoding)}”; ` +
        'inside a VOTable only base64 can be read.',
      { hint: INLINE }
    );
  }
}

/** A text in quotes at the end of a sentence, with one full stop in all. */
function quoted(text: string): string {
  const words = quote(text);
  return /[.!?…]$/.test(words) ? `“${words}”` : `“${words}”.`;
}

function otherRoot(root: string): ProtocolError {
  return new ProtocolError(
    'bad-answer',
    `The answer is not a VOTable but another XML document, <${quote(root)}>.`
  );
}

/** What the XML parser says about a text that cannot be a VOTable. */
function refusal(text: string): ProtocolError {
  try {
    return otherRoot(parseXml(text, { expected: EXPECTED }).name);
  } catch (error) {
    if (error instanceof ProtocolError) {
      return error;
    }
    throw error;
  }
}

/** The message of the inner document; it is complete as a rule, the outer one is not. */
function innerMessage(rest: string): string {
  const start = /<(?:[\w.-]+:)?VOTABLE[\s>]/.exec(rest);
  const end = /<\/(?:[\w.-]+:)?VOTABLE\s*>/.exec(rest);
  if (start === null || end === null || end.index < start.index) {
    return '';
  }
  try {
    const inner = rest.slice(start.index, end.index + end[0].length);
    return queryStatus(allInfos(parseXml(inner))).message;
  } catch (error) {
    if (error instanceof ProtocolError) {
      return '';
    }
    throw error;
  }
}

function allInfos(element: IXmlElement): IVOTableInfo[] {
  return [
    ...children(element, 'INFO').map(readInfo),
    ...element.children.flatMap(allInfos)
  ];
}
