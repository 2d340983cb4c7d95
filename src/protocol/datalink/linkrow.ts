import { readAddress } from './address.js';
import { parseFault } from './fault.js';
import type { ILink, IServiceDescriptor } from './types.js';

/** Cells of a row of {links} by the lower-case name of their column, as text. */
export type LinkCells = (column: string) => string | null;

/** What a row is read with. */
export interface ILinkContext {
  /** Where the document is from. */
  readonly base: string;
  /** Null where the format has no place for them. */
  readonly services: ReadonlyMap<string, IServiceDescriptor> | null;
  /** What was asked for, where the document has no column `ID`. */
  readonly id: string;
  /** Columns beyond those of the standard, as they are named. */
  readonly extras: readonly string[];
}

/** Columns of the standard, and the older one of ALMA and CADC. */
export const LINK_COLUMNS: ReadonlySet<string> = new Set([
  'id',
  'access_url',
  'service_def',
  'error_message',
  'description',
  'semantics',
  'local_semantics',
  'content_type',
  'content_length',
  'content_qualifier',
  'link_auth',
  'link_authorized',
  'readable'
]);

/** Read a row of {links} (DataLink 1.1 §3.3). */
export function readLink(cells: LinkCells, context: ILinkContext): ILink {
  const address = cells('access_url');
  const read = address === null ? null : readAddress(address, context.base);
  const message = cells('error_message');
  return {
    id: cells('id') ?? context.id,
    accessUrl: read !== null && 'url' in read ? read.url : null,
    serviceDef: cells('service_def'),
    error: message === null ? null : parseFault(message),
    description: cells('description'),
    semantics: cells('semantics') ?? '',
    localSemantics: cells('local_semantics'),
    contentType: cells('content_type'),
    contentLength: lengthOf(cells('content_length')),
    contentQualifier: cells('content_qualifier'),
    auth: authOf(cells('link_auth')),
    authorized: truthOf(cells('link_authorized') ?? cells('readable')),
    flaw: read !== null && 'refused' in read ? read.refused : flawOf(cells, context),
    extras: extrasOf(cells, context.extras)
  };
}

/** Exactly one of address, service and error is there, and the service is described. */
function flawOf(cells: LinkCells, { services }: ILinkContext): string | null {
  const filled = LINKING.filter(name => cells(name) !== null);
  if (filled.length === 0) {
    return 'The row has neither an address nor a service nor an error.';
  }
  if (filled.length > 1) {
    return `The row has ${filled.join(' and ')}, of which it may have one only.`;
  }
  const service = cells('service_def');
  return service === null || services === null || services.has(service)
    ? null
    : `The service \u2018${service}\u2019 is not described.`;
}

const LINKING = ['access_url', 'service_def', 'error_message'];

/** Null also for the −1 that some services write for what they do not know. */
function lengthOf(text: string | null): number | null {
  const length = text === null ? NaN : Number(text);
  return Number.isFinite(length) && length >= 0 ? length : null;
}

function authOf(text: string | null): ILink['auth'] {
  const word = text?.trim().toLowerCase();
  return word === 'false' || word === 'optional' || word === 'true' ? word : null;
}

function truthOf(text: string | null): boolean | null {
  const word = text?.trim().toLowerCase() ?? '';
  return /^(true|t|1)$/.test(word) ? true : /^(false|f|0)$/.test(word) ? false : null;
}

function extrasOf(
  cells: LinkCells,
  names: readonly string[]
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = cells(name.toLowerCase());
      return value === null ? [] : [[name, value] as const];
    })
  );
}
