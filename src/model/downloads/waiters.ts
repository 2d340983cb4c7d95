import { PromiseDelegate } from '@lumino/coreutils';

import { ERROR_KINDS, type ErrorKind, ProtocolError } from '../../protocol/errors.js';
import { isOver } from './state.js';
import type { IDownload } from './types.js';

interface IWaiter {
  readonly id: string;
  readonly delegate: PromiseDelegate<IDownload>;
  /** Streams of the queue that were opened before. */
  readonly since: number;
  /** Whether the queue was heard to have the file: one that was just added comes later. */
  isSeen: boolean;
}

/** Those who wait for files of the queue. */
export class Waiters {
  /** True while anybody waits. */
  get any(): boolean {
    return this._waiters.size > 0;
  }

  /**
   * Wait for a file.
   *
   * @param now - the file as it is known; undefined where it is not yet
   * @param opened - streams of the queue that were opened so far
   * @throws ProtocolError why it failed; `cancelled` once it is gone, or by `signal`
   */
  wait(
    id: string,
    now: IDownload | undefined,
    opened: number,
    signal?: AbortSignal
  ): Promise<IDownload> {
    const delegate = new PromiseDelegate<IDownload>();
    const waiter: IWaiter = { id, delegate, since: opened, isSeen: false };
    this._waiters.add(waiter);
    const leave = (): void => this._reject(waiter, cancelled());
    if (signal?.aborted) {
      leave();
    } else {
      this._hear(waiter, now, false);
    }
    signal?.addEventListener('abort', leave, { once: true });
    return waiter.delegate.promise.finally(() =>
      signal?.removeEventListener('abort', leave)
    );
  }

  /**
   * Something happened to the queue.
   *
   * @param whole - which stream told all files of the queue, counted from 1: what is
   * missing in one that was opened later is gone. Null where it told of changes.
   */
  hear(get: (id: string) => IDownload | undefined, whole: number | null): void {
    for (const waiter of [...this._waiters]) {
      const isWhole = whole !== null && whole > waiter.since;
      this._hear(waiter, get(waiter.id), isWhole);
    }
  }

  private _hear(waiter: IWaiter, item: IDownload | undefined, isWhole: boolean): void {
    if (!item) {
      if (waiter.isSeen || isWhole) {
        this._reject(waiter, cancelled());
      }
      return;
    }
    waiter.isSeen = true;
    if (item.state === 'done') {
      this._waiters.delete(waiter);
      waiter.delegate.resolve(item);
    } else if (isOver(item)) {
      this._reject(waiter, failureOf(item));
    }
  }

  private _reject(waiter: IWaiter, error: ProtocolError): void {
    this._waiters.delete(waiter);
    waiter.delegate.reject(error);
  }

  private readonly _waiters = new Set<IWaiter>();
}

/** Why a file failed, as an error. */
export function failureOf({ kind, message, name }: IDownload): ProtocolError {
  const known: ErrorKind | undefined = ERROR_KINDS.find(one => one === kind);
  return new ProtocolError(
    known ?? 'unavailable',
    message || `${name} could not be downloaded.`
  );
}

function cancelled(): ProtocolError {
  return new ProtocolError('cancelled', 'The download was cancelled.');
}
