import type { LinkSource, RowCell } from '../../archives/links.js';
import type { ILink } from '../../protocol/datalink/types.js';
import type { IDownloadRequest } from './types.js';

/** What all files of a search have in common. */
type Common = Pick<IDownloadRequest, 'archive' | 'found' | 'as'>;

/** The core term of the file itself (DataLink 1.1 §3.3.6), bare or with its vocabulary. */
const THIS = /^(?:https?:\/\/www\.ivoa\.net\/rdf\/datalink\/core)?#this$/;

/** What leads to further links, and is no file (DataLink 1.1 §3.3.8). */
const LINKS_TYPE = /^application\/x-votable\+xml\s*;.*content\s*=\s*"?datalink/i;

/** True for the link to the file itself that a row describes. */
export function isFile(link: ILink): boolean {
  const { accessUrl, error, semantics, serviceDef, contentType } = link;
  return (
    accessUrl !== null &&
    error === null &&
    serviceDef === null &&
    THIS.test(semantics.trim()) &&
    !LINKS_TYPE.test(contentType ?? '')
  );
}

/** The file that a row is itself. */
export function fileOfSource(
  common: Common,
  row: RowCell,
  source: LinkSource & { readonly kind: 'file' }
): IDownloadRequest {
  const { url, id, contentType, size } = source;
  return {
    ...common,
    url,
    ...(size !== null && { size }),
    ...(contentType !== null && { contentType }),
    observation: id,
    ...categoryOf(row)
  };
}

/** A file that a link leads to. @param source - where the link was read */
export function fileOfLink(
  common: Common,
  row: RowCell,
  source: LinkSource,
  link: ILink
): IDownloadRequest {
  const { accessUrl, contentType, contentLength, semantics, description } = link;
  return {
    ...common,
    url: accessUrl ?? '',
    ...(contentLength !== null && { size: contentLength }),
    ...(contentType !== null && { contentType }),
    observation: source.id,
    ...categoryOf(row),
    source: {
      links: source.url,
      id: link.id,
      semantics,
      ...(description !== null && { description })
    }
  };
}

/** Columns that say what sort of file a row describes, the finest first. */
const CATEGORIES = ['dp_cat', 'dataproduct_subtype', 'dataproduct_type'];

function categoryOf(row: RowCell): Pick<IDownloadRequest, 'category'> {
  const category = CATEGORIES.map(row).find(cell => cell !== null && cell !== '');
  return category === undefined ? {} : { category: String(category) };
}
