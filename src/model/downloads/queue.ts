import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { PromiseDelegate } from '@lumino/coreutils';

import type { ProtocolError } from '../../protocol/errors.js';
import { QueueFollower } from './follower.js';
import type { DownloadChange, DownloadMessage, DownloadServer } from './server.js';
import { isMoving, QueueState } from './state.js';
import type {
  IDownload,
  IDownloadCheck,
  IDownloadPlan,
  IDownloadQueue,
  IDownloadRequest,
  IDownloadTotals,
  IFileHere,
  IWantedFile
} from './types.js';
import { Waiters } from './waiters.js';

type Defaults = IDownloadQueue['defaults'];

/** The download queue as a page sees it: what is on the server, and what is asked of it. */
export class DownloadQueue implements IDownloadQueue, IDisposable {
  constructor(private readonly _server: DownloadServer) {
    this._follower = new QueueFollower({
      open: signal => {
        this._opened += 1;
        this._isRead = false;
        return _server.events(signal);
      },
      heard: message => this._hear(message),
      failed: error => this._fail(error),
      isWanted: () => this._isWanted
    });
  }

  get items(): readonly IDownload[] {
    return this._state.items;
  }

  get totals(): IDownloadTotals {
    return this._state.totals;
  }

  get error(): ProtocolError | null {
    return this._error;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get ready(): Promise<void> {
    return this._ready.promise;
  }

  get defaults(): Defaults {
    return this._used ?? { ...this._known, ...this._preferred };
  }

  get isDisposed(): boolean {
    return this._follower.isDisposed;
  }

  dispose(): void {
    this._follower.dispose();
    Signal.clearData(this);
  }

  /** Folder and layout that the user prefers; what is missing is what was used last. */
  set preferred(value: Partial<Defaults>) {
    this._preferred = value;
  }

  /** Whether somebody may see the page: while nobody does, nothing is followed. */
  set isVisible(value: boolean) {
    this._isVisible = value;
    if (value) {
      this.load();
    } else {
      this._follower.stop();
    }
  }

  /** Read the queue, and follow it where something happens in it. */
  load(): void {
    if (this._isVisible) {
      this._follower.start();
    }
  }

  /** Ask which folder and layout were used last; what is not known stays. */
  async recall(): Promise<void> {
    this._known = await this._server.defaults();
  }

  get(id: string): IDownload | undefined {
    return this._state.get(id);
  }

  watch(): IDisposable {
    this._watchers += 1;
    this.load();
    return new DisposableDelegate(() => (this._watchers -= 1));
  }

  check(
    requests: readonly IDownloadRequest[],
    plan: IDownloadPlan
  ): Promise<IDownloadCheck> {
    return this._server.check(requests, plan);
  }

  async add(
    requests: readonly IDownloadRequest[],
    plan: IDownloadPlan
  ): Promise<readonly string[]> {
    const ids = await this._server.add(requests, plan);
    this._used = { folder: plan.folder, layout: plan.layout };
    this.load();
    return ids;
  }

  finished(id: string, signal?: AbortSignal): Promise<IDownload> {
    const promise = this._waiters.wait(id, this._state.get(id), this._opened, signal);
    this.load();
    return promise;
  }

  start(ids?: readonly string[]): Promise<void> {
    return this._change('start', ids);
  }

  pause(ids?: readonly string[]): Promise<void> {
    return this._change('pause', ids);
  }

  resume(ids?: readonly string[]): Promise<void> {
    return this._change('resume', ids);
  }

  retry(ids?: readonly string[]): Promise<void> {
    return this._change('retry', ids);
  }

  move(id: string, before: string | null): Promise<void> {
    return this._change('move', [id], before);
  }

  clear(): Promise<void> {
    return this._change('clear');
  }

  async cancel(ids: readonly string[]): Promise<void> {
    await this._server.remove(ids);
    this.load();
  }

  script(ids: readonly string[] = []): Promise<string> {
    return this._server.script(ids);
  }

  async fetchManifest(path: string): Promise<readonly string[]> {
    const ids = await this._server.fetchManifest(path);
    this.load();
    return ids;
  }

  here(files: readonly IWantedFile[]): Promise<readonly IFileHere[]> {
    return this._server.here(files);
  }

  private async _change(
    action: DownloadChange,
    ids?: readonly string[],
    before?: string | null
  ): Promise<void> {
    await this._server.change(action, ids, before);
    this.load();
  }

  private _hear(message: DownloadMessage): void {
    this._error = null;
    this._isRead ||= 'items' in message;
    this._state.apply(message);
    const whole = 'items' in message ? this._opened : null;
    this._waiters.hear(id => this._state.get(id), whole);
    this._ready.resolve();
    this._changed.emit();
  }

  private _fail(error: ProtocolError): void {
    this._error = error;
    this._changed.emit();
  }

  private get _isWanted(): boolean {
    const isIdle =
      this._watchers === 0 && !this._waiters.any && !this.items.some(isMoving);
    return !this._isRead || !isIdle;
  }

  private readonly _state = new QueueState();
  private readonly _waiters = new Waiters();
  private readonly _follower: QueueFollower;
  private readonly _ready = new PromiseDelegate<void>();
  private readonly _changed = new Signal<this, void>(this);
  private _error: ProtocolError | null = null;
  /** Whether the stream that was opened last has told the whole queue. */
  private _isRead = false;
  private _isVisible = true;
  private _watchers = 0;
  /** Streams that were opened so far. */
  private _opened = 0;
  private _used: Defaults | null = null;
  private _known: Defaults = { folder: 'downloads', layout: 'flat' };
  private _preferred: Partial<Defaults> = {};
}
