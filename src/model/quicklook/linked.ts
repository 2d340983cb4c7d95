import { DisposableDelegate, type IDisposable } from '@lumino/disposable';

import type { PictureModel } from './picture.js';

/**
 * Pictures that are moved, magnified and coloured together: by position on the sky where two
 * know theirs, otherwise pixel by pixel.
 */
export class LinkedPictures {
  /** Link a picture with the others until the result is disposed. */
  add(picture: PictureModel): IDisposable {
    this._pictures.add(picture);
    const first = this._pictures.values().next().value;
    if (first && first !== picture) {
      follow(first, picture);
    }
    const onMoved = (): void => this._spread(picture);
    picture.moved.connect(onMoved);
    return new DisposableDelegate(() => {
      picture.moved.disconnect(onMoved);
      this._pictures.delete(picture);
    });
  }

  /** How many there are. */
  get size(): number {
    return this._pictures.size;
  }

  private _spread(from: PictureModel): void {
    for (const picture of this._pictures) {
      if (picture !== from) {
        follow(from, picture);
      }
    }
  }

  private readonly _pictures = new Set<PictureModel>();
}

/** Show in one picture what another one shows, as it shows it. */
function follow(from: PictureModel, to: PictureModel): void {
  const { stretch, interval, map, inverted } = from.look;
  // Limits set by hand are in the unit of one image; another may have another one.
  const limits = from.image.unit === to.image.unit ? from.look.limits : to.look.limits;
  to.setLook({ stretch, interval, map, inverted, limits }, false);
  const view = bySky(from, to) ?? from.viewport;
  to.follow(view);
}

/** The same place of the sky in the middle, as large; null where one does not know it. */
function bySky(from: PictureModel, to: PictureModel) {
  const { centre, scale } = from.viewport;
  const position = from.sky?.position(centre);
  const there = position && to.sky?.pixel(position);
  const [one, other] = [from.sky?.scaleAt(centre), there && to.sky?.scaleAt(there)];
  return there && one && other ? { centre: there, scale: (scale * other) / one } : null;
}
