import type { IDisposable } from '@lumino/disposable';
import { Poll } from '@lumino/polling';

import { asProtocolError, type ProtocolError } from '../../protocol/errors.js';
import { Timer } from '../timer.js';
import { readLines, SILENCE } from './lines.js';
import type { DownloadMessage } from './server.js';

/** Milliseconds until a stream that broke is opened again; the pauses grow. */
const FREQUENCY = { interval: 1000, backoff: 2, max: 30_000 };

/** Asking again by ourselves would get the same answer. */
const LASTING = ['not-found', 'forbidden', 'bad-answer'];

/** What following works with. */
export interface IFollowerOptions {
  /** Open the stream. */
  readonly open: (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  /** Take a line over. */
  readonly heard: (message: DownloadMessage) => void;
  /** The stream could not be opened, or said what nobody understands. */
  readonly failed: (error: ProtocolError) => void;
  /** Whether there is a reason to go on listening. Asked after each line. */
  readonly isWanted: () => boolean;
}

/**
 * Listens to the stream of the queue for as long as there is a reason to, and opens it
 * anew when it breaks. A stream takes one of the few connections that a browser has to
 * Jupyter, so that none is held where nothing can come.
 */
export class QueueFollower implements IDisposable {
  constructor(private readonly _options: IFollowerOptions) {
    this._poll = new Poll({
      name: 'obsdeck:downloads',
      auto: false,
      frequency: FREQUENCY,
      standby: 'never',
      factory: () => this._listen()
    });
  }

  get isDisposed(): boolean {
    return this._poll.isDisposed;
  }

  /** Listen, unless it does already; a pause after a failure ends. */
  start(): void {
    if (!this.isDisposed && this._listening === null) {
      void this._poll.refresh();
    }
  }

  /** Listen no more. */
  stop(): void {
    this._listening?.abort();
    this._listening = null;
    void this._poll.stop();
  }

  dispose(): void {
    this._listening?.abort();
    this._poll.dispose();
  }

  /** Until the stream ends; throws where the next attempt shall wait longer. */
  private async _listen(): Promise<void> {
    const stop = new AbortController();
    this._listening = stop;
    try {
      await this._read(stop);
    } catch (reason) {
      this._fail(stop, asProtocolError(reason));
    } finally {
      if (this._listening === stop) {
        this._listening = null;
      }
    }
    if (!this._options.isWanted()) {
      void this._poll.stop();
    }
  }

  private _fail(stop: AbortController, error: ProtocolError): void {
    if (stop.signal.aborted) {
      return;
    }
    this._options.failed(error);
    if (LASTING.includes(error.kind)) {
      void this._poll.stop();
    }
    throw error;
  }

  private async _read(stop: AbortController): Promise<void> {
    const silence = new Timer();
    const alive = (): void => silence.set(SILENCE / 1000, () => stop.abort());
    alive();
    try {
      const stream = await this._options.open(stop.signal);
      for await (const message of readLines(stream, stop.signal)) {
        alive();
        if (message) {
          this._options.heard(message);
        }
        if (!this._options.isWanted()) {
          return;
        }
      }
    } finally {
      silence.set(null, () => undefined);
    }
  }

  private readonly _poll: Poll;
  private _listening: AbortController | null = null;
}
