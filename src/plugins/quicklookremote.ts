import { usualAsker } from '../archives/signin.js';
import type { IDownloadRequest } from '../model/downloads/types.js';
import { fetchPicture } from '../model/previews.js';
import type { IRemoteMeans } from '../model/quicklook/remote.js';
import type { IRowTarget } from '../model/quicklook/types.js';
import { withoutSignature } from '../protocol/datalink/signed.js';
import type { IArchiveRegistry, IDownloadQueue, ITransport } from '../tokens.js';

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
        download(queue, requestOf(target, asker(target.archive)), progress, signal)
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

/** Add a file to the queue and wait until it is there; who does not wait takes it out again. */
async function download(
  queue: IDownloadQueue,
  request: IDownloadRequest,
  progress: (received: number, total: number | null) => void,
  signal: AbortSignal
): Promise<string> {
  const [id] = await queue.add([request], { ...queue.defaults, start: true });
  const follow = (): void => {
    const item = queue.items.find(one => one.id === id);
    if (item) {
      progress(item.received, item.total);
    }
  };
  queue.changed.connect(follow);
  const stop = (): void => void queue.cancel([id]);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return (await queue.finished(id, signal)).path;
  } finally {
    queue.changed.disconnect(follow);
    signal.removeEventListener('abort', stop);
  }
}
