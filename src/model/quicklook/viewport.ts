import type { IPixel } from './sky.js';

/** A size in pixels, of an image or of the screen. */
export interface ISize {
  readonly width: number;
  readonly height: number;
}

/** A place on the screen, px from the left and from above. */
export interface IPoint {
  readonly left: number;
  readonly top: number;
}

/** What of an image is on the screen. */
export interface IViewport {
  /** Pixel of the image in the middle of the screen. */
  readonly centre: IPixel;
  /** Screen px per pixel of the image. */
  readonly scale: number;
}

/** Whole pixels of an image: the first ones, and how many. */
export interface IRegion extends ISize {
  readonly x: number;
  readonly y: number;
}

/** Largest magnification, screen px per pixel. */
const LARGEST = 64;
/** An image never becomes smaller than this part of the fitting size. */
const SMALLEST = 0.25;

/** The whole image, as large as it fits. */
export function fitted(image: ISize, screen: ISize): IViewport {
  const scale = Math.min(screen.width / image.width, screen.height / image.height);
  return {
    centre: { x: (image.width - 1) / 2, y: (image.height - 1) / 2 },
    scale: scale > 0 && Number.isFinite(scale) ? Math.min(scale, LARGEST) : 1
  };
}

/** Where a pixel is on the screen: y of an image goes up (FITS 4.0 §5.1). */
export function toScreen(
  { centre, scale }: IViewport,
  screen: ISize,
  at: IPixel
): IPoint {
  return {
    left: screen.width / 2 + (at.x - centre.x) * scale,
    top: screen.height / 2 - (at.y - centre.y) * scale
  };
}

/** The pixel at a place of the screen, with fractions. */
export function toImage(
  { centre, scale }: IViewport,
  screen: ISize,
  at: IPoint
): IPixel {
  return {
    x: centre.x + (at.left - screen.width / 2) / scale,
    y: centre.y - (at.top - screen.height / 2) / scale
  };
}

/** True for a place on the image. */
export function contains(image: ISize, { x, y }: IPixel): boolean {
  return x >= -0.5 && y >= -0.5 && x < image.width - 0.5 && y < image.height - 0.5;
}

/** Move what is shown by px of the screen. */
export function panned({ centre, scale }: IViewport, by: IPoint): IViewport {
  return {
    centre: { x: centre.x - by.left / scale, y: centre.y + by.top / scale },
    scale
  };
}

/** Magnify; what is at a place of the screen stays there. */
export function zoomed(
  view: IViewport,
  screen: ISize,
  factor: number,
  at: IPoint
): IViewport {
  const still = toImage(view, screen, at);
  const scale = view.scale * factor;
  return {
    centre: {
      x: still.x - (at.left - screen.width / 2) / scale,
      y: still.y + (at.top - screen.height / 2) / scale
    },
    scale
  };
}

/** Within limits: not too small or large, and the middle of the screen on the image. */
export function limited(view: IViewport, image: ISize, screen: ISize): IViewport {
  const { scale: fit } = fitted(image, screen);
  const between = (value: number, least: number, most: number): number =>
    Math.min(Math.max(value, least), most);
  return {
    centre: {
      x: between(view.centre.x, -0.5, image.width - 0.5),
      y: between(view.centre.y, -0.5, image.height - 0.5)
    },
    scale: between(view.scale, Math.min(fit * SMALLEST, 1), Math.max(LARGEST, fit))
  };
}

/** The pixels in sight; null where none is. */
export function visible(view: IViewport, image: ISize, screen: ISize): IRegion | null {
  const corner = toImage(view, screen, { left: 0, top: screen.height });
  const opposite = toImage(view, screen, { left: screen.width, top: 0 });
  const x = Math.max(0, Math.floor(corner.x + 0.5));
  const y = Math.max(0, Math.floor(corner.y + 0.5));
  const width = Math.min(image.width, Math.ceil(opposite.x + 0.5)) - x;
  const height = Math.min(image.height, Math.ceil(opposite.y + 0.5)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** True where every pixel of a region is in another one. */
export function covers(outer: IRegion, inner: IRegion): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
