import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import {
  dragged,
  drawn,
  handlesOf,
  type ShapeHandle
} from '../../model/cutout/handles.js';
import { ringOfShape, ringsOfRegion } from '../../model/cutout/skyplane.js';
import type { CutoutShape, ICutoutShape } from '../../model/cutout/types.js';
import type { IPixel, SkyGrid } from '../../model/quicklook/sky.js';
import type { IPosition } from '../../protocol/position.js';
import { isWithin, onImage } from './shapes.js';

/** Px around a handle in which it is taken hold of. */
const GRIP = 10;

/** A handle of the shape, as it lies on the image. */
export interface IHandlePlace {
  readonly handle: ShapeHandle;
  readonly at: IPixel;
}

/** What is done while the button is down; `apart` is how far from the handle it went down. */
type Deed =
  | { readonly kind: 'draw'; readonly from: IPosition }
  | {
      readonly kind: 'handle';
      readonly handle: ShapeHandle;
      readonly shape: CutoutShape;
      readonly apart: IPixel;
    };

/** Draws and changes the shape of a cutout on an image. */
export class ShapeEditor implements IDisposable {
  /** @param _sky - positions on the image; null where none are known (yet) */
  constructor(private readonly _sky: () => SkyGrid | null) {}

  /** Emitted when the shape changed, or another one is edited. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What is edited; null while nothing is cut out. */
  get target(): ICutoutShape | null {
    return this._target;
  }

  set target(target: ICutoutShape | null) {
    this._target?.changed.disconnect(this._onChanged, this);
    this._target = target;
    target?.changed.connect(this._onChanged, this);
    this._onChanged();
  }

  /** The shape on the image; null where there is none. */
  get outline(): readonly IPixel[] | null {
    const { shape } = this;
    const sky = this._sky();
    if (this._laid.shape !== shape || this._laid.sky !== sky) {
      const outline = shape && sky && onImage(ringOfShape(shape), sky);
      this._laid = { shape, sky, outline };
    }
    return this._laid.outline;
  }

  /** Outlines of the data on the image. */
  get bounds(): readonly (readonly IPixel[])[] {
    const bounds = this._target?.bounds ?? null;
    const sky = this._sky();
    return bounds && sky
      ? ringsOfRegion(bounds)
          .map(ring => onImage(ring, sky))
          .filter(line => line !== null)
      : [];
  }

  get handles(): readonly IHandlePlace[] {
    const { shape } = this;
    const sky = this._sky();
    const handles = shape && sky ? handlesOf(shape) : [];
    return handles.flatMap(handle => {
      const at = sky?.pixel(handle.at);
      return at ? [{ handle, at }] : [];
    });
  }

  /** False where the shape cannot be cut out. */
  get isRight(): boolean {
    return !this._target?.shapeProblem;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._target?.changed.disconnect(this._onChanged, this);
    this._target = null;
    Signal.clearData(this);
  }

  /**
   * The button went down: a handle is taken hold of, the whole shape by its middle, or
   * another one is begun.
   *
   * @param scale - px of the screen per pixel of the image
   * @returns false where there is nothing to draw, so that the picture may be moved
   */
  press(at: IPixel, scale: number): boolean {
    const from = this._sky()?.position(at);
    if (!this._target?.kind || !from) {
      return false;
    }
    const { shape, handles } = this;
    const near = handles.find(
      place => Math.hypot(place.at.x - at.x, place.at.y - at.y) * scale <= GRIP
    );
    const isInside = this.outline !== null && isWithin(at, this.outline);
    const taken = near ?? (isInside ? handles[0] : undefined);
    this._before = shape;
    this._deed =
      shape && taken
        ? {
            kind: 'handle',
            handle: taken.handle,
            shape,
            apart: { x: taken.at.x - at.x, y: taken.at.y - at.y }
          }
        : { kind: 'draw', from };
    return true;
  }

  /** The pointer moved with its button down. */
  drag(to: IPixel): void {
    const { kind } = this._target ?? {};
    const deed = this._deed;
    const { x = 0, y = 0 } = deed?.kind === 'handle' ? deed.apart : {};
    const position = this._sky()?.position({ x: to.x + x, y: to.y + y });
    if (kind && deed && position) {
      this._target?.setShape(
        deed.kind === 'draw'
          ? drawn(kind, deed.from, position)
          : dragged(deed.shape, deed.handle, position)
      );
    }
  }

  /** The button went up. */
  release(): void {
    this._deed = null;
  }

  /** Give up what is being drawn; false where nothing is. */
  stop(): boolean {
    const wasDrawing = this._deed !== null;
    if (wasDrawing && this._before) {
      this._target?.setShape(this._before);
    }
    this._deed = null;
    return wasDrawing;
  }

  private get shape(): CutoutShape | null {
    return this._target?.shape ?? null;
  }

  private _onChanged(): void {
    this._changed.emit();
  }

  private _target: ICutoutShape | null = null;
  private _deed: Deed | null = null;
  /** The shape before it was taken hold of. */
  private _before: CutoutShape | null = null;
  private _laid: {
    readonly shape: CutoutShape | null;
    readonly sky: SkyGrid | null;
    readonly outline: readonly IPixel[] | null;
  } = { shape: null, sky: null, outline: null };
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
