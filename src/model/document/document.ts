import { USUAL_LAYOUT } from '../columnlayout.js';
import { readColumns, writeColumns } from './columns.js';
import { count, filled, listOf, members, type Reader, text } from './fields.js';
import { readForm, readResolved, writeForm } from './form.js';
import {
  type JsonNode,
  type JsonValue,
  LineError,
  parseJson,
  valueOf
} from './json.js';
import { formatJson } from './text.js';
import { type Asked, DOCUMENT_VERSION, type ISearchDocument } from './types.js';

/** Characters of the longest document that is read; a thousand targets have 50,000. */
const LONGEST = 4_000_000;

const KNOWN = [
  'version',
  'archive',
  'service',
  'table',
  'form',
  'adql',
  'rowLimit',
  'resolved',
  'columns'
];

/**
 * Read a saved search.
 *
 * @throws LineError, whose sentence names the line, for a text that is none, and for one
 * of a newer version
 */
export function readDocument(source: string): ISearchDocument {
  if (source.length > LONGEST) {
    throw new LineError(1, 'the file is too long for a saved search');
  }
  if (source.trim() === '') {
    throw new LineError(1, 'the file is empty');
  }
  const root = parseJson(source);
  const all = members(root, 'search');
  const need = <T>(name: string, read: Reader<T>): T => {
    const node = all.get(name);
    if (!node) {
      throw new LineError(root.line, `“${name}” is missing`);
    }
    return read(node, name);
  };
  const may = <T>(name: string, read: Reader<T>, otherwise: T): T =>
    all.has(name) ? need(name, read) : otherwise;
  need('version', version);
  const rowLimit = need('rowLimit', count);
  return {
    archive: need('archive', filled),
    service: need('service', filled),
    table: need('table', filled),
    ...asked(root, all, rowLimit),
    rowLimit,
    resolved: may('resolved', listOf(readResolved), []),
    layout: may('columns', readColumns, USUAL_LAYOUT),
    others: others(all)
  };
}

/** The text of a saved search; the same search gives the same text. */
export function writeDocument(search: ISearchDocument): string {
  const { form, adql, resolved, layout, others: kept, ...rest } = search;
  const columns = writeColumns(layout);
  return formatJson({
    ...kept,
    ...rest,
    version: DOCUMENT_VERSION,
    // An array of lines: a changed line of the query is a changed line of the file.
    ...(form ? { form: writeForm(form) } : { adql: adql.split('\n') }),
    ...(resolved.length > 0 && { resolved: resolved.map(target => ({ ...target })) }),
    ...(Object.keys(columns).length > 0 && { columns })
  });
}

const version: Reader<number> = (node, name) => {
  const value = count(node, name);
  if (value > DOCUMENT_VERSION) {
    const reason = `a newer Obsdeck wrote this (version ${value} of the format); update Obsdeck to open it`;
    throw new LineError(node.line, reason);
  }
  return value;
};

function asked(
  root: JsonNode,
  all: ReadonlyMap<string, JsonNode>,
  rowLimit: number
): Asked {
  const form = all.get('form');
  const adql = all.get('adql');
  if (form && adql) {
    throw new LineError(adql.line, '“adql” stands beside “form”; one of them holds');
  }
  if (form) {
    return { form: { ...readForm(form, 'form'), rowLimit }, adql: null };
  }
  if (!adql) {
    throw new LineError(root.line, '“form” or “adql” is missing');
  }
  return { form: null, adql: listOf(text)(adql, 'adql').join('\n') };
}

function others(
  all: ReadonlyMap<string, JsonNode>
): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    [...all]
      .filter(([key]) => !KNOWN.includes(key))
      .map(([key, node]) => [key, valueOf(node)])
  );
}
