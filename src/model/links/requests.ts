import { fileOfLink } from '../downloads/links.js';
import type { IDownloadRequest } from '../downloads/types.js';
import { followedOf } from './follow.js';
import type { LinksModel } from './model.js';

/**
 * What is asked of the download queue for links; old signed addresses are read again first.
 *
 * @param ids - of rows of the tree
 * @throws ProtocolError where an old address could not be read again
 */
export async function requestsOf(
  model: LinksModel,
  ids: readonly string[],
  signal: AbortSignal
): Promise<IDownloadRequest[]> {
  const requests: IDownloadRequest[] = [];
  for (const id of ids) {
    const { link, as, url } = followedOf(model, await model.fresh(id, signal));
    const source = model.sourceOf(id);
    const observation = model.subjectOf(id)?.source.id;
    const common = { archive: model.archive.definition.id, ...(as && { as }) };
    if (source?.kind === 'file') {
      // The row names the file itself: no links have it.
      const { contentLength: size, contentType } = link;
      requests.push({
        ...common,
        url,
        observation: source.id,
        ...(size !== null && { size }),
        ...(contentType !== null && { contentType })
      });
    } else if (source) {
      requests.push({
        ...fileOfLink(common, source, link),
        ...(observation !== undefined && { observation })
      });
    }
  }
  return requests;
}
