import type { DownloadMessage } from './server.js';
import type { IDownload, IDownloadTotals } from './types.js';

/** Totals of a queue that nothing is in. */
export const NO_TOTALS: IDownloadTotals = {
  files: 0,
  done: 0,
  failed: 0,
  bytes: 0,
  received: 0,
  rate: null,
  left: null,
  isPaused: false,
  folder: '',
  free: 0
};

/** The queue as the stream tells it. */
export class QueueState {
  /** In the order of the queue. */
  get items(): readonly IDownload[] {
    this._items ??= this._order.flatMap(id => this._byId.get(id) ?? []);
    return this._items;
  }

  get totals(): IDownloadTotals {
    return this._totals;
  }

  get(id: string): IDownload | undefined {
    return this._byId.get(id);
  }

  /** Take a line of the stream over. */
  apply(message: DownloadMessage): void {
    this._totals = message.totals;
    this._items = null;
    if ('items' in message) {
      this._byId.clear();
      message.items.forEach(item => this._byId.set(item.id, item));
      this._order = message.items.map(({ id }) => id);
      return;
    }
    const { changed = [], removed = [], order } = message;
    const added = changed.filter(({ id }) => !this._byId.has(id));
    changed.forEach(item => this._byId.set(item.id, item));
    removed.forEach(id => this._byId.delete(id));
    this._order = order
      ? [...order]
      : [...this._order.filter(id => this._byId.has(id)), ...idsOf(added)];
  }

  private readonly _byId = new Map<string, IDownload>();
  private _order: string[] = [];
  private _items: readonly IDownload[] | null = [];
  private _totals: IDownloadTotals = NO_TOTALS;
}

/** True while something happens to a file by itself, so that the queue is followed. */
export function isMoving({ state }: IDownload): boolean {
  return ['waiting', 'running', 'retrying', 'sign-in'].includes(state);
}

/** True for a file to which nothing more happens unless the user asks for it. */
export function isOver({ state }: IDownload): boolean {
  return state === 'done' || state === 'failed';
}

function idsOf(items: readonly IDownload[]): string[] {
  return items.map(({ id }) => id);
}
