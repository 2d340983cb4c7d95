import { Signal } from '@lumino/signaling';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { ProtocolError } from '../../protocol/errors.js';
import type { ILimits, IPictureAnswer, IPictureRequest } from './client.js';
import { Latest } from './latest.js';
import type { ILook } from './look.js';
import {
  covers,
  fitted,
  type IRegion,
  type ISize,
  type IViewport,
  visible
} from './viewport.js';

/** Grey levels of a picture, row by row from above. */
export interface IGreyPicture extends ISize {
  /** 0 to 255. */
  readonly levels: Uint8Array;
  /** 0 where a pixel has no value; null where all have one. */
  readonly opaque: Uint8Array | null;
}

/** A part of the image as it can be drawn. */
export interface IPicturePart {
  readonly region: IRegion;
  readonly grey: IGreyPicture;
  readonly limits: ILimits;
}

/** What is on the screen, and how. */
export interface ISight {
  readonly view: IViewport;
  /** Size on the screen, px. */
  readonly screen: ISize;
  /** Pixels of the device per px. */
  readonly ratio: number;
  readonly plane: number;
  readonly look: ILook;
}

/** Where the parts come from. */
export interface IPartSource {
  readonly image: ISize;
  /** @throws ProtocolError */
  ask(
    request: Omit<IPictureRequest, 'hdu'>,
    signal: AbortSignal
  ): Promise<IPictureAnswer & { readonly grey: IGreyPicture }>;
}

/** The most pixels a side of a part: two of them are kept. */
const LARGEST_SIDE = 2048;
/** Share of what is in sight that is asked for beyond each side. */
const MARGIN = 0.2;
/** What is this near to the sharpness of the screen is not asked for again. */
const SHARP = 0.8;

/**
 * The parts of an image that are held: the whole, coarsely, and what is in sight, as sharp as
 * the screen. What is there stays until the next has come.
 */
export class PictureParts implements IDisposable {
  constructor(private readonly _source: IPartSource) {
    this._whole.changed.connect(() => this._changed.emit());
    this._detail.changed.connect(() => this._changed.emit());
  }

  /** Emitted when one came, is waited for, or cannot be had. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What is drawn, the coarse one first. */
  get held(): readonly IPicturePart[] {
    return [this._whole.value, this._detail.value].filter(part => part !== null);
  }

  /** Limits of the brightness; null before the first part. */
  get limits(): ILimits | null {
    return this._whole.value?.limits ?? null;
  }

  /** When the part that is waited for was asked for, ms since 1970; null while none is. */
  get since(): number | null {
    return this._whole.since ?? this._detail.since;
  }

  get error(): ProtocolError | null {
    return this._whole.error ?? this._detail.error;
  }

  get isDisposed(): boolean {
    return this._whole.isDisposed;
  }

  dispose(): void {
    this._whole.dispose();
    this._detail.dispose();
    Signal.clearData(this);
  }

  /** Wait no longer. */
  stop(): void {
    this._whole.stop();
    this._detail.stop();
  }

  /**
   * Ask for all of it, from which the limits of the details come; resolves to false where it
   * did not come, or something else was asked for since.
   */
  async readWhole(sight: ISight): Promise<boolean> {
    const { image } = this._source;
    const region = { x: 0, y: 0, width: image.width, height: image.height };
    const { scale } = fitted(image, sight.screen);
    this._detail.drop();
    const part = await this._whole.ask(signal =>
      this._read(region, scale, sight, sight.look.limits, signal)
    );
    if (part) {
      // It shows another plane, or another brightness.
      this._detail.clear();
    }
    return part !== null;
  }

  /** Ask for what is in sight, unless it is here already. */
  async readDetail(sight: ISight): Promise<void> {
    const region = this._wanted(sight);
    const { limits } = this;
    if (region && limits && !this._whole.isAsking && !this._isSharp(sight)) {
      await this._detail.ask(signal =>
        this._read(region, sight.view.scale, sight, limits, signal)
      );
    }
  }

  private async _read(
    region: IRegion,
    scale: number,
    { plane, look, ratio }: ISight,
    limits: ILimits | null,
    signal: AbortSignal
  ): Promise<IPicturePart> {
    const { stretch, interval } = look;
    // Pictures are made of whole blocks of pixels: of the largest that the screen still shows.
    const longest = Math.max(region.width, region.height);
    const block = Math.max(1, Math.floor(1 / (scale * ratio)), longest / LARGEST_SIDE);
    const side = (length: number): number => Math.ceil(length / Math.ceil(block));
    const size = { width: side(region.width), height: side(region.height) };
    const request = { plane, region, size, stretch, interval, limits };
    const answer = await this._source.ask(request, signal);
    return { region: answer.region, limits: answer.limits, grey: answer.grey };
  }

  /** True where what is here is as sharp as it can be in sight. */
  private _isSharp({ view, screen, ratio }: ISight): boolean {
    const sight = visible(view, this._source.image, screen);
    const wanted = SHARP * Math.min(1, view.scale * ratio);
    return (
      sight === null ||
      this.held.some(
        ({ region, grey }) =>
          covers(region, sight) && grey.width / region.width >= wanted
      )
    );
  }

  private _wanted({ view, screen }: ISight): IRegion | null {
    const more = 1 + 2 * MARGIN;
    const wider = { width: screen.width * more, height: screen.height * more };
    return visible(view, this._source.image, wider);
  }

  private readonly _whole = new Latest<IPicturePart>();
  private readonly _detail = new Latest<IPicturePart>();
  private readonly _changed = new Signal<this, void>(this);
}
