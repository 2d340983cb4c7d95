import type { CutoutShape } from './types.js';
import type { IPosition } from '../../protocol/position.js';
import type { Region } from '../../protocol/region.js';

/** A point of the plane that touches the sky: degrees, x to the west, y to the south. */
export type Point = readonly [x: number, y: number];

/** A closed line on the sky. */
export type Ring = readonly IPosition[];

/** Corners that stand for a circle. */
const ROUND = 72;

/** Points along each side of a range: parallels are no great circles. */
const BENT = 12;

const RADIAN = Math.PI / 180;

/**
 * The gnomonic projection around a point: great circles become straight lines. North is up
 * and east is left, as astronomers draw the sky.
 */
export class SkyPlane {
  /** @param centre - where the plane touches the sky */
  constructor(readonly centre: IPosition) {}

  /** Null for what lies on the other half of the sky. */
  toPoint({ ra, dec }: IPosition): Point | null {
    const { lat, away } = this._angles(ra, dec);
    const [sin, cos] = [Math.sin(this.centre.dec * RADIAN), this._cos];
    const depth = sin * Math.sin(lat) + cos * Math.cos(lat) * Math.cos(away);
    if (depth < 0.01) {
      return null;
    }
    const east = (Math.cos(lat) * Math.sin(away)) / depth;
    const north = (cos * Math.sin(lat) - sin * Math.cos(lat) * Math.cos(away)) / depth;
    return [-east / RADIAN, -north / RADIAN];
  }

  /** The position that is drawn at a point. */
  toSky([x, y]: Point): IPosition {
    const [east, north] = [-x * RADIAN, -y * RADIAN];
    const distance = Math.hypot(east, north);
    if (distance === 0) {
      return this.centre;
    }
    const angle = Math.atan(distance);
    const sin = Math.sin(this.centre.dec * RADIAN);
    const dec = Math.asin(
      Math.cos(angle) * sin + (north * Math.sin(angle) * this._cos) / distance
    );
    const away = Math.atan2(
      east * Math.sin(angle),
      distance * this._cos * Math.cos(angle) - north * sin * Math.sin(angle)
    );
    return { ra: wrap(this.centre.ra + away / RADIAN), dec: dec / RADIAN };
  }

  private _angles(ra: number, dec: number): { lat: number; away: number } {
    return { lat: dec * RADIAN, away: (ra - this.centre.ra) * RADIAN };
  }

  private get _cos(): number {
    return Math.cos(this.centre.dec * RADIAN);
  }
}

/** A position at a distance, in degrees, towards an angle counted from north to east. */
export function offset(from: IPosition, distance: number, angle: number): IPosition {
  const plane = new SkyPlane(from);
  const length = Math.tan(distance * RADIAN) / RADIAN;
  const turn = angle * RADIAN;
  return plane.toSky([-length * Math.sin(turn), -length * Math.cos(turn)]);
}

/** Degrees between two positions along a great circle. */
export function separation(one: IPosition, other: IPosition): number {
  const [a, b] = [one.dec * RADIAN, other.dec * RADIAN];
  const half = (value: number): number => Math.sin(value / 2) ** 2;
  const across = half((one.ra - other.ra) * RADIAN) * Math.cos(a) * Math.cos(b);
  return (2 * Math.asin(Math.min(1, Math.sqrt(half(a - b) + across)))) / RADIAN;
}

/** The outline of a cutout's shape. */
export function ringOfShape(shape: CutoutShape): Ring {
  switch (shape.kind) {
    case 'circle':
      return circle(shape.at, shape.radius);
    case 'polygon':
      return shape.corners;
    case 'range':
      return ringOfRange(shape.ra, shape.dec);
  }
}

/** The outlines of a region; none for what cannot be drawn. */
export function ringsOfRegion(region: Region): readonly Ring[] {
  switch (region.shape) {
    case 'polygon':
      return [region.corners];
    case 'circle':
      return [circle(region.at, region.radius)];
    case 'ellipse':
      return [ellipse(region.at, region.major, region.minor, region.angle)];
    case 'box':
      return [ringOfBox(region.at, region.width, region.height)];
    case 'union':
      return region.members.flatMap(ringsOfRegion);
    default:
      return [];
  }
}

function circle(at: IPosition, radius: number): Ring {
  return ellipse(at, radius, radius, 0);
}

function ellipse(at: IPosition, major: number, minor: number, angle: number): Ring {
  return Array.from({ length: ROUND }, (_, index) => {
    const turn = (index * 2 * Math.PI) / ROUND;
    const [along, across] = [major * Math.cos(turn), minor * Math.sin(turn)];
    const towards = angle + Math.atan2(across, along) / RADIAN;
    return offset(at, Math.hypot(along, across), towards);
  });
}

/** As `parseRegion` gives them, width and height of a box are coordinates' differences. */
function ringOfBox(at: IPosition, width: number, height: number): Ring {
  return ringOfRange(
    [at.ra - width / 2, at.ra + width / 2],
    [at.dec - height / 2, at.dec + height / 2]
  );
}

function ringOfRange(
  [from, to]: readonly [number, number],
  [bottom, top]: readonly [number, number]
): Ring {
  const width = to >= from ? to - from : to - from + 360;
  const steps = Array.from({ length: BENT + 1 }, (_, index) => index / BENT);
  const side = (dec: number): Ring =>
    steps.map(step => ({ ra: wrap(from + width * step), dec }));
  return [...side(bottom), ...[...side(top)].reverse()];
}

function wrap(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}
