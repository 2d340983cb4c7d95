import { ProtocolError } from '../errors.js';
import { readVOTable } from '../votable/read.js';
import type { IVOTable, IVOTableTable } from '../votable/types.js';
import { readDescriptors } from './descriptor.js';
import { faultKind, parseFault } from './fault.js';
import {
  type ILinkContext,
  LINK_COLUMNS,
  type LinkCells,
  readLink
} from './linkrow.js';
import { readJsonLinks } from './readjson.js';
import type { ILink, ILinks } from './types.js';

/** Where an answer is from. */
export interface ILinksOrigin {
  /** Address that answered, after redirects. */
  readonly url: string;
  /** What was asked for, where it was one only: documents may leave out the column `ID`. */
  readonly id?: string;
  /** When it was read, milliseconds since 1970. */
  readonly readAt: number;
}

/**
 * Read the answer of a {links} service (DataLink 1.1 §3.3): a VOTable in any serialization,
 * its columns found by name; or JSON as ESO has it. An answer without rows is an answer.
 *
 * @throws ProtocolError in the service's words where the answer is an error, `bad-answer`
 * where it is no VOTable
 */
export async function readLinks(
  bytes: Uint8Array,
  origin: ILinksOrigin
): Promise<ILinks> {
  if (beginsWithBracket(bytes)) {
    return readJsonLinks(new TextDecoder().decode(bytes), origin);
  }
  const document = await readVOTable(bytes);
  if (document.status === 'ERROR') {
    throw errorOf(document.message);
  }
  return linksOf(document, origin);
}

/** JSON, which no VOTable begins like. */
function beginsWithBracket(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1')
    .decode(bytes.subarray(0, 64))
    .trimStart()
    .startsWith('[');
}

/** The error that a document of a {links} service stands for. */
function errorOf(text: string): ProtocolError {
  const { fault, message } = parseFault(text);
  return new ProtocolError(
    faultKind(fault),
    message || 'The service refused without saying why.',
    { serviceMessage: text }
  );
}

function linksOf(document: IVOTable, origin: ILinksOrigin): ILinks {
  const [table] = document.tables;
  const fields = table?.fields ?? [];
  const { services, warnings } = readDescriptors(
    document.resources,
    origin.url,
    fields
  );
  const context: ILinkContext = {
    base: origin.url,
    services,
    id: origin.id ?? '',
    extras: fields
      .map(({ name }) => name)
      .filter(name => !LINK_COLUMNS.has(name.toLowerCase()))
  };
  return {
    links: table === undefined ? [] : rowsOf(table, context),
    services,
    isPartial: document.status === 'OVERFLOW',
    readAt: origin.readAt,
    warnings
  };
}

function rowsOf(table: IVOTableTable, context: ILinkContext): readonly ILink[] {
  const columns = new Map(
    // The first of two columns of one name counts.
    table.fields
      .map((field, index) => [field.name.toLowerCase(), texts(table, index)] as const)
      .reverse()
  );
  return Array.from({ length: table.arrow.numRows }, (_, row) => {
    const cells: LinkCells = column => columns.get(column)?.[row] ?? null;
    return readLink(cells, context);
  });
}

/** Cells of a column as text; empty ones are null. */
function texts(table: IVOTableTable, index: number): readonly (string | null)[] {
  const vector = table.arrow.getChildAt(index);
  return vector === null ? [] : Array.from(vector as Iterable<unknown>, text);
}

function text(value: unknown): string | null {
  const trimmed =
    value === null || value === undefined
      ? ''
      : String(value).replace(/\0+$/, '').trim();
  return trimmed === '' ? null : trimmed;
}
