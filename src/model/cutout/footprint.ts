import type { IPosition } from '../../protocol/position.js';
import type { Region } from '../../protocol/region.js';
import { centreOfRing } from './reshape.js';
import {
  ringOfShape,
  ringsOfRegion,
  SkyPlane,
  type Point,
  type Ring
} from './skyplane.js';
import type { CutoutShape } from './types.js';

/** A plain picture of a patch of sky: north is up, east is left. */
export class SkyFrame {
  /**
   * @param plane - touches the sky in the middle of the picture
   * @param scale - pixels per degree
   * @param width - pixels
   * @param height - pixels
   */
  constructor(
    readonly plane: SkyPlane,
    readonly scale: number,
    readonly width: number,
    readonly height: number
  ) {}

  /** Pixels from the upper left corner; null for what lies on the other half of the sky. */
  toPixel(position: IPosition): Point | null {
    const point = this.plane.toPoint(position);
    return (
      point && [
        this.width / 2 + point[0] * this.scale,
        this.height / 2 + point[1] * this.scale
      ]
    );
  }

  /** The position at a pixel. */
  toSky([x, y]: Point): IPosition {
    return this.plane.toSky([
      (x - this.width / 2) / this.scale,
      (y - this.height / 2) / this.scale
    ]);
  }

  /** A closed line as an SVG path; empty where a part of it cannot be drawn. */
  path(ring: Ring): string {
    const points = ring.map(position => this.toPixel(position));
    return points.includes(null)
      ? ''
      : `M${points.map(point => (point ?? []).map(round).join(' ')).join('L')}Z`;
  }
}

/**
 * The frame that shows the data whole with a margin, or three times the shape where nobody
 * told where the data are. Null where nothing is known of either.
 */
export function frameFor(
  bounds: Region | null,
  shape: CutoutShape | null,
  width: number,
  height: number
): SkyFrame | null {
  const outline = bounds ? ringsOfRegion(bounds).flat() : [];
  const ring = outline.length > 0 ? outline : shape ? ringOfShape(shape) : [];
  if (ring.length === 0) {
    return null;
  }
  const plane = new SkyPlane(centreOfRing(ring));
  const points = ring.flatMap(position => plane.toPoint(position) ?? []);
  const extent = Math.max(...points.map(Math.abs), SMALLEST);
  const margin = outline.length > 0 ? 1.15 : 3;
  const scale = Math.min(width, height) / 2 / (extent * margin);
  return new SkyFrame(plane, scale, width, height);
}

/** Degrees: a milliarcsecond, so that a point has a frame, too. */
const SMALLEST = 3e-7;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
