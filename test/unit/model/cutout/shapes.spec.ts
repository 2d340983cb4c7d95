import { describe, expect, it } from 'vitest';

import { dataFacts } from '../../../../src/model/cutout/facts.js';
import { dragged, drawn, handlesOf } from '../../../../src/model/cutout/handles.js';
import { centreOf, movedTo, reshaped } from '../../../../src/model/cutout/reshape.js';
import { readShape, shapeTexts } from '../../../../src/model/cutout/shapetext.js';
import { estimateOf, whyOutside } from '../../../../src/model/cutout/sizes.js';
import { offset, separation, SkyPlane } from '../../../../src/model/cutout/skyplane.js';
import type { CutoutShape } from '../../../../src/model/cutout/types.js';
import { parseRegion } from '../../../../src/protocol/region.js';

const CIRCLE: CutoutShape = { kind: 'circle', at: { ra: 359.9, dec: 60 }, radius: 0.2 };

describe('the shape of a cutout', () => {
  it('comes back from a plane where it was on the sky, also across 0° and near a pole', () => {
    for (const centre of [
      { ra: 0.1, dec: 10 },
      { ra: 359.9, dec: -45 },
      { ra: 10, dec: 89.9 }
    ]) {
      const plane = new SkyPlane(centre);
      const there = offset(centre, 0.5, 120);
      const back = plane.toSky(plane.toPoint(there) ?? [0, 0]);
      expect(separation(back, there)).toBeLessThan(1e-9);
      expect(separation(centre, there)).toBeCloseTo(0.5, 9);
    }
  });

  it('has north up and east left', () => {
    const plane = new SkyPlane({ ra: 10, dec: 0 });
    const [x, y] = plane.toPoint({ ra: 10.1, dec: 0.1 }) ?? [0, 0];
    expect(x).toBeLessThan(0);
    expect(y).toBeLessThan(0);
  });

  it('becomes another kind around the same place', () => {
    for (const kind of ['polygon', 'range'] as const) {
      const other = reshaped(CIRCLE, kind);
      expect(other.kind).toBe(kind);
      expect(separation(centreOf(other), CIRCLE.at)).toBeLessThan(0.01);
    }
  });

  it('keeps a range that crosses 0° one that crosses it', () => {
    const range = reshaped(CIRCLE, 'range');
    expect(range).toMatchObject({ kind: 'range' });
    const [from, to] = range.kind === 'range' ? range.ra : [0, 0];
    expect(from).toBeGreaterThan(to);
  });

  it('is moved without changing its size', () => {
    const polygon = reshaped(CIRCLE, 'polygon');
    const moved = movedTo(polygon, { ra: 100, dec: -30 });
    const size = (shape: CutoutShape): number =>
      shape.kind === 'polygon' ? separation(shape.corners[0], shape.corners[1]) : 0;
    expect(size(moved)).toBeCloseTo(size(polygon), 6);
    expect(separation(centreOf(moved), { ra: 100, dec: -30 })).toBeLessThan(1e-3);
  });

  it('is resized by its rim and drawn by a drag', () => {
    const [, rim] = handlesOf(CIRCLE);
    const to = offset(CIRCLE.at, 0.35, 10);
    expect(dragged(CIRCLE, rim, to)).toMatchObject({ at: CIRCLE.at });
    const radius = dragged(CIRCLE, rim, to);
    expect(radius.kind === 'circle' && radius.radius).toBeCloseTo(0.35, 9);
    const box = drawn('range', { ra: 359, dec: 1 }, { ra: 1, dec: -1 });
    expect(box).toEqual({ kind: 'range', ra: [359, 1], dec: [-1, 1] });
  });

  it('reads back as it was written into its fields', () => {
    const typed: CutoutShape = {
      kind: 'circle',
      at: { ra: 55.7412, dec: -32.2987 },
      radius: 0.0159
    };
    expect(readShape('circle', shapeTexts(typed))).toEqual({ shape: typed });
  });

  it('takes hours as well as degrees', () => {
    const read = readShape('circle', {
      ra: '03:42:59.2',
      dec: '-32:17:10',
      radius: '0.1'
    });
    expect(
      'shape' in read && read.shape.kind === 'circle' && read.shape.at.ra
    ).toBeCloseTo(55.746667, 5);
  });
});

describe('what comes of a cutout', () => {
  const bounds = parseRegion('POLYGON ICRS 359 -1 1 -1 1 1 359 1');
  const at = (ra: number, radius: number): CutoutShape => ({
    kind: 'circle',
    at: { ra, dec: 0 },
    radius
  });

  it('is nothing beside the data and something where they meet', () => {
    expect(whyOutside(at(0, 0.1), bounds)).toBeNull();
    expect(whyOutside(at(1.5, 0.6), bounds)).toBeNull();
    expect(whyOutside(at(0, 20), bounds)).toBeNull();
    expect(whyOutside(at(1.5, 0.4), bounds)).toBe('The circle is outside this image.');
    expect(whyOutside(at(180, 0.4), bounds)).toBe('The circle is outside this image.');
    expect(whyOutside(at(180, 0.4), null)).toBeNull();
  });

  it('is told in pixels and bytes of the whole', () => {
    const facts = dataFacts({
      region: null,
      ra: 0,
      dec: 0,
      fov: 2,
      pixelScale: 3.6,
      bytes: 8_000_000
    });
    const { pixels, bytes, pixelScale } = estimateOf(at(0, 0.25), bounds, facts);
    expect(pixelScale).toBeCloseTo(0.001, 9);
    expect(pixels?.map(count => Math.round(count / 10))).toEqual([50, 50]);
    expect((bytes ?? 0) / 8e6).toBeCloseTo(1 / 16, 2);
  });

  it('is not told where nobody knows the whole', () => {
    const facts = dataFacts({ region: null, ra: 0, dec: 0, fov: null });
    expect(estimateOf(at(0, 0.25), null, facts)).toEqual({
      pixels: null,
      bytes: null,
      pixelScale: null
    });
  });
});
