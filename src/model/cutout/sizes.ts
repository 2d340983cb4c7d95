import type { IPosition } from '../../protocol/position.js';
import type { Region } from '../../protocol/region.js';
import { centreOfRing, shapeAround } from './reshape.js';
import { ringsOfRegion, separation } from './skyplane.js';
import type { CutoutShape } from './types.js';

/** Degrees: a field of an arcminute, where nothing else is known of the data. */
const USUAL_RADIUS = 1 / 120;

/**
 * A circle in the middle of the data, a quarter as large as they are; null where nobody knows
 * where they are.
 */
export function proposedShape(
  bounds: Region | null,
  centre: IPosition | null
): CutoutShape | null {
  const ring = bounds ? ringsOfRegion(bounds).flat() : [];
  if (ring.length === 0) {
    return centre && shapeAround('circle', centre, USUAL_RADIUS);
  }
  const at = centreOfRing(ring);
  const size = Math.min(...ring.map(corner => separation(at, corner)));
  return shapeAround('circle', at, Number((size / 4).toPrecision(3)));
}
