import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IPictureFile } from '../../model/previews.js';
import { RecentlyUsed } from './recentlyused.js';

/**
 * Pictures that are asked for at once, that wait, and that are kept: small ones by number,
 * as they came by their bytes.
 */
const LIMITS = { running: 3, waiting: 60, small: 400, bytes: 32_000_000 };

/** Longest side of a small picture in pixels: rows are low, on fine screens, too. */
const SMALL = 48;

/** Gets a picture, whose bytes were checked. */
export type PictureLoader = (url: string, signal: AbortSignal) => Promise<IPictureFile>;

/** A picture as it came. */
interface IOriginal {
  /** Address within the page. */
  readonly src: string;
  readonly bytes: number;
}

/**
 * Pictures of rows, by their addresses. Each is asked for when somebody first looks at it,
 * the latest first; nothing is asked for while they are off.
 *
 * Of most there is only a small one: what came is decoded once and let go.
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
    this._on = false;
    this._stop();
    this._small.clear();
    this._originals.clear();
    Signal.clearData(this);
  }

  /** A small picture; null while it is not there. Asks for it where it is not. */
  get(url: string): ImageBitmap | null {
    const small = this._small.get(url);
    if (!small) {
      this._want(url);
    }
    return small?.image ?? null;
  }

  /** Address within the page of the picture as it came; null and asked for as above. */
  original(url: string): string | null {
    const original = this._originals.get(url);
    if (!original) {
      this._want(url);
    }
    return original?.src ?? null;
  }

  /** A picture that did not come is not asked for again. */
  private _want(url: string): void {
    const isVain = this._small.get(url)?.image === null;
    if (this._on && !isVain && !this._running.has(url)) {
      const others = this._waiting.filter(other => other !== url);
      this._waiting = [...others, url].slice(-LIMITS.waiting);
      this._next();
    }
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

  private async _take(url: string, signal: AbortSignal): Promise<void> {
    try {
      const file = await this._load(url, signal);
      const image = await smallOf(file);
      if (signal.aborted) {
        image.close();
        return;
      }
      const { blob } = file;
      this._small.set(url, { image });
      this._originals.set(url, { src: URL.createObjectURL(blob), bytes: blob.size });
      this._changed.emit();
    } catch {
      if (!signal.aborted) {
        this._small.set(url, { image: null });
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
  /** Without a picture for those that did not come. */
  private readonly _small = new RecentlyUsed<{ readonly image: ImageBitmap | null }>(
    LIMITS.small,
    () => 1,
    ({ image }) => image?.close()
  );
  private readonly _originals = new RecentlyUsed<IOriginal>(
    LIMITS.bytes,
    ({ bytes }) => bytes,
    ({ src }) => URL.revokeObjectURL(src)
  );
  private readonly _changed = new Signal<this, void>(this);
}

/** Decode a picture, and keep as much of it as a row shows. */
function smallOf({ blob, width, height }: IPictureFile): Promise<ImageBitmap> {
  // Only the longer side, so that the other one follows by the picture's own shape.
  const side = width >= height ? { resizeWidth: SMALL } : { resizeHeight: SMALL };
  return createImageBitmap(blob, { ...side, resizeQuality: 'medium' });
}
