import { ProtocolError } from '../../protocol/errors.js';
import type { IDownloadRequest } from './types.js';

/** Files that the list of the Jupyter server has room for. */
export const MOST_FILES = 20_000;

/** Letters of a text that the Jupyter server takes; of a description and of a query. */
const MOST_LETTERS = 1000;
const MOST_DESCRIPTION = 10_000;
const MOST_QUERY = 100_000;

/**
 * The requests as the Jupyter server takes them. What archives say about a file is only
 * told: a text of theirs that is too long must not keep the other files from coming.
 *
 * @throws ProtocolError `rejected` for more files than the list has room for
 */
export function sendable(requests: readonly IDownloadRequest[]): IDownloadRequest[] {
  refuseTooMany(requests.length);
  return requests.map(fitted);
}

/** @throws ProtocolError `rejected` for more files than the list has room for */
export function refuseTooMany(count: number): void {
  if (count > MOST_FILES) {
    const [asked, most] = [count, MOST_FILES].map(written);
    throw new ProtocolError(
      'rejected',
      `These are ${asked} files; the list of downloads has room for ${most}. Choose fewer.`
    );
  }
}

function fitted(request: IDownloadRequest): IDownloadRequest {
  const { name, size, contentType, observation, category, ...more } = request;
  const { source, found, ...others } = more;
  return {
    ...others,
    ...(name !== undefined && { name: cut(name) }),
    ...(size !== undefined && sizeOf(size)),
    ...(contentType !== undefined && { contentType: cut(contentType) }),
    ...(observation !== undefined && { observation: cut(observation) }),
    ...(category !== undefined && { category: cut(category) }),
    ...(source && { source: fittedSource(source) }),
    // Half a query would be another one.
    ...(found && found.query.length <= MOST_QUERY && { found })
  };
}

/** Sizes in ObsCore are estimates in kilobytes, some with a fraction. */
function sizeOf(size: number): Pick<IDownloadRequest, 'size'> {
  const bytes = Math.round(size);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? { size: bytes } : {};
}

type Source = NonNullable<IDownloadRequest['source']>;

function fittedSource({ description, ...source }: Source): Source {
  return {
    ...source,
    semantics: cut(source.semantics),
    ...(description !== undefined && {
      description: cut(description, MOST_DESCRIPTION)
    })
  };
}

/** The beginning of a text, without halves of characters. */
function cut(text: string, most = MOST_LETTERS): string {
  return text.slice(0, most).replace(/\p{Cs}/gu, '\ufffd');
}

function written(count: number): string {
  return count.toLocaleString('en');
}
