import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { isMoving } from './state.js';
import type { IDownload, IDownloadQueue } from './types.js';

/** How a queue came to rest. */
export interface IRoundEnd {
  /** Files that were fetched since it was set going. */
  readonly done: readonly IDownload[];
  /** Files that need the user, old ones among them. */
  readonly failed: readonly IDownload[];
  /** Files that wait for a sign-in. */
  readonly signIn: readonly IDownload[];
}

/**
 * Tells when the queue begins and ends: a round is all that is fetched without a rest.
 * Files that were done before the page knew the queue belong to none.
 */
export class DownloadRounds implements IDisposable {
  constructor(private readonly _queue: Pick<IDownloadQueue, 'items' | 'changed'>) {
    _queue.changed.connect(this._onChanged, this);
  }

  /** Emitted when something began to be fetched after a rest. */
  get began(): ISignal<this, void> {
    return this._began;
  }

  /** Emitted when nothing goes on by itself any more. */
  get ended(): ISignal<this, IRoundEnd> {
    return this._ended;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private _onChanged(): void {
    const { items } = this._queue;
    const going = items.filter(item => isMoving(item) && item.state !== 'sign-in');
    if (going.length > 0 && this._round.size === 0) {
      this._began.emit();
    }
    going.forEach(({ id }) => this._round.add(id));
    if (going.length === 0 && this._round.size > 0) {
      const round = new Set(this._round);
      this._round.clear();
      this._end(items, round);
    }
  }

  private _end(items: readonly IDownload[], round: ReadonlySet<string>): void {
    const end = {
      done: items.filter(({ id, state }) => state === 'done' && round.has(id)),
      failed: items.filter(({ state }) => state === 'failed'),
      signIn: items.filter(({ state }) => state === 'sign-in')
    };
    const isHalted = items.some(({ id, state }) => state === 'paused' && round.has(id));
    // Whoever pauses or cancels knows that nothing goes on.
    if (!isHalted && end.done.length + end.failed.length + end.signIn.length > 0) {
      this._ended.emit(end);
    }
  }

  /** Ids of what was fetched, or waited for its turn, since the last rest. */
  private readonly _round = new Set<string>();
  private readonly _began = new Signal<this, void>(this);
  private readonly _ended = new Signal<this, IRoundEnd>(this);
  private _isDisposed = false;
}
