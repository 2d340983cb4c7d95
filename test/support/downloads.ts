import { Signal } from '@lumino/signaling';

import type {
  DownloadMessage,
  IServerCalls
} from '../../src/model/downloads/server.js';
import { NO_TOTALS } from '../../src/model/downloads/state.js';
import type { IDownload, IDownloadTotals } from '../../src/model/downloads/types.js';
import type { ProtocolError } from '../../src/protocol/errors.js';

/** A file of a queue. */
export function file(id: string, more: Partial<IDownload> = {}): IDownload {
  return {
    id,
    archive: 'eso',
    name: `${id}.fits`,
    state: 'waiting',
    path: `data/eso/${id}.fits`,
    received: 0,
    total: 58_600_000,
    rate: null,
    retryAt: null,
    kind: null,
    message: '',
    end: null,
    category: null,
    observation: null,
    sourceId: null,
    address: `https://dataportal.eso.org/dataPortal/file/${id}`,
    note: '',
    ...more
  };
}

/** The totals of a queue. */
export function totals(more: Partial<IDownloadTotals> = {}): IDownloadTotals {
  return { ...NO_TOTALS, folder: 'data/eso', free: 412e9, ...more };
}

/** What the views read, set by hand. */
export class FakeQueue {
  items: readonly IDownload[] = [];
  totals: IDownloadTotals = totals();
  error: ProtocolError | null = null;
  readonly changed = new Signal<this, void>(this);
  watchers = 0;

  watch() {
    this.watchers += 1;
    let isDisposed = false;
    const leave = (): void => {
      this.watchers -= isDisposed ? 0 : 1;
      isDisposed = true;
    };
    return {
      get isDisposed() {
        return isDisposed;
      },
      dispose: leave
    };
  }

  /** Show these files; the totals are counted. */
  put(items: readonly IDownload[], more: Partial<IDownloadTotals> = {}): void {
    this.items = items;
    this.totals = totals({
      files: items.length,
      done: items.filter(({ state }) => state === 'done').length,
      failed: items.filter(({ state }) => state === 'failed').length,
      bytes: items.reduce((sum, { total }) => sum + (total ?? 0), 0),
      received: items.reduce((sum, { received }) => sum + received, 0),
      ...more
    });
    this.changed.emit();
  }
}

/** A stream of the server that a test writes. */
export class FakeStream {
  constructor(signal: AbortSignal) {
    this.body = new ReadableStream<Uint8Array>({
      start: controller => {
        this._controller = controller;
      },
      cancel: () => {
        this.isOpen = false;
      }
    });
    signal.addEventListener('abort', () => (this.isOpen = false));
  }

  readonly body: ReadableStream<Uint8Array>;
  isOpen = true;

  say(message: DownloadMessage): void {
    this.write(`${JSON.stringify(message)}\n`);
  }

  write(text: string): void {
    this.bytes(new TextEncoder().encode(text));
  }

  bytes(bytes: Uint8Array): void {
    this._controller.enqueue(bytes);
  }

  /** The connection breaks. */
  break(): void {
    this.isOpen = false;
    this._controller.error(new TypeError('network error'));
  }

  private _controller!: ReadableStreamDefaultController<Uint8Array>;
}

/** The routes of the server half, answered by hand. */
export class FakeCalls implements IServerCalls {
  readonly streams: FakeStream[] = [];
  readonly asked: { method: string; path: string; body?: object }[] = [];
  /** Why the server cannot be reached; null while it can. */
  down: ProtocolError | null = null;
  answer: (path: string, body?: object) => unknown = () => ({ ids: [] });

  get last(): FakeStream {
    return this.streams[this.streams.length - 1];
  }

  async json(method: string, path: string, body?: object): Promise<unknown> {
    this.asked.push({ method, path, ...(body && { body }) });
    return this.answer(path, body);
  }

  async text(path: string): Promise<string> {
    this.asked.push({ method: 'GET', path });
    return '#!/bin/sh\n';
  }

  async stream(
    _path: string,
    signal: AbortSignal
  ): Promise<ReadableStream<Uint8Array>> {
    if (this.down) {
      throw this.down;
    }
    const stream = new FakeStream(signal);
    this.streams.push(stream);
    return stream.body;
  }
}
