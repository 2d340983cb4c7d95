import { usualAsker } from '../../archives/signin.js';
import { fetchFile } from '../../model/downloads/fetchfile.js';
import type { IDownloadRequest } from '../../model/downloads/types.js';
import { fetchPicture } from '../../model/previews.js';
import type { IRemoteMeans } from '../../model/quicklook/remote.js';
import type { IRowTarget } from '../../model/quicklook/types.js';
import { withoutSignature } from '../../protocol/datalink/signed.js';
import type { IArchiveRegistry, IDownloadQueue, ITransport } from '../../tokens.js';

/** How files that are at archives are got. */
export function remoteMeans(
  transport: ITransport,
  archives: IArchiveRegistry,
  queue: IDownloadQueue | null
): IRemoteMeans {
  const asker = (archive: string): 'me' | undefined => {
    const definition = archives.get(archive)?.definition;
    return definition && usualAsker(definition) === 'me' ? 'me' : undefined;
  };
  return {
    preview: (archive, url, signal) =>
      fetchPicture(transport, archive, url, signal, asker(archive)),
    ...(queue && {
      download: (target, progress, signal) =>
        fetchFile(
          queue,
          requestOf(target, asker(target.archive)),
          signal,
          ({ received, total }) => progress(received, total)
        )
    })
  };
}

/** The file of a row as the queue takes it. */
export function requestOf(target: IRowTarget, as?: 'me'): IDownloadRequest {
  const { archive, id, file, source } = target;
  const { url = '', size = null, contentType = null, semantics = null } = file ?? {};
  return {
    archive,
    url,
    observation: id,
    ...(as && { as }),
    ...(size !== null && { size }),
    ...(contentType !== null && { contentType }),
    ...(source &&
      source.kind !== 'file' &&
      semantics !== null && {
        source: { links: withoutSignature(source.url), id: source.id, semantics }
      })
  };
}
