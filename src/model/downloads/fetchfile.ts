import { ProtocolError } from '../../protocol/errors.js';
import type { IDownload, IDownloadQueue, IDownloadRequest } from './types.js';

/** What of the download queue those need who wait for a file. */
export type FileQueue = Pick<
  IDownloadQueue,
  'items' | 'changed' | 'ready' | 'defaults' | 'add' | 'finished' | 'cancel'
>;

/** Told how a file comes along. */
export type HearDownload = (item: IDownload) => void;

/**
 * Let the queue fetch a file into the folder used last.
 *
 * @param heard - told whenever the queue has news of it
 * @returns path in the Jupyter root
 * @throws ProtocolError why it failed; `cancelled` by the signal, which takes it off the queue
 */
export async function fetchFile(
  queue: FileQueue,
  request: IDownloadRequest,
  signal: AbortSignal,
  heard: HearDownload
): Promise<string> {
  const { folder, layout } = queue.defaults;
  const [id] = await queue.add([request], { folder, layout, start: true });
  const tell = (): void => {
    const item = queue.items.find(one => one.id === id);
    if (item) {
      heard(item);
    }
  };
  queue.changed.connect(tell);
  try {
    const { path } = await queue.finished(id, signal);
    return path;
  } catch (error) {
    if (signal.aborted) {
      await queue.cancel([id]);
      throw new ProtocolError('cancelled', 'The download was stopped.', {
        cause: error
      });
    }
    throw error;
  } finally {
    queue.changed.disconnect(tell);
  }
}
