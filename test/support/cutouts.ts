import { Signal } from '@lumino/signaling';

import type { IArchive } from '../../src/archives/archive.js';
import type { IServiceJobs } from '../../src/archives/servicejobs.js';
import type { FileQueue } from '../../src/model/downloads/fetchfile.js';
import type { IServiceMeans } from '../../src/model/cutout/run.js';
import type {
  IDownload,
  IDownloadPlan,
  IDownloadRequest
} from '../../src/model/downloads/types.js';
import { ProtocolError } from '../../src/protocol/errors.js';

/** What a fetched address gives, or throws. */
export type Fetcher = (request: IDownloadRequest) => Promise<Uint8Array>;

/** A download queue that keeps the files in memory. */
export class MemoryQueue implements FileQueue {
  constructor(private readonly _fetch: Fetcher) {}

  /** What was asked for, in order. */
  readonly asked: IDownloadRequest[] = [];
  /** Bytes by path. */
  readonly files = new Map<string, Uint8Array>();
  readonly cancelled: string[] = [];
  readonly items: IDownload[] = [];
  readonly changed = new Signal<unknown, void>(this);
  readonly ready = Promise.resolve();
  readonly defaults = { folder: 'data', layout: 'flat' } as const;

  add(
    requests: readonly IDownloadRequest[],
    { folder }: IDownloadPlan
  ): Promise<readonly string[]> {
    const ids = requests.map(request => {
      const id = String(this.asked.push(request));
      this.items.push(itemOf(id, request, folder));
      return id;
    });
    return Promise.resolve(ids);
  }

  async finished(id: string, signal?: AbortSignal): Promise<IDownload> {
    const item = this.items.find(one => one.id === id);
    const request = this.asked[Number(id) - 1];
    if (!item) {
      throw new Error('Nobody asked for it.');
    }
    const stopped = new Promise<never>((_, reject) =>
      signal?.addEventListener('abort', () =>
        reject(new ProtocolError('cancelled', 'The download was cancelled.'))
      )
    );
    const bytes = await Promise.race([this._fetch(request), stopped]);
    this.files.set(item.path, bytes);
    return item;
  }

  /** Tell news of a file. */
  tell(id: string, news: Partial<IDownload>): void {
    const index = this.items.findIndex(one => one.id === id);
    this.items[index] = { ...this.items[index], ...news };
    this.changed.emit();
  }

  cancel(ids: readonly string[]): Promise<void> {
    this.cancelled.push(...ids);
    return Promise.resolve();
  }
}

function itemOf(
  id: string,
  { archive, name = id, url }: IDownloadRequest,
  folder: string
) {
  return {
    id,
    archive,
    name,
    state: 'running',
    path: `${folder}/${id}-${name}`,
    received: 0,
    total: null,
    rate: null,
    retryAt: null,
    kind: null,
    message: '',
    end: null,
    category: null,
    observation: null,
    sourceId: null,
    address: url,
    note: ''
  } satisfies IDownload;
}

const NO_JOBS: IServiceJobs = {
  run: () => Promise.reject(new Error('No job is expected.'))
};

/** What the services of an archive are run with, as anyone. */
export function meansFor(
  archive: IArchive,
  queue: FileQueue,
  more: Partial<IServiceMeans> = {}
): IServiceMeans {
  const { links, definition } = archive;
  if (!links) {
    throw new Error('The archive has no links.');
  }
  return {
    archive: definition.id,
    queue,
    links,
    jobs: NO_JOBS,
    asker: () => 'anyone',
    asMe: (_archive, work) => work(),
    openTable: () => Promise.reject(new Error('No table is expected.')),
    ...more
  };
}
