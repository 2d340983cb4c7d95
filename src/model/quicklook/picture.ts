import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IHdu, IImageFacts, IQuickLookClient } from './client.js';
import { Latest } from './latest.js';
import { FIRST_LOOK, type ILook, isAsBright } from './look.js';
import { type IGreyPicture, type ISight, PictureParts } from './parts.js';
import { PicturePointer } from './pointer.js';
import type { SkyGrid } from './sky.js';
import {
  fitted,
  type IPoint,
  type ISize,
  type IViewport,
  limited,
  panned,
  zoomed
} from './viewport.js';

/** Reads the levels of a PNG; where pictures are drawn knows how. */
export type PictureDecoder = (png: Blob) => Promise<IGreyPicture>;

/** An HDU with an image. */
export type ImageHdu = IHdu & { readonly image: IImageFacts };

/** What a picture is made of. */
export interface IPictureOptions {
  readonly client: IQuickLookClient;
  readonly path: string;
  readonly hdu: ImageHdu;
  readonly decode: PictureDecoder;
  readonly look?: ILook;
}

/** Time without another movement before a sharper part is asked for, ms. */
const REST = 120;

/** An image on the screen: what of it is shown, how bright, in which colours. */
export class PictureModel implements IDisposable {
  constructor(private readonly _options: IPictureOptions) {
    const { client, path, hdu, decode, look } = _options;
    this._look = look ?? FIRST_LOOK;
    this._view = fitted(hdu.image, this._screen);
    this.parts = new PictureParts({
      image: hdu.image,
      ask: async (request, signal) => {
        const asked = { ...request, hdu: hdu.index };
        const answer = await client.picture(path, asked, signal);
        return { ...answer, grey: await decode(answer.png) };
      }
    });
    this.pointer = new PicturePointer((pixel, signal) =>
      client.value(path, { ...pixel, hdu: hdu.index, plane: this._plane }, signal)
    );
    this.parts.changed.connect(() => this._changed.emit());
    this._sky.changed.connect(() => this._changed.emit());
  }

  /** What is held of the image. */
  readonly parts: PictureParts;
  /** The pixel below the pointer; tells its changes itself, as they are many. */
  readonly pointer: PicturePointer;

  /** Emitted when anything that is shown changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when hands changed what those follow that are linked with it. */
  get moved(): ISignal<this, void> {
    return this._moved;
  }

  get hdu(): ImageHdu {
    return this._options.hdu;
  }

  get image(): IImageFacts {
    return this._options.hdu.image;
  }

  get viewport(): IViewport {
    return this._view;
  }

  /** Size on the screen, px. */
  get screen(): ISize {
    return this._screen;
  }

  get look(): ILook {
    return this._look;
  }

  /** Plane of a cube, from 0. */
  get plane(): number {
    return this._plane;
  }

  /** Null where no positions are known, or not yet. */
  get sky(): SkyGrid | null {
    return this._sky.value;
  }

  /** Pixels of the image, a side, that one of the picture stands for; 1 at full size. */
  get reduction(): number {
    const part = this.parts.held.at(-1);
    return part ? Math.max(1, Math.round(part.region.width / part.grey.width)) : 1;
  }

  get isDisposed(): boolean {
    return this._sky.isDisposed;
  }

  dispose(): void {
    this._stopTimers();
    this.parts.dispose();
    this.pointer.dispose();
    this._sky.dispose();
    Signal.clearData(this);
  }

  /** Read it, or read it again. */
  read(): void {
    const { client, path, hdu } = this._options;
    if (hdu.image.hasSky && !this.sky) {
      void this._sky.ask(signal => client.sky(path, hdu.index, signal));
    }
    this._readWhole();
  }

  /** Wait no longer for a picture. */
  cancel(): void {
    this._stopTimers();
    this.parts.stop();
  }

  /**
   * Tell the size on the screen.
   *
   * @param size - px
   * @param ratio - pixels of the device per px
   */
  resize({ width, height }: ISize, ratio: number): void {
    const isSame = width === this._screen.width && height === this._screen.height;
    if (width < 1 || height < 1 || (isSame && ratio === this._ratio)) {
      return;
    }
    this._screen = { width, height };
    this._ratio = ratio;
    this._show(this._isFit ? fitted(this.image, this._screen) : this._view);
  }

  /** Move what is shown by px. */
  pan(by: IPoint): void {
    this._go(panned(this._view, by));
  }

  /** @param at - what is there stays there; the middle of the screen if missing */
  zoom(factor: number, at?: IPoint): void {
    const { width, height } = this._screen;
    const still = at ?? { left: width / 2, top: height / 2 };
    this._go(zoomed(this._view, this._screen, factor, still));
  }

  /** Show all of it. */
  fit(): void {
    this._isFit = true;
    this._show(fitted(this.image, this._screen));
    this._moved.emit();
  }

  /** Show another part because one that is linked does. */
  follow(view: IViewport): void {
    this._isFit = false;
    this._show(view);
  }

  /** @param byHand - false where one that is linked looks so */
  setLook(look: Partial<ILook>, byHand = true): void {
    const before = this._look;
    this._look = { ...before, ...look };
    if (!isAsBright(before, this._look)) {
      this._readWhole();
    }
    this._changed.emit();
    if (byHand) {
      this._moved.emit();
    }
  }

  setPlane(plane: number): void {
    const next = Math.min(Math.max(0, Math.round(plane)), this.image.planes - 1);
    if (next !== this._plane) {
      this._plane = next;
      this.pointer.forget();
      this._changed.emit();
      clearTimeout(this._turning);
      this._turning = setTimeout(() => this._readWhole(), REST);
    }
  }

  private _go(view: IViewport): void {
    this._isFit = false;
    this._show(view);
    this._moved.emit();
  }

  private _show(view: IViewport): void {
    this._view = limited(view, this.image, this._screen);
    this._changed.emit();
    clearTimeout(this._resting);
    this._resting = setTimeout(() => void this.parts.readDetail(this._sight), REST);
  }

  private _readWhole(): void {
    this._stopTimers();
    void this.parts.readWhole(this._sight).then(hasCome => {
      if (hasCome) {
        void this.parts.readDetail(this._sight);
      }
    });
  }

  private _stopTimers(): void {
    clearTimeout(this._resting);
    clearTimeout(this._turning);
  }

  private get _sight(): ISight {
    const { _view: view, _screen: screen, _ratio: ratio } = this;
    return { view, screen, ratio, plane: this._plane, look: this._look };
  }

  private _look: ILook;
  private _view: IViewport;
  private _screen: ISize = { width: 512, height: 512 };
  private _ratio = 1;
  private _isFit = true;
  private _plane = 0;
  /** After a movement, and after another plane was chosen. */
  private _resting: ReturnType<typeof setTimeout> | undefined;
  private _turning: ReturnType<typeof setTimeout> | undefined;
  private readonly _sky = new Latest<SkyGrid | null>();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _moved = new Signal<this, void>(this);
}
