import { type ColourMap, coloursOf } from '../../model/quicklook/colourmaps.js';
import type { IGreyPicture, IPicturePart } from '../../model/quicklook/parts.js';
import {
  type ISize,
  type IViewport,
  toScreen
} from '../../model/quicklook/viewport.js';

/** What is painted. */
export interface IPainted {
  readonly parts: readonly IPicturePart[];
  readonly view: IViewport;
  /** Size on the screen, px. */
  readonly screen: ISize;
  readonly map: ColourMap;
  readonly inverted: boolean;
}

/** Around the picture and where it has no values: neither black nor white in any map. */
const BACKGROUND = '#26282e';

/** Paints the parts of a picture; keeps each of them coloured as long as it is painted. */
export class PicturePainter {
  /** @param ratio - pixels of the device per px */
  paint(canvas: HTMLCanvasElement, painted: IPainted, ratio: number): void {
    const context = canvas.getContext('2d');
    const { screen } = painted;
    const [width, height] = [screen.width * ratio, screen.height * ratio].map(
      Math.round
    );
    if (!context) {
      return;
    }
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = BACKGROUND;
    context.fillRect(0, 0, screen.width, screen.height);
    this._recolour(painted);
    for (const part of painted.parts) {
      this._draw(context, part, painted);
    }
  }

  private _draw(
    context: CanvasRenderingContext2D,
    part: IPicturePart,
    { view, screen }: IPainted
  ): void {
    const { region, grey } = part;
    const coloured = this._coloured.get(part);
    const { left, top } = toScreen(view, screen, {
      x: region.x - 0.5,
      y: region.y + region.height - 0.5
    });
    const [width, height] = [region.width * view.scale, region.height * view.scale];
    // Magnified pixels are to be seen as such.
    context.imageSmoothingEnabled = width < grey.width;
    if (coloured) {
      // A sharper part stands in for what is below it, its blank pixels included.
      context.fillRect(left, top, width, height);
      context.drawImage(coloured, left, top, width, height);
    }
  }

  /** Colour what is new, and forget what is painted no more. */
  private _recolour({ parts, map, inverted }: IPainted): void {
    const key = `${map} ${inverted}`;
    const kept = this._key === key ? this._coloured : new Map<never, never>();
    this._key = key;
    this._coloured = new Map(
      parts.map(part => [
        part,
        (kept as ColouredParts).get(part) ?? coloured(part.grey, map, inverted)
      ])
    );
  }

  private _key = '';
  private _coloured: ColouredParts = new Map();
}

type ColouredParts = Map<IPicturePart, HTMLCanvasElement>;

/** A picture in the colours of a map. */
export function coloured(
  grey: IGreyPicture,
  map: ColourMap,
  inverted: boolean
): HTMLCanvasElement {
  const { width, height } = grey;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (context) {
    const image = context.createImageData(width, height);
    paintLevels(image.data, grey, map, inverted);
    context.putImageData(image, 0, 0);
  }
  return canvas;
}

/** Colour levels into RGBA data; what has no value stays transparent. */
export function paintLevels(
  rgba: Uint8ClampedArray,
  { levels, opaque }: IGreyPicture,
  map: ColourMap,
  inverted: boolean
): void {
  const colours = coloursOf(map, inverted);
  for (let pixel = 0; pixel < levels.length; pixel++) {
    const level = 3 * levels[pixel];
    rgba[4 * pixel] = colours[level];
    rgba[4 * pixel + 1] = colours[level + 1];
    rgba[4 * pixel + 2] = colours[level + 2];
    rgba[4 * pixel + 3] = opaque ? opaque[pixel] : 255;
  }
}
