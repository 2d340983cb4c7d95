import type { IPosition } from '../../protocol/position.js';
import { bearing, centreOf, movedTo } from './reshape.js';
import { offset, separation } from './skyplane.js';
import type { CutoutKind, CutoutShape } from './types.js';

/** A place at which a shape can be taken: its centre, its rim, or one of its corners. */
export type ShapeHandle =
  | { readonly kind: 'centre' | 'rim'; readonly at: IPosition }
  | { readonly kind: 'corner'; readonly index: number; readonly at: IPosition };

/** Smallest radius that a drag gives, degrees: a milliarcsecond. */
const SMALLEST = 3e-7;

/** The handles of a shape, the centre first. The rim of a circle is taken in the west. */
export function handlesOf(shape: CutoutShape): readonly ShapeHandle[] {
  const centre: ShapeHandle = { kind: 'centre', at: centreOf(shape) };
  switch (shape.kind) {
    case 'circle':
      return [centre, { kind: 'rim', at: offset(shape.at, shape.radius, 270) }];
    case 'polygon':
      return [centre, ...shape.corners.map(cornerHandle)];
    case 'range': {
      const [[from, to], [bottom, top]] = [shape.ra, shape.dec];
      const corners = [
        [from, bottom],
        [to, bottom],
        [to, top],
        [from, top]
      ];
      return [centre, ...corners.map(([ra, dec], i) => cornerHandle({ ra, dec }, i))];
    }
  }
}

/** The shape after a handle was dragged to a position. */
export function dragged(
  shape: CutoutShape,
  handle: ShapeHandle,
  to: IPosition
): CutoutShape {
  if (handle.kind === 'centre') {
    return movedTo(shape, to);
  }
  if (shape.kind === 'circle') {
    return { ...shape, radius: Math.max(SMALLEST, separation(shape.at, to)) };
  }
  const index = handle.kind === 'corner' ? handle.index : 0;
  return shape.kind === 'polygon'
    ? {
        ...shape,
        corners: shape.corners.map((corner, i) => (i === index ? to : corner))
      }
    : draggedRange(shape, index, to);
}

/** The shape drawn by dragging over empty sky: a circle from its centre, others corner to corner. */
export function drawn(kind: CutoutKind, from: IPosition, to: IPosition): CutoutShape {
  const [bottom, top] = [from.dec, to.dec].sort((a, b) => a - b);
  const isEastward = ((to.ra - from.ra + 540) % 360) - 180 >= 0;
  const [west, east] = isEastward ? [from.ra, to.ra] : [to.ra, from.ra];
  switch (kind) {
    case 'circle':
      return { kind, at: from, radius: Math.max(SMALLEST, separation(from, to)) };
    case 'range':
      return { kind, ra: [west, east], dec: [bottom, top] };
    case 'polygon':
      return {
        kind,
        // Counter-clockwise seen from inside the sphere, where east is left.
        corners: [
          { ra: west, dec: top },
          { ra: east, dec: top },
          { ra: east, dec: bottom },
          { ra: west, dec: bottom }
        ]
      };
  }
}

/** A handle moved by steps to the north and the east: what arrow keys do. */
export function nudged(
  shape: CutoutShape,
  handle: ShapeHandle,
  step: number,
  [east, north]: readonly [number, number]
): CutoutShape {
  if (handle.kind === 'rim' && shape.kind === 'circle') {
    const radius = shape.radius + (north - east) * step;
    return radius > 0 ? { ...shape, radius } : shape;
  }
  const angle = (Math.atan2(east, north) * 180) / Math.PI;
  return dragged(shape, handle, offset(handle.at, step, angle));
}

/** A polygon with one corner more, in the middle of the side behind a corner. */
export function withCorner(shape: CutoutShape, index: number): CutoutShape {
  if (shape.kind !== 'polygon') {
    return shape;
  }
  const [one, next] = [
    shape.corners[index],
    shape.corners[(index + 1) % shape.corners.length]
  ];
  const middle = offset(one, separation(one, next) / 2, bearing(one, next));
  const corners = [...shape.corners];
  corners.splice(index + 1, 0, middle);
  return { ...shape, corners };
}

/** A polygon without a corner; it keeps three. */
export function withoutCorner(shape: CutoutShape, index: number): CutoutShape {
  return shape.kind !== 'polygon' || shape.corners.length <= 3
    ? shape
    : { ...shape, corners: shape.corners.filter((_, i) => i !== index) };
}

function cornerHandle(at: IPosition, index: number): ShapeHandle {
  return { kind: 'corner', index, at };
}

/** Corners of a range: lower from, lower to, upper to, upper from. The opposite one stays. */
function draggedRange(
  shape: CutoutShape & { kind: 'range' },
  index: number,
  to: IPosition
): CutoutShape {
  const isFirst = index === 0 || index === 3;
  const isLower = index < 2;
  const dec = isLower ? [to.dec, shape.dec[1]] : [shape.dec[0], to.dec];
  return {
    kind: 'range',
    ra: isFirst ? [to.ra, shape.ra[1]] : [shape.ra[0], to.ra],
    dec: [Math.min(...dec), Math.max(...dec)]
  };
}
