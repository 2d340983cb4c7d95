import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { asProtocolError, type ProtocolError } from '../../protocol/errors.js';
import { Timer } from '../timer.js';
import type {
  DownloadLayout,
  IDownloadCheck,
  IDownloadPlan,
  IDownloadQueue,
  IDownloadRequest
} from './types.js';

/** Seconds without typing after which a folder is looked at. */
const PAUSE = 0.4;

/** What the user decides before files are fetched. */
export class DownloadPlan implements IDisposable {
  /** @param requests - at least one */
  constructor(
    readonly requests: readonly IDownloadRequest[],
    private readonly _queue: Pick<IDownloadQueue, 'check' | 'add'>,
    choice: Pick<IDownloadPlan, 'folder' | 'layout'>
  ) {
    this._folder = choice.folder;
    this._layout = choice.layout;
  }

  get folder(): string {
    return this._folder;
  }

  get layout(): DownloadLayout {
    return this._layout;
  }

  /** What the plan would do; null while that is not known. */
  get found(): IDownloadCheck | null {
    return this._found;
  }

  /** Why it could not be looked at, or not be added. */
  get error(): ProtocolError | null {
    return this._error;
  }

  /** True while files are being added. */
  get isAdding(): boolean {
    return this._isAdding;
  }

  /** True where the user does not want to be asked the next time. */
  get isLastQuestion(): boolean {
    return this._isLastQuestion;
  }

  /** Ids of what was added. */
  get ids(): readonly string[] {
    return this._ids;
  }

  /** Emitted when any of the above changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** True where there is not enough room for the files whose size is known. */
  get isFull(): boolean {
    return this._found !== null && this._found.bytes > this._found.free;
  }

  /** True where nobody needs to be asked. */
  get isClear(): boolean {
    return this._found !== null && this._error === null && !this.isFull;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._timer.set(null, () => undefined);
    Signal.clearData(this);
  }

  /** Whether to ask the next time. */
  askAgain(ask: boolean): void {
    this._isLastQuestion = !ask;
    this._changed.emit();
  }

  /** Choose; a folder that is being typed is looked at after a pause. */
  choose(choice: Partial<Pick<IDownloadPlan, 'folder' | 'layout'>>): void {
    this._folder = choice.folder ?? this._folder;
    this._layout = choice.layout ?? this._layout;
    this._found = null;
    this._changed.emit();
    this._timer.set(PAUSE, () => void this.check());
  }

  /** Look at what the plan would do; never throws. */
  async check(): Promise<void> {
    const asked = (this._asked += 1);
    try {
      const found = await this._queue.check(this.requests, this._plan(true));
      this._take(asked, found, null);
    } catch (reason) {
      this._take(asked, null, asProtocolError(reason));
    }
  }

  /**
   * Add the files.
   *
   * @param start - false: they wait for “Start downloads”
   * @returns false where that did not work; `error` tells why
   */
  async add(start: boolean): Promise<boolean> {
    if (this._isAdding) {
      return false;
    }
    this._isAdding = true;
    this._error = null;
    this._changed.emit();
    try {
      this._ids = await this._queue.add(this.requests, this._plan(start));
      return true;
    } catch (reason) {
      this._error = asProtocolError(reason);
      return false;
    } finally {
      this._isAdding = false;
      this._changed.emit();
    }
  }

  private _plan(start: boolean): IDownloadPlan {
    return { folder: this._folder.trim(), layout: this._layout, start };
  }

  private _take(
    asked: number,
    found: IDownloadCheck | null,
    error: ProtocolError | null
  ): void {
    // An answer about a folder that is no longer the one in the field is of no use.
    if (asked === this._asked && !this._isDisposed) {
      this._found = found;
      this._error = error;
      this._changed.emit();
    }
  }

  private _folder: string;
  private _layout: DownloadLayout;
  private _found: IDownloadCheck | null = null;
  private _error: ProtocolError | null = null;
  private _isAdding = false;
  private _isLastQuestion = false;
  private _ids: readonly string[] = [];
  private _asked = 0;
  private _isDisposed = false;
  private readonly _timer = new Timer();
  private readonly _changed = new Signal<this, void>(this);
}
