import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { asProtocolError, ProtocolError } from '../../protocol/errors.js';

/**
 * The answer to the question asked last. A later question stops the one before, whose answer
 * is dropped should it come all the same; the value before stays until there is another.
 */
export class Latest<T> implements IDisposable {
  /** Emitted when any of what follows changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Null before the first answer. */
  get value(): T | null {
    return this._value;
  }

  /** Why the question asked last has no answer; `cancelled` where the user did not wait. */
  get error(): ProtocolError | null {
    return this._error;
  }

  get isAsking(): boolean {
    return this._asking !== null;
  }

  /** When it was asked, milliseconds since 1970; null while nothing is. */
  get since(): number | null {
    return this._asking && this._since;
  }

  get isDisposed(): boolean {
    return this._isOver;
  }

  /** Ask; resolves to the answer, or null where it failed or nobody wants it any more. */
  async ask(question: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    const asking = new AbortController();
    this._asking?.abort();
    this._asking = asking;
    this._since = Date.now();
    this._error = null;
    this._changed.emit();
    try {
      const value = await question(asking.signal);
      return this._settle(asking, () => (this._value = value)) ? value : null;
    } catch (reason) {
      this._settle(asking, () => {
        this._error = asProtocolError(reason);
      });
      return null;
    }
  }

  /** Wait no longer for the answer, as the user wants it; the error says so. */
  stop(): void {
    if (this._asking) {
      this._asking.abort();
      this._asking = null;
      this._error = new ProtocolError('cancelled', 'Stopped.');
      this._changed.emit();
    }
  }

  /** Nobody wants the answer any more; the one before stays. */
  drop(): void {
    this._asking?.abort();
    this._asking = null;
  }

  /** Forget what was answered and what is asked. */
  clear(): void {
    this.drop();
    this._value = null;
    this._error = null;
    this._changed.emit();
  }

  dispose(): void {
    this.drop();
    this._isOver = true;
    Signal.clearData(this);
  }

  /** @returns false where something else was asked meanwhile */
  private _settle(asking: AbortController, take: () => void): boolean {
    if (this._asking !== asking || this._isOver) {
      return false;
    }
    this._asking = null;
    take();
    this._changed.emit();
    return true;
  }

  private _value: T | null = null;
  private _error: ProtocolError | null = null;
  private _asking: AbortController | null = null;
  private _since = 0;
  private _isOver = false;
  private readonly _changed = new Signal<this, void>(this);
}
