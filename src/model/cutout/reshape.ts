import type { IPosition } from '../../protocol/position.js';
import { offset, ringOfShape, separation, type Ring } from './skyplane.js';
import type { CutoutKind, CutoutShape } from './types.js';

/** A shape of that kind around the same place and about as large. */
export function reshaped(shape: CutoutShape, kind: CutoutKind): CutoutShape {
  if (shape.kind === kind) {
    return shape;
  }
  const at = centreOf(shape);
  return shapeAround(kind, at, sizeOf(shape, at));
}

/**
 * A shape around a position.
 *
 * @param radius - degrees; of the square's half side for shapes with corners
 */
export function shapeAround(
  kind: CutoutKind,
  at: IPosition,
  radius: number
): CutoutShape {
  const [north, east, south, west] = [0, 90, 180, 270].map(angle =>
    offset(at, radius, angle)
  );
  switch (kind) {
    case 'circle':
      return { kind, at, radius };
    case 'range':
      return { kind, ra: [west.ra, east.ra], dec: [south.dec, north.dec] };
    case 'polygon': {
      const corner = radius * Math.SQRT2;
      // Counter-clockwise seen from inside the sphere, where east is left.
      return {
        kind,
        corners: [315, 45, 135, 225].map(angle => offset(at, corner, angle))
      };
    }
  }
}

/** The same shape with another centre. */
export function movedTo(shape: CutoutShape, at: IPosition): CutoutShape {
  if (shape.kind === 'circle') {
    return { ...shape, at };
  }
  const from = centreOf(shape);
  if (shape.kind === 'polygon') {
    return { ...shape, corners: movedRing(shape.corners, from, at) };
  }
  const [down, up] = shape.dec.map(dec => dec - from.dec);
  const half = widthOf(shape.ra) / 2;
  return {
    kind: 'range',
    ra: [wrap(at.ra - half), wrap(at.ra + half)],
    dec: [Math.max(-90, at.dec + down), Math.min(90, at.dec + up)]
  };
}

/** The middle of a shape. */
export function centreOf(shape: CutoutShape): IPosition {
  switch (shape.kind) {
    case 'circle':
      return shape.at;
    case 'range':
      return {
        ra: wrap(shape.ra[0] + widthOf(shape.ra) / 2),
        dec: (shape.dec[0] + shape.dec[1]) / 2
      };
    case 'polygon':
      return centreOfRing(shape.corners);
  }
}

/** The direction halfway between all corners of a ring. */
export function centreOfRing(ring: Ring): IPosition {
  const sum = ring.map(toVector).reduce((a, b) => a.map((value, i) => value + b[i]));
  const [x, y, z] = sum;
  return {
    ra: wrap(Math.atan2(y, x) / RADIAN),
    dec: Math.atan2(z, Math.hypot(x, y)) / RADIAN
  };
}

/** Degrees from the middle to the nearest point of the outline. */
export function sizeOf(shape: CutoutShape, at: IPosition = centreOf(shape)): number {
  return shape.kind === 'circle'
    ? shape.radius
    : Math.min(...sidesOf(ringOfShape(shape)).map(point => separation(at, point)));
}

const RADIAN = Math.PI / 180;

/** Middles of the sides: the nearest points of what is drawn as a box. */
function sidesOf(ring: Ring): Ring {
  return ring.map((corner, index) =>
    centreOfRing([corner, ring[(index + 1) % ring.length]])
  );
}

/** Distances and directions from the centre stay, so that it keeps its form near poles. */
function movedRing(ring: Ring, from: IPosition, to: IPosition): Ring {
  return ring.map(corner =>
    offset(to, separation(from, corner), bearing(from, corner))
  );
}

/** Direction from one position to another, degrees from north to east. */
export function bearing(from: IPosition, to: IPosition): number {
  const [a, b] = [from.dec * RADIAN, to.dec * RADIAN];
  const away = (to.ra - from.ra) * RADIAN;
  const north = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(away);
  return Math.atan2(Math.sin(away) * Math.cos(b), north) / RADIAN;
}

function widthOf([from, to]: readonly [number, number]): number {
  return to >= from ? to - from : to - from + 360;
}

function toVector({ ra, dec }: IPosition): readonly number[] {
  const [lon, lat] = [ra * RADIAN, dec * RADIAN];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

function wrap(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}
