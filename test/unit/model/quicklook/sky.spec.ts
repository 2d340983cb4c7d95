import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { separation } from '../../../../src/model/cutout/skyplane.js';
import { SkyGrid } from '../../../../src/model/quicklook/sky.js';
import { directionOf, positionOf } from '../../../../src/protocol/direction.js';

interface IVectors {
  readonly name: string;
  /** Degrees per pixel at the centre. */
  readonly scale: number;
  readonly x: number[];
  readonly y: number[];
  readonly vectors: (number | null)[];
  /** Pixel x and y, ra and dec of astropy. */
  readonly probes: [number, number, number, number][];
}

/** Written by test/vectors/skygrid.py with astropy. */
const CASES = JSON.parse(
  readFileSync(new URL('../../../vectors/skygrid.json', import.meta.url), 'utf8')
) as IVectors[];

/** Pixels that an answer may be off; at the limb of a whole sky, cells are 10 degrees wide. */
const off = ({ name }: IVectors): number => (name.startsWith('AIT') ? 4 : 0.1);

function gridOf({ x, y, vectors }: IVectors): SkyGrid {
  return new SkyGrid({ x, y, vectors: vectors.map(value => value ?? NaN) });
}

describe('SkyGrid', () => {
  it.each(CASES)('tells the positions that astropy tells: $name', one => {
    const grid = gridOf(one);
    for (const [x, y, ra, dec] of one.probes) {
      const found = grid.position({ x, y });
      expect(found).not.toBeNull();
      const apart = separation(found!, { ra, dec });
      expect(apart).toBeLessThan(off(one) * one.scale);
    }
  });

  it.each(CASES)('finds the pixels of positions again: $name', one => {
    const grid = gridOf(one);
    for (const [x, y, ra, dec] of one.probes) {
      const found = grid.pixel({ ra, dec });
      expect(found, `${x} ${y}`).not.toBeNull();
      expect(Math.hypot(found!.x - x, found!.y - y)).toBeLessThan(off(one));
    }
  });

  it('knows no position outside of the projection', () => {
    const sky = gridOf(CASES.find(({ name }) => name.startsWith('AIT'))!);
    expect(sky.position({ x: 20, y: 20 })).toBeNull();
    expect(sky.compass({ x: 20, y: 20 })).toBeNull();
  });

  it('finds no pixel for a position that is elsewhere on the sky', () => {
    const field = gridOf(CASES[0]);
    expect(field.pixel({ ra: 235.75, dec: 32.3 })).toBeNull();
    expect(field.pixel({ ra: 56.75, dec: -32.3 })).toBeNull();
  });

  it('tells where north and east are, and how large a pixel is', () => {
    const turned = gridOf(CASES[0]);
    const at = { x: 2047.5, y: 2047.5 };
    const { north, east } = turned.compass(at)!;
    // Turned by 37 degrees, east a quarter turn before north.
    expect((Math.atan2(north.x, north.y) * 180) / Math.PI).toBeCloseTo(37, 1);
    expect(north.x * east.x + north.y * east.y).toBeCloseTo(0, 3);
    expect(east.x).toBeLessThan(0);
    expect(turned.scaleAt(at)).toBeCloseTo(5.6e-5, 8);
  });

  it('refuses numbers that are no grid', () => {
    expect(() => new SkyGrid({ x: [0, 1], y: [0, 1], vectors: [1, 0, 0] })).toThrow(
      RangeError
    );
  });
});

describe('positions', () => {
  it('come back from directions, at 0 h and the poles', () => {
    for (const at of [
      { ra: 0, dec: 0 },
      { ra: 359.999999, dec: -45 },
      { ra: 123.4, dec: 89.99999 }
    ]) {
      const back = positionOf(directionOf(at));
      expect(back.ra).toBeCloseTo(at.ra, 6);
      expect(back.dec).toBeCloseTo(at.dec, 6);
    }
  });
});
