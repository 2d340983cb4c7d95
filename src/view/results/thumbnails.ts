import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

/** Pictures that are asked for at once, that wait, and that are kept. */
const LIMITS = { running: 3, waiting: 60, kept: 400 };

/** Gets a picture, whose bytes were checked. */
export type PictureLoader = (url: string, signal: AbortSignal) => Promise<Blob>;

/** A picture that came. */
export interface IPicture {
  readonly image: HTMLImageElement;
  /** Address within the page. */
  readonly src: string;
}

/**
 * Small pictures of rows, by their addresses. Each is asked for when somebody first looks
 * at it, the latest first; nothing is asked for while they are off.
 */
export class Thumbnails implements IDisposable {
  constructor(private readonly _load: PictureLoader) {}

  /** Emitted when a picture came, and when they were turned on or off. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** True while pictures are shown. */
  get on(): boolean {
    return this._on;
  }

  set on(on: boolean) {
    this._on = on;
    if (!on) {
      this._stop();
    }
    this._changed.emit();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._stop();
    this._pictures.forEach(picture => picture && URL.revokeObjectURL(picture.src));
    this._pictures.clear();
    Signal.clearData(this);
  }

  /** The picture of an address; null while it is not there. Asks for it where it is not. */
  get(url: string): IPicture | null {
    const picture = this._pictures.get(url);
    if (picture === undefined && this._on && !this._running.has(url)) {
      this._waiting = [...this._waiting.filter(other => other !== url), url].slice(
        -LIMITS.waiting
      );
      this._next();
    }
    return picture ?? null;
  }

  private _next(): void {
    while (this._running.size < LIMITS.running) {
      const url = this._waiting.pop();
      if (url === undefined) {
        return;
      }
      const abort = new AbortController();
      this._running.set(url, abort);
      void this._take(url, abort.signal).finally(() => {
        if (this._running.get(url) === abort) {
          this._running.delete(url);
        }
        this._next();
      });
    }
  }

  /** A picture that did not come is not asked for again. */
  private async _take(url: string, signal: AbortSignal): Promise<void> {
    let src = '';
    try {
      const blob = await this._load(url, signal);
      src = URL.createObjectURL(blob);
      const image = new Image();
      image.src = src;
      await image.decode();
      signal.throwIfAborted();
      this._keep(url, { image, src });
      this._changed.emit();
    } catch {
      URL.revokeObjectURL(src);
      if (!signal.aborted) {
        this._keep(url, null);
      }
    }
  }

  private _keep(url: string, picture: IPicture | null): void {
    this._pictures.set(url, picture);
    for (const [old, gone] of this._pictures) {
      if (this._pictures.size <= LIMITS.kept) {
        break;
      }
      this._pictures.delete(old);
      if (gone) {
        URL.revokeObjectURL(gone.src);
      }
    }
  }

  private _stop(): void {
    this._waiting = [];
    this._running.forEach(abort => abort.abort());
    this._running.clear();
  }

  private _on = false;
  private _isDisposed = false;
  private _waiting: string[] = [];
  private readonly _running = new Map<string, AbortController>();
  /** Null for those that did not come; the oldest first. */
  private readonly _pictures = new Map<string, IPicture | null>();
  private readonly _changed = new Signal<this, void>(this);
}
