import type { LinkSource, RowCell } from '../../archives/links.js';
import { isLinksType } from '../../protocol/datalink/recursion.js';
import { isMeaning } from '../../protocol/datalink/semantics.js';
import { withoutSignature } from '../../protocol/datalink/signed.js';
import type { ILink } from '../../protocol/datalink/types.js';
import type { IDownloadRequest } from './types.js';

/** What all files of a search have in common. */
export type CommonRequest = Pick<IDownloadRequest, 'archive' | 'found' | 'as'>;

/** True for the link to the file itself that a row describes (`#this`, DataLink 1.1 §3.3.6). */
export function isFile(link: ILink): boolean {
  const { accessUrl, error, semantics, serviceDef, contentType } = link;
  return (
    accessUrl !== null &&
    error === null &&
    serviceDef === null &&
    isMeaning(semantics, 'this') &&
    !isLinksType(contentType)
  );
}

/** The file that a row is itself. */
export function fileOfSource(
  common: CommonRequest,
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
    ...categoryOf([columnOf(row, CATEGORY_COLUMNS)])
  };
}

/**
 * A file that a link with an address leads to.
 *
 * @param source - where the link was read
 * @param row - the row it was read for, where there is one
 */
export function fileOfLink(
  common: CommonRequest,
  source: LinkSource,
  link: ILink,
  row?: RowCell
): IDownloadRequest {
  const { accessUrl, contentType, contentLength, semantics, description } = link;
  const name = extraOf(link, /(?:^|_)(?:origfile|file_?name)$/i);
  return {
    ...common,
    url: accessUrl ?? '',
    ...(name !== undefined && { name }),
    ...(contentLength !== null && { size: contentLength }),
    ...(contentType !== null && { contentType }),
    observation: source.id,
    ...categoryOf([
      extraOf(link, /(?:^|_)category$/i),
      row && columnOf(row, CATEGORY_COLUMNS),
      semantics.replace(/^.*#/, '')
    ]),
    source: {
      links: withoutSignature(source.url),
      id: link.id,
      semantics,
      ...(description !== null && { description })
    }
  };
}

/** Columns that say what sort of file a row describes, the finest first. */
const CATEGORY_COLUMNS = ['dp_cat', 'dataproduct_subtype', 'dataproduct_type'];

/** Text of the first of these columns that has any. */
function columnOf(row: RowCell, names: readonly string[]): string | undefined {
  const cell = names.map(row).find(value => value !== null && value !== '');
  return cell === undefined ? undefined : String(cell);
}

/** What a further column of the links says; archives put their prefix before its name. */
function extraOf({ extras }: ILink, name: RegExp): string | undefined {
  return Object.entries(extras).find(([column]) => name.test(column))?.[1];
}

function categoryOf(
  said: readonly (string | undefined)[]
): Pick<IDownloadRequest, 'category'> {
  const category = said.find(word => word !== undefined && word !== '');
  return category === undefined ? {} : { category };
}
