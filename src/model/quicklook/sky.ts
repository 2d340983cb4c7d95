import {
  cross,
  directionOf,
  dot,
  positionOf,
  type Direction
} from '../../protocol/direction.js';
import type { IPosition } from '../../protocol/position.js';

/** A place on an image in pixels, counted from 0; the centre of the first one is (0, 0). */
export interface IPixel {
  readonly x: number;
  readonly y: number;
}

/** Directions at the nodes of a coarse grid over an image. */
export interface ISkyNodes {
  /** Pixel coordinates of the nodes, ascending. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /**
   * Unit vectors, three numbers a node, row by row from the lowest y; NaN where the
   * projection reaches no point of the sky.
   */
  readonly vectors: ArrayLike<number>;
}

/**
 * Positions on the sky all over an image, in any projection: cubic interpolation of unit
 * vectors, which knows no poles and no jump at 0 h.
 */
export class SkyGrid {
  /** @throws RangeError where the numbers are not those of a grid */
  constructor(private readonly _nodes: ISkyNodes) {
    const { x, y, vectors } = _nodes;
    if (x.length < 2 || y.length < 2 || vectors.length !== 3 * x.length * y.length) {
      throw new RangeError('The grid of positions is incomplete.');
    }
  }

  /** Direction of a pixel; null outside of the projection. */
  direction({ x, y }: IPixel): Direction | null {
    const rough = this._interpolate(x, y, 2, CENTRED);
    if (!rough) {
      return null;
    }
    for (const shift of SHIFTS) {
      const fine = this._interpolate(x, y, 4, shift);
      if (fine) {
        return fine;
      }
    }
    return rough;
  }

  /** Position of a pixel; null outside of the projection. */
  position(pixel: IPixel): IPosition | null {
    const direction = this.direction(pixel);
    return direction && positionOf(direction);
  }

  /**
   * Where a position is on the image, or beside it up to a cell of the grid; null where it
   * is nowhere near.
   *
   * @param near - a place that is near, which saves looking for one
   */
  pixel(position: IPosition, near: IPixel | null = null): IPixel | null {
    const wanted = directionOf(position);
    const quick = near && this._approach(wanted, near);
    if (quick && this._covers(quick, 0)) {
      return quick;
    }
    let beside: IPixel | null = null;
    for (const start of this._nearest(wanted)) {
      const found = this._approach(wanted, start);
      // A map of the whole sky shows it at one edge, and would beyond the other one, too.
      if (found && this._covers(found, 0)) {
        return found;
      }
      beside ??= found;
    }
    return beside;
  }

  /** Degrees per pixel at a place: square root of the area of a pixel; null outside. */
  scaleAt(pixel: IPixel): number | null {
    const slope = this._slope(pixel);
    return slope && Math.sqrt(length(cross(slope.x, slope.y))) / RADIAN;
  }

  /**
   * Unit steps on the image towards north and east at a place; null outside of the
   * projection and at the poles.
   */
  compass(pixel: IPixel): { readonly north: IPixel; readonly east: IPixel } | null {
    const at = this.direction(pixel);
    const slope = at && this._slope(pixel);
    if (!at || !slope) {
      return null;
    }
    const { north, east } = localAxes(at);
    const toNorth = solve(slope, north);
    const toEast = solve(slope, east);
    return toNorth && toEast && { north: unit(toNorth), east: unit(toEast) };
  }

  /** Lagrange interpolation over `count` nodes along each axis; null if one has no direction. */
  private _interpolate(
    x: number,
    y: number,
    count: number,
    shift: IPixel
  ): Direction | null {
    const { x: xs, y: ys, vectors } = this._nodes;
    const across = weightsAt(xs, x, count, shift.x);
    const up = weightsAt(ys, y, count, shift.y);
    const sum = [0, 0, 0];
    up.weights.forEach((weightY, row) => {
      across.weights.forEach((weightX, column) => {
        const node = (up.first + row) * xs.length + across.first + column;
        for (let axis = 0; axis < 3; axis++) {
          sum[axis] += weightX * weightY * vectors[3 * node + axis];
        }
      });
    });
    const size = Math.hypot(...sum);
    return size > 0.1 ? [sum[0] / size, sum[1] / size, sum[2] / size] : null;
  }

  /** Change of the direction for a step of one pixel along each axis. */
  private _slope({ x, y }: IPixel): ISlope | null {
    const step = 0.5;
    const [left, right] = [-step, step].map(dx => this.direction({ x: x + dx, y }));
    const [below, above] = [-step, step].map(dy => this.direction({ x, y: y + dy }));
    return left && right && below && above
      ? { x: minus(right, left), y: minus(above, below) }
      : null;
  }

  /** Cells nearest to a direction, the best first: of several, as a map may show it twice. */
  private _nearest(wanted: Direction): IPixel[] {
    const best: { readonly at: IPixel; readonly cosine: number }[] = [];
    for (const { at, direction } of this._cells()) {
      const cosine = dot(direction, wanted);
      if (cosine > (best[STARTS - 1]?.cosine ?? 0)) {
        best.push({ at, cosine });
        best.sort((one, other) => other.cosine - one.cosine);
        best.length = Math.min(best.length, STARTS);
      }
    }
    return best.map(({ at }) => at);
  }

  /** Middles of the cells: unlike nodes none of them is a pole, where pixels have no area. */
  private _cells(): readonly ICell[] {
    this._middles ??= middlesOf(this._nodes.x).flatMap(x =>
      middlesOf(this._nodes.y).flatMap(y => {
        const direction = this._interpolate(x, y, 2, CENTRED);
        return direction ? [{ at: { x, y }, direction }] : [];
      })
    );
    return this._middles;
  }

  /** Newton's method from a place that is near. */
  private _approach(wanted: Direction, start: IPixel): IPixel | null {
    let { x, y } = start;
    for (let turn = 0; turn < TURNS; turn++) {
      const at = this.direction({ x, y });
      const slope = at && this._slope({ x, y });
      const step = slope && solve(slope, minus(wanted, at));
      if (!step) {
        return null;
      }
      x += step.x;
      y += step.y;
      if (!this._covers({ x, y }, 1)) {
        return null;
      }
      if (Math.hypot(step.x, step.y) < 1e-6) {
        const end = this.direction({ x, y });
        // The far side of the sphere has a root, too.
        return end && dot(end, wanted) > 0 ? { x, y } : null;
      }
    }
    return null;
  }

  /** @param cells - so many cells beside the grid count as covered */
  private _covers({ x, y }: IPixel, cells: number): boolean {
    return isNear(this._nodes.x, x, cells) && isNear(this._nodes.y, y, cells);
  }

  private _middles: readonly ICell[] | null = null;
}

const RADIAN = Math.PI / 180;
/** Cells that the search of a position begins with, one after the other. */
const STARTS = 6;
const TURNS = 25;

const CENTRED: IPixel = { x: 0, y: 0 };
/** Where the nodes around a place lie, the best first: at an edge of the sky some are missing. */
const SHIFTS: readonly IPixel[] = [0, 1, -1].flatMap(y =>
  [0, 1, -1].map(x => ({ x, y }))
);

interface ICell {
  readonly at: IPixel;
  readonly direction: Direction;
}

interface ISlope {
  readonly x: Direction;
  readonly y: Direction;
}

/** Directions of north and east at a place of the sphere. */
function localAxes(at: Direction): { north: Direction; east: Direction } {
  const { ra } = positionOf(at);
  const [cosine, sine] = [Math.cos(ra * RADIAN), Math.sin(ra * RADIAN)];
  const east: Direction = [-sine, cosine, 0];
  return { north: cross(at, east), east };
}

/** Step in pixels that changes the direction by this much; null where pixels have no area. */
function solve({ x, y }: ISlope, change: Direction): IPixel | null {
  const [xx, xy, yy] = [dot(x, x), dot(x, y), dot(y, y)];
  const [cx, cy] = [dot(x, change), dot(y, change)];
  const area = xx * yy - xy * xy;
  return area > 1e-12 * xx * yy
    ? { x: (yy * cx - xy * cy) / area, y: (xx * cy - xy * cx) / area }
    : null;
}

function middlesOf(nodes: readonly number[]): number[] {
  return nodes.slice(1).map((node, index) => (node + nodes[index]) / 2);
}

/**
 * Weights of Lagrange's polynomial over the nodes around a place.
 *
 * @param shift - cells by which the nodes are moved from the middle
 */
function weightsAt(
  nodes: readonly number[],
  at: number,
  wanted: number,
  shift: number
): { readonly first: number; readonly weights: readonly number[] } {
  const count = Math.min(wanted, nodes.length);
  const cell = cellOf(nodes, at);
  const first = clamp(
    cell - Math.floor(count / 2 - 1) + shift,
    0,
    nodes.length - count
  );
  const near = nodes.slice(first, first + count);
  const weights = near.map((node, index) =>
    near.reduce(
      (product, other, place) =>
        place === index ? product : (product * (at - other)) / (node - other),
      1
    )
  );
  return { first: first, weights };
}

/** Index of the node at the beginning of the cell that has a place. */
function cellOf(nodes: readonly number[], at: number): number {
  const step = (nodes[nodes.length - 1] - nodes[0]) / (nodes.length - 1);
  let cell = clamp(Math.floor((at - nodes[0]) / step), 0, nodes.length - 2);
  while (cell > 0 && at < nodes[cell]) {
    cell -= 1;
  }
  while (cell < nodes.length - 2 && at >= nodes[cell + 1]) {
    cell += 1;
  }
  return cell;
}

/** Within the grid, or so many cells beside it. */
function isNear(nodes: readonly number[], at: number, cells: number): boolean {
  const last = nodes.length - 1;
  const margin = cells * (nodes[1] - nodes[0]) + 1e-6;
  return at >= nodes[0] - margin && at <= nodes[last] + margin;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function minus(one: Direction, other: Direction): Direction {
  return [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
}

function length(vector: Direction): number {
  return Math.hypot(...vector);
}

function unit({ x, y }: IPixel): IPixel {
  const size = Math.hypot(x, y);
  return { x: x / size, y: y / size };
}
