import { parseRegion, type Region } from '../../protocol/region.js';
import type { ISkyFacts } from '../quicklook/types.js';
import type { IPosition } from '../../protocol/position.js';

/** What a row tells of its data (ObsCore 1.1 §4), as far as it concerns cutting out. */
export interface IDataFacts {
  /** Outline; null where nobody told. */
  readonly region: Region | null;
  readonly centre: IPosition | null;
  /** Degrees. */
  readonly pixelScale: number | null;
  /** Pixels along the two axes on the sky. */
  readonly pixels: readonly [width: number, height: number] | null;
  /** Bytes of the whole. */
  readonly bytes: number | null;
}

const ARCSECONDS = 3600;

/** What is known of data by their row. */
export function dataFacts(row: ISkyFacts): IDataFacts {
  const { ra, dec, fov, pixelScale, pixels = null, bytes = null } = row;
  const centre = ra === null || dec === null ? null : { ra, dec };
  const region = row.region === null ? null : parseRegion(row.region);
  const isKnown = region !== null && region.shape !== 'unknown';
  const around =
    centre && fov ? ({ shape: 'circle', at: centre, radius: fov / 2 } as const) : null;
  const isCounted = pixels !== null && pixels.every(count => count > 0);
  return {
    region: isKnown ? region : around,
    centre,
    pixelScale: pixelScale ? pixelScale / ARCSECONDS : null,
    pixels: isCounted ? pixels : null,
    bytes
  };
}
