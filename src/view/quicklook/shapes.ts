import type { CutoutKind, CutoutShape } from '../../model/cutout/types.js';
import {
  directionOf,
  type IPixel,
  offsetBy,
  separation,
  type SkyGrid
} from '../../model/quicklook/sky.js';
import type { IPosition } from '../../protocol/position.js';
import type { Region } from '../../protocol/region.js';

/** A place by which a shape is changed: one of its corners, its radius, its middle. */
export interface IHandle {
  readonly id: number | 'middle' | 'radius';
  readonly at: IPixel;
}

/** Corners that stand for a circle. */
const CIRCLE_CORNERS = 72;
/** Points that stand for a side that is no straight line on the image. */
const SIDE_POINTS = 12;

/** Outline of a shape on an image, closed; null where a part of it is not on the image. */
export function outlineOf(shape: CutoutShape, sky: SkyGrid): readonly IPixel[] | null {
  switch (shape.kind) {
    case 'circle':
      return pixelsOf(circle(shape.at, shape.radius), sky);
    case 'polygon':
      return pixelsOf(shape.corners, sky);
    case 'range':
      return pixelsOf(rangeSides(shape.ra, shape.dec), sky);
  }
}

/** Outlines of a region on an image, closed; those that are not on the image are left out. */
export function outlinesOf(region: Region, sky: SkyGrid): (readonly IPixel[])[] {
  switch (region.shape) {
    case 'circle':
      return some(pixelsOf(circle(region.at, region.radius), sky));
    case 'polygon':
      return some(pixelsOf(region.corners, sky));
    case 'union':
    case 'intersection':
      return region.members.flatMap(member => outlinesOf(member, sky));
    default:
      return [];
  }
}

/** Where a shape can be taken hold of. */
export function handlesOf(shape: CutoutShape, sky: SkyGrid): IHandle[] {
  const places: readonly (readonly [IHandle['id'], IPosition])[] = handlePlaces(shape);
  return places.flatMap(([id, position]) => {
    const at = sky.pixel(position);
    return at ? [{ id, at }] : [];
  });
}

/** The shape that a drag from one place of the sky to another one makes. */
export function drawn(
  kind: CutoutKind,
  from: IPixel,
  to: IPixel,
  sky: SkyGrid
): CutoutShape | null {
  const [start, end] = [sky.position(from), sky.position(to)];
  if (!start || !end) {
    return null;
  }
  if (kind === 'circle') {
    const radius = separation(directionOf(start), directionOf(end));
    return radius > 0 ? { kind, at: start, radius } : null;
  }
  const places = [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];
  const corners = places.map(place => sky.position(place));
  if (from.x === to.x || from.y === to.y || !corners.every(corner => corner !== null)) {
    return null;
  }
  return kind === 'polygon' ? { kind, corners } : rangeOf(corners);
}

/** The shape after one of its handles was put elsewhere. */
export function reshaped(
  shape: CutoutShape,
  handle: IHandle['id'],
  to: IPixel,
  sky: SkyGrid
): CutoutShape | null {
  const position = sky.position(to);
  if (!position) {
    return null;
  }
  if (shape.kind === 'circle') {
    const radius = separation(directionOf(shape.at), directionOf(position));
    return handle === 'middle' ? { ...shape, at: position } : { ...shape, radius };
  }
  if (shape.kind === 'polygon' && typeof handle === 'number') {
    return { ...shape, corners: replaced(shape.corners, handle, position) };
  }
  return shape.kind === 'range' && typeof handle === 'number'
    ? rangeOf([rangeCorners(shape.ra, shape.dec)[(handle + 2) % 4], position])
    : null;
}

/** The shape moved by as much as a pixel of the image was dragged. */
export function shifted(
  shape: CutoutShape,
  from: IPixel,
  to: IPixel,
  sky: SkyGrid
): CutoutShape | null {
  const move = (position: IPosition): IPosition | null => {
    const at = sky.pixel(position);
    return at && sky.position({ x: at.x + to.x - from.x, y: at.y + to.y - from.y });
  };
  if (shape.kind === 'circle') {
    const at = move(shape.at);
    return at && { ...shape, at };
  }
  const corners =
    shape.kind === 'polygon' ? shape.corners : rangeCorners(shape.ra, shape.dec);
  const there = corners.map(move);
  if (!there.every(corner => corner !== null)) {
    return null;
  }
  return shape.kind === 'polygon' ? { ...shape, corners: there } : rangeOf(there);
}

/** True for a place within an outline (even-odd rule). */
export function isWithin({ x, y }: IPixel, outline: readonly IPixel[]): boolean {
  let inside = false;
  outline.forEach((one, index) => {
    const other = outline[(index + 1) % outline.length];
    const crosses = one.y > y !== other.y > y;
    if (crosses && x < one.x + ((y - one.y) / (other.y - one.y)) * (other.x - one.x)) {
      inside = !inside;
    }
  });
  return inside;
}

function handlePlaces(
  shape: CutoutShape
): readonly (readonly [IHandle['id'], IPosition])[] {
  switch (shape.kind) {
    case 'circle':
      // To the west, which is on the right of most images.
      return [
        ['middle', shape.at],
        ['radius', offsetBy(shape.at, shape.radius, 270)]
      ];
    case 'polygon':
      return shape.corners.map((corner, index) => [index, corner]);
    case 'range':
      return rangeCorners(shape.ra, shape.dec).map((corner, index) => [index, corner]);
  }
}

function circle(at: IPosition, radius: number): IPosition[] {
  return Array.from({ length: CIRCLE_CORNERS }, (_, index) =>
    offsetBy(at, radius, (360 * index) / CIRCLE_CORNERS)
  );
}

type Limits = readonly [from: number, to: number];

/** Corners one after the other around the range. */
function rangeCorners(ra: Limits, dec: Limits): IPosition[] {
  return [
    { ra: ra[0], dec: dec[0] },
    { ra: ra[1], dec: dec[0] },
    { ra: ra[1], dec: dec[1] },
    { ra: ra[0], dec: dec[1] }
  ];
}

/** Points along the sides: circles of equal declination are no straight lines. */
function rangeSides(ra: Limits, dec: Limits): IPosition[] {
  const width = turn(ra[1] - ra[0]);
  const sides: readonly (readonly [Limits, Limits])[] = [
    [
      [0, width],
      [dec[0], dec[0]]
    ],
    [[width, width], dec],
    [
      [width, 0],
      [dec[1], dec[1]]
    ],
    [
      [0, 0],
      [dec[1], dec[0]]
    ]
  ];
  return sides.flatMap(([across, up]) =>
    Array.from({ length: SIDE_POINTS }, (_, index) => {
      const share = index / SIDE_POINTS;
      return {
        ra: turn(ra[0] + across[0] + share * (across[1] - across[0])),
        dec: up[0] + share * (up[1] - up[0])
      };
    })
  );
}

/** The range that corners span; right ascension the short way around. */
function rangeOf(corners: readonly IPosition[]): CutoutShape {
  const { ra } = corners[0];
  const away = corners.map(corner => turn(corner.ra - ra + 180) - 180);
  const decs = corners.map(({ dec }) => dec);
  return {
    kind: 'range',
    ra: [turn(ra + Math.min(...away)), turn(ra + Math.max(...away))],
    dec: [Math.min(...decs), Math.max(...decs)]
  };
}

/** Into 0 ≤ degrees < 360. */
function turn(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}

function pixelsOf(positions: readonly IPosition[], sky: SkyGrid): IPixel[] | null {
  const pixels: IPixel[] = [];
  for (const position of positions) {
    const pixel = sky.pixel(position, pixels.at(-1));
    if (!pixel) {
      return null;
    }
    pixels.push(pixel);
  }
  return pixels;
}

function some<T>(value: T | null): T[] {
  return value === null ? [] : [value];
}

function replaced<T>(list: readonly T[], index: number, value: T): T[] {
  return list.map((old, place) => (place === index ? value : old));
}
