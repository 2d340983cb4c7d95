import type { IPixel, SkyGrid } from '../../model/quicklook/sky.js';
import type { IPosition } from '../../protocol/position.js';

/**
 * A closed line on the sky as it lies on an image; null where a part of it is neither on the
 * image nor near it.
 */
export function onImage(ring: readonly IPosition[], sky: SkyGrid): IPixel[] | null {
  const pixels: IPixel[] = [];
  for (const position of ring) {
    const pixel = sky.pixel(position, pixels.at(-1));
    if (!pixel) {
      return null;
    }
    pixels.push(pixel);
  }
  return pixels;
}

/** True for a place within a closed line (even-odd rule). */
export function isWithin({ x, y }: IPixel, line: readonly IPixel[]): boolean {
  let inside = false;
  line.forEach((one, index) => {
    const other = line[(index + 1) % line.length];
    const crosses = one.y > y !== other.y > y;
    if (crosses && x < one.x + ((y - one.y) / (other.y - one.y)) * (other.x - one.x)) {
      inside = !inside;
    }
  });
  return inside;
}
