import type { IPosition } from './position.js';

/** A direction on the sky, ICRS; of length 1 unless it was reckoned from others. */
export type Direction = readonly [x: number, y: number, z: number];

const RADIAN = Math.PI / 180;

/** Unit vector of a position in degrees. */
export function directionOf({ ra, dec }: IPosition): Direction {
  const [lon, lat] = [ra * RADIAN, dec * RADIAN];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** Position of a unit vector, degrees. */
export function positionOf([x, y, z]: Direction): IPosition {
  const ra = Math.atan2(y, x) / RADIAN;
  // A tiny negative angle plus 360 rounds to 360, which is no right ascension.
  const positive = ra < 0 ? ra + 360 : ra;
  return {
    ra: positive >= 360 ? 0 : positive,
    dec: Math.atan2(z, Math.hypot(x, y)) / RADIAN
  };
}

/** The sum of two directions, which is between them. */
export function add(one: Direction, other: Direction): Direction {
  return [one[0] + other[0], one[1] + other[1], one[2] + other[2]];
}

/** The scalar product. */
export function dot(one: Direction, other: Direction): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}

/** The vector product: the pole of the great circle through both. */
export function cross(one: Direction, other: Direction): Direction {
  return [
    one[1] * other[2] - one[2] * other[1],
    one[2] * other[0] - one[0] * other[2],
    one[0] * other[1] - one[1] * other[0]
  ];
}
