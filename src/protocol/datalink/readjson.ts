import { ProtocolError } from '../errors.js';
import { LINK_COLUMNS, type LinkCells, readLink } from './linkrow.js';
import type { ILinks } from './types.js';

/**
 * Read {links} as JSON: a list of rows as objects, keys in lower case, without services
 * (`RESPONSEFORMAT=json` of ESO).
 *
 * @throws ProtocolError `bad-answer` for any other JSON
 */
export function readJsonLinks(
  text: string,
  origin: { readonly url: string; readonly id?: string; readonly readAt: number }
): ILinks {
  const links = rowsOf(text).map(row => {
    const values = new Map(
      Object.entries(row).map(([name, value]) => [name.toLowerCase(), value])
    );
    const cells: LinkCells = column => cellOf(values.get(column));
    const extras = Object.keys(row).filter(
      name => !LINK_COLUMNS.has(name.toLowerCase())
    );
    const context = { base: origin.url, services: null, id: origin.id ?? '', extras };
    return readLink(cells, context);
  });
  const { readAt } = origin;
  return { links, services: new Map(), isPartial: false, readAt, warnings: [] };
}

function rowsOf(text: string): readonly object[] {
  const json = parsed(text);
  if (!Array.isArray(json) || !json.every(isObject)) {
    throw new ProtocolError('bad-answer', 'The answer is not a list of links.');
  }
  return json;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProtocolError('bad-answer', 'The answer is not a list of links.', {
      cause
    });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function cellOf(value: unknown): string | null {
  const isText = ['string', 'number', 'boolean'].includes(typeof value);
  const text = isText ? String(value).trim() : '';
  return text === '' ? null : text;
}
