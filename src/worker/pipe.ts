import {
  aborted,
  type IPackedError,
  packError,
  unpackError,
  workerDied
} from './errors.js';

/**
 * A pipe carries items in one direction between page and worker: an {@link Outlet} at the
 * sending end, an {@link Inlet} at the other. The inlet tells what it has taken, so that
 * only so much is under way, and may stop the outlet, which always answers with an end.
 */

/** What an outlet says. */
type Sent =
  | { readonly item: unknown; readonly weight: number }
  | { readonly end: true }
  | { readonly error: IPackedError };

/** What an inlet says. */
type Answer = { readonly taken: number } | { readonly stop: true };

/** The sending end of a pipe. */
export class Outlet<T> {
  /**
   * @param port - of a channel of its own
   * @param limit - weight of items under way from which on `room` waits
   */
  constructor(
    private readonly _port: MessagePort,
    private readonly _limit: number
  ) {
    _port.onmessage = ({ data }: MessageEvent<Answer>) => this._hear(data);
  }

  /** Aborted when the other end wants no more, or is gone. */
  get stopped(): AbortSignal {
    return this._stop.signal;
  }

  /** Resolves when there is room for an item: false where no more is wanted. */
  async room(): Promise<boolean> {
    while (this._underway >= this._limit && !this._isOver()) {
      await new Promise<void>(resolve => (this._wake = resolve));
    }
    return !this._isOver();
  }

  /**
   * @param transfer - buffers in the item that move to the other end
   * @returns false if nothing was sent, since no more is wanted
   */
  send(item: T, weight: number, transfer: Transferable[] = []): boolean {
    if (this._isOver()) {
      return false;
    }
    this._underway += weight;
    this._post({ item, weight }, transfer);
    return true;
  }

  /** Nothing follows. */
  end(): void {
    this._finish({ end: true });
  }

  /** Nothing follows, because of this. */
  fail(error: unknown): void {
    this._finish({ error: packError(error) });
  }

  /** Nothing follows, as if the other end had stopped it; that end gets an `AbortError`. */
  abort(): void {
    this.fail(aborted());
    this._stopNow();
  }

  /** The other end is gone without a word. */
  close(): void {
    this._ended = true;
    this._port.close();
    this._stopNow();
  }

  private _hear(answer: Answer): void {
    if ('stop' in answer) {
      this._stopNow();
      this.end();
    } else {
      this._underway -= answer.taken;
      this._wake();
    }
  }

  private _finish(last: Sent): void {
    if (!this._ended) {
      this._post(last, []);
      this._ended = true;
      this._wake();
    }
  }

  private _stopNow(): void {
    this._stop.abort();
    this._wake();
  }

  private _isOver(): boolean {
    return this._ended || this._stop.signal.aborted;
  }

  private _post(sent: Sent, transfer: Transferable[]): void {
    this._port.postMessage(sent, transfer);
  }

  private _underway = 0;
  private _ended = false;
  private _wake: () => void = () => undefined;
  private readonly _stop = new AbortController();
}

/** The receiving end of a pipe. One `next` at a time. */
export class Inlet<T> {
  /** @param _port - of a channel of its own */
  constructor(private readonly _port: MessagePort) {
    _port.onmessage = ({ data }: MessageEvent<Sent>) => this._hear(data);
    _port.onmessageerror = () => this._end(workerDied());
    this.closed = new Promise(resolve => (this._close = resolve));
  }

  /** Resolves when the other end has said its last word, or is gone. */
  readonly closed: Promise<void>;

  /**
   * The next item, null behind the last one.
   *
   * @throws the error with which the other end failed, behind the items before it
   */
  async next(): Promise<T | null> {
    while (this._waiting.length === 0 && this._last === null) {
      await new Promise<void>(resolve => (this._wake = resolve));
    }
    const sent = this._waiting.shift();
    if (sent !== undefined) {
      this._port.postMessage({ taken: sent.weight } satisfies Answer);
      return sent.item;
    }
    if (this._last instanceof Error) {
      throw this._last;
    }
    return null;
  }

  /** No more is wanted; whoever waits for an item gets an `AbortError`. */
  stop(): void {
    if (this._last === null) {
      this._port.postMessage({ stop: true } satisfies Answer);
      this._waiting.length = 0;
      this._end(aborted());
    }
  }

  /** The other end is gone without a word, because of this. */
  fail(error: Error): void {
    this._end(error);
    this._port.close();
    this._close();
  }

  private _hear(sent: Sent): void {
    if ('item' in sent) {
      if (this._last === null) {
        this._waiting.push(sent as { item: T; weight: number });
        this._wake();
      }
      return;
    }
    this._end('error' in sent ? unpackError(sent.error) : 'end');
    this._port.close();
    this._close();
  }

  private _end(last: Error | 'end'): void {
    this._last ??= last;
    this._wake();
  }

  private readonly _waiting: { readonly item: T; readonly weight: number }[] = [];
  private _last: Error | 'end' | null = null;
  private _wake: () => void = () => undefined;
  private _close: () => void = () => undefined;
}
