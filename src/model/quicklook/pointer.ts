import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { Latest } from './latest.js';
import type { IPixel } from './sky.js';

/** Time with the pointer at rest before the value below it is asked for, ms. */
const REST = 150;

/** The pixel below the pointer, and its value. */
export class PicturePointer implements IDisposable {
  /** @param _read - value of a pixel as text; empty where it has none */
  constructor(
    private readonly _read: (pixel: IPixel, signal: AbortSignal) => Promise<string>
  ) {
    this._value.changed.connect(() => this._changed.emit());
  }

  /** Emitted when the pointer moved or the value came. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** With fractions; null where the pointer is elsewhere. */
  get at(): IPixel | null {
    return this._at;
  }

  /** Value of the pixel as text, empty where it has none; null while it is not known. */
  get value(): string | null {
    return this._value.value;
  }

  get isDisposed(): boolean {
    return this._value.isDisposed;
  }

  dispose(): void {
    clearTimeout(this._resting);
    this._value.dispose();
    Signal.clearData(this);
  }

  /** Tell where the pointer is, or that it left. */
  move(at: IPixel | null): void {
    const isSame = at !== null && this._at !== null && isSamePixel(at, this._at);
    this._at = at;
    if (!isSame) {
      this.forget();
    }
    this._changed.emit();
  }

  /** The value is of another plane: ask for it again. */
  forget(): void {
    clearTimeout(this._resting);
    this._value.clear();
    const { _at: at } = this;
    if (at) {
      const pixel = { x: pixelOf(at.x), y: pixelOf(at.y) };
      this._resting = setTimeout(() => {
        void this._value.ask(signal => this._read(pixel, signal));
      }, REST);
    }
  }

  private _at: IPixel | null = null;
  private _resting: ReturnType<typeof setTimeout> | undefined;
  private readonly _value = new Latest<string>();
  private readonly _changed = new Signal<this, void>(this);
}

/** The pixel that a coordinate is on. */
export function pixelOf(coordinate: number): number {
  return Math.floor(coordinate + 0.5);
}

function isSamePixel(one: IPixel, other: IPixel): boolean {
  return pixelOf(one.x) === pixelOf(other.x) && pixelOf(one.y) === pixelOf(other.y);
}
