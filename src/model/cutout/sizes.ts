import type { IPosition } from '../../protocol/position.js';
import type { Region } from '../../protocol/region.js';
import type { IDataFacts } from './facts.js';
import { centreOfRing, shapeAround } from './reshape.js';
import {
  ringOfShape,
  ringsOfRegion,
  separation,
  SkyPlane,
  type Point,
  type Ring
} from './skyplane.js';
import type { CutoutShape, ICutoutEstimate } from './types.js';

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

/**
 * Why nothing can come of a shape: no part of it is on the data. Null where some is, and
 * where nobody knows where the data are.
 */
export function whyOutside(shape: CutoutShape, bounds: Region | null): string | null {
  const rings = bounds ? ringsOfRegion(bounds) : [];
  const outline = ringOfShape(shape);
  if (rings.length === 0 || rings.some(ring => overlap(outline, ring))) {
    return null;
  }
  return `The ${shape.kind} is outside this image.`;
}

/** Roughly what a cutout will be, from what the row and the service tell of the whole. */
export function estimateOf(
  shape: CutoutShape,
  bounds: Region | null,
  facts: IDataFacts
): ICutoutEstimate {
  const plane = new SkyPlane(centreOfRing(ringOfShape(shape)));
  const [width, height] = extentOf(ringOfShape(shape), plane);
  const whole = bounds ? ringsOfRegion(bounds).flat() : [];
  const [all, high] = extentOf(whole, plane);
  const scale = facts.pixelScale ?? scaleOf(facts, all, high);
  const share = whole.length === 0 ? 0 : Math.min(1, (width * height) / (all * high));
  return {
    pixels:
      scale === null
        ? null
        : [
            Math.ceil(Math.min(width, all || width) / scale),
            Math.ceil(Math.min(height, high || height) / scale)
          ],
    bytes: facts.bytes === null || share === 0 ? null : facts.bytes * share,
    pixelScale: scale
  };
}

/** Degrees of a pixel, where the row counts the pixels of the whole. */
function scaleOf({ pixels }: IDataFacts, width: number, height: number): number | null {
  return pixels === null || width === 0 || height === 0
    ? null
    : Math.sqrt((width * height) / (pixels[0] * pixels[1]));
}

/** Degrees from side to side and from top to bottom. */
function extentOf(ring: Ring, plane: SkyPlane): Point {
  const points = ring.flatMap(position => {
    const point = plane.toPoint(position);
    return point ? [point] : [];
  });
  const spread = (axis: 0 | 1): number => {
    const values = points.map(point => point[axis]);
    return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
  };
  return [spread(0), spread(1)];
}

/** Great circles are straight lines in the plane, so that the outlines are plain polygons. */
function overlap(one: Ring, other: Ring): boolean {
  const plane = new SkyPlane(centreOfRing(one));
  const [a, b] = [one, other].map(ring =>
    ring.flatMap(at => asList(plane.toPoint(at)))
  );
  if (b.length === 0) {
    return false;
  }
  if (a.length < one.length || b.length < other.length) {
    // What reaches beyond half of the sky is left to the service to judge.
    return true;
  }
  return isInside(a[0], b) || isInside(b[0], a) || crosses(a, b);
}

function asList(point: Point | null): readonly Point[] {
  return point ? [point] : [];
}

/** Even-odd rule. */
function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  return (
    ring.filter(([ax, ay], index) => {
      const [bx, by] = ring[(index + 1) % ring.length];
      return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
    }).length %
      2 ===
    1
  );
}

function crosses(one: readonly Point[], other: readonly Point[]): boolean {
  return one.some((a, index) =>
    other.some((c, place) =>
      meet(a, one[(index + 1) % one.length], c, other[(place + 1) % other.length])
    )
  );
}

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

function side([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): boolean {
  return (bx - ax) * (y - ay) > (by - ay) * (x - ax);
}
