import { sendable } from './sendable.js';
import type {
  IDownload,
  IDownloadCheck,
  IDownloadPlan,
  IDownloadRequest,
  IDownloadTotals,
  IFileHere,
  IWantedFile
} from './types.js';

/** How our half of the Jupyter server is asked. */
export interface IServerCalls {
  /**
   * Send JSON, or nothing, and read JSON.
   *
   * @param path - below `api/`
   * @throws ProtocolError what the server half tells; `unavailable` without a server
   */
  json(method: string, path: string, body?: object): Promise<unknown>;
  /** Read a text whole. @throws ProtocolError as `json` does */
  text(path: string): Promise<string>;
  /** Read bytes as they come. @throws ProtocolError as `json` does */
  stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/** What is done with files of the queue. */
export type DownloadChange = 'start' | 'pause' | 'resume' | 'retry' | 'move' | 'clear';

/** Line of the stream: the whole state first, changes then. */
export type DownloadMessage =
  | { readonly items: readonly IDownload[]; readonly totals: IDownloadTotals }
  | {
      readonly changed?: readonly IDownload[];
      readonly removed?: readonly string[];
      /** All ids, in the order of the queue; missing where it is as it was. */
      readonly order?: readonly string[];
      readonly totals: IDownloadTotals;
    };

/** Files of one request to the server, which is a few megabytes long then. */
const AT_ONCE = 5000;

/** The routes `api/downloads…`. */
export class DownloadServer {
  constructor(private readonly _calls: IServerCalls) {}

  /** The stream of what happens to the queue. */
  async events(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    return this._calls.stream('downloads/events', signal);
  }

  /** What a plan would do; changes nothing. @throws ProtocolError `rejected` for too many */
  async check(
    requests: readonly IDownloadRequest[],
    plan: IDownloadPlan
  ): Promise<IDownloadCheck> {
    const body = { requests: sendable(requests), plan };
    return (await this._calls.json('POST', 'downloads/check', body)) as IDownloadCheck;
  }

  /** Add files; answers their ids in order. @throws ProtocolError `rejected` for too many */
  async add(
    requests: readonly IDownloadRequest[],
    plan: IDownloadPlan
  ): Promise<readonly string[]> {
    const all = sendable(requests);
    const ids: string[] = [];
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const body = { requests: all.slice(at, at + AT_ONCE), plan };
      ids.push(...idsOf(await this._calls.json('POST', 'downloads', body)));
    }
    return ids;
  }

  /**
   * Do something with files, or with all.
   *
   * @param before - id of the file that follows a moved one; null: none
   */
  async change(
    action: DownloadChange,
    ids?: readonly string[],
    before?: string | null
  ): Promise<void> {
    await this._calls.json('PATCH', 'downloads', {
      action,
      ...(ids && { ids }),
      ...(before && { before })
    });
  }

  /** Remove files from the queue, and what came of those that are not done. */
  async remove(ids: readonly string[]): Promise<void> {
    await this._calls.json('DELETE', 'downloads', { ids });
  }

  /** Which of these files are on disk, in order. */
  async here(files: readonly IWantedFile[]): Promise<readonly IFileHere[]> {
    const answer = await this._calls.json('POST', 'downloads/here', { files });
    return (answer as { here: readonly IFileHere[] }).here;
  }

  /** A script that fetches files with curl; no secret and no signed address in it. */
  async script(ids: readonly string[]): Promise<string> {
    const query = new URLSearchParams(ids.length > 0 ? { ids: ids.join(',') } : {});
    return this._calls.text(`downloads/script?${query.toString()}`);
  }

  /** Add what a manifest names and its folder lacks; answers ids. */
  async fetchManifest(path: string, folder?: string): Promise<readonly string[]> {
    const body = { path, ...(folder !== undefined && { folder }) };
    return idsOf(await this._calls.json('POST', 'downloads/manifest', body));
  }

  /** Folder and layout that were used last. */
  async defaults(): Promise<Pick<IDownloadPlan, 'folder' | 'layout'>> {
    const answer = await this._calls.json('GET', 'downloads/defaults');
    return answer as Pick<IDownloadPlan, 'folder' | 'layout'>;
  }
}

function idsOf(answer: unknown): readonly string[] {
  return (answer as { ids: readonly string[] }).ids;
}
