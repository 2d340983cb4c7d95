import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  explainPosition,
  formatDegrees,
  formatSexagesimal,
  galacticToIcrs,
  parsePosition
} from '../../../src/protocol/position.js';

describe('parsePosition', () => {
  it.each([
    ['55.7467 -32.2862'],
    ['55.7467, -32.2862'],
    ['55.7467,-32.2862'],
    ['  55.7467\t\u221232.2862 '],
    ['55.7467 deg, -32.2862 deg'],
    ['55.7467° \u201332.2862°'],
    ['5.57467e1 -3.22862E1'],
    ['55.7467 -32.2862 ICRS']
  ])('reads %s as degrees', text => {
    expect(parsePosition(text)).toEqual({ ra: 55.7467, dec: -32.2862 });
  });

  it.each([
    ['03:42:59.21 -32:17:10.3'],
    ['03:42:59.21-32:17:10.3'],
    ['03:42:59.21, \u221232:17:10.3'],
    ['3h42m59.21s -32d17m10.3s'],
    ['3h 42m 59.21s -32d 17m 10.3s'],
    ['3h42m59.21s, -32°17\u203210.3\u2033'],
    ['03 42 59.21 -32 17 10.3'],
    ['55d44m48.15s -32d17m10.3s']
  ])('reads %s as sexagesimal', text => {
    const position = parsePosition(text);
    expect(position?.ra).toBeCloseTo(55.7467083, 6);
    expect(position?.dec).toBeCloseTo(-32.2861944, 6);
  });

  it('keeps the sign of a declination between 0 and -1', () => {
    expect(parsePosition('00:00:00 -00:30:00')).toEqual({ ra: 0, dec: -0.5 });
  });

  it('reads decimal minutes', () => {
    expect(parsePosition('12:30.5 +12:24.0')).toEqual({ ra: 187.625, dec: 12.4 });
  });

  // As astropy gives them; its matrix differs by less than 0.1 arcsec.
  it.each([
    ['0 0 gal', 266.4049882865447, -28.936177761791473],
    ['359.9443, -0.0462 galactic', 266.4168939557546, -29.00779089902168],
    ['120.5 \u221233.3 gal', 10.523503520552369, 29.527622097751742],
    ['123.4 90 gal', 192.85947789477606, 27.12825241496803]
  ])('turns %s to ICRS', (text, ra, dec) => {
    const position = parsePosition(text);
    expect(Math.abs((position?.ra ?? Number.NaN) - ra)).toBeLessThan(3e-5);
    expect(Math.abs((position?.dec ?? Number.NaN) - dec)).toBeLessThan(3e-5);
  });

  it('takes 360 deg as 0', () => {
    expect(parsePosition('360 10')).toEqual({ ra: 0, dec: 10 });
  });

  it.each([
    [''],
    ['M 83'],
    ['NGC 1365'],
    ['3C 273'],
    ['47 Tuc'],
    ['PKS 0537-441'],
    ['4U 1700-37'],
    ['HD 209458 b'],
    ['55.7467'],
    ['1 2 3'],
    ['10 20 30 40 50']
  ])('takes %j for a name, without complaint', text => {
    expect(parsePosition(text)).toBeNull();
    expect(explainPosition(text)).toBeNull();
  });

  it.each([
    ['400 10', 'Right ascension must be between 0 and 360 deg.'],
    ['-1 10', 'Right ascension must be between 0 and 360 deg.'],
    ['25:00:00 10:00:00', 'Right ascension must be between 0 and 360 deg.'],
    ['10 90.01', 'Declination must be between -90 and 90 deg.'],
    ['12:60:00 10:00:00', 'Minutes and seconds must be below 60.'],
    ['10 100 gal', 'Galactic latitude must be between -90 and 90 deg.']
  ])('says what is wrong with %s', (text, problem) => {
    expect(parsePosition(text)).toBeNull();
    expect(explainPosition(text)).toBe(problem);
  });

  it('reads back what is shown, to the digits shown', () => {
    const position = fc.record({
      ra: fc.double({ min: 0, max: 359.9999, noNaN: true }),
      dec: fc.double({ min: -90, max: 90, noNaN: true })
    });
    fc.assert(
      fc.property(position, ({ ra, dec }) => {
        const read = parsePosition(formatSexagesimal({ ra, dec }));
        const apart = Math.abs((read?.ra ?? Number.NaN) - ra);
        expect(Math.min(apart, 360 - apart)).toBeLessThan(0.0051 * (15 / 3600));
        expect(Math.abs((read?.dec ?? Number.NaN) - dec)).toBeLessThan(0.051 / 3600);
      })
    );
  });
});

describe('galacticToIcrs', () => {
  it('keeps the angle between two directions', () => {
    const cosine = (a: number[], b: number[]): number => {
      const [[l1, b1], [l2, b2]] = [a, b].map(pair =>
        pair.map(x => (x * Math.PI) / 180)
      );
      return (
        Math.sin(b1) * Math.sin(b2) + Math.cos(b1) * Math.cos(b2) * Math.cos(l1 - l2)
      );
    };
    const direction = fc.tuple(
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true })
    );
    fc.assert(
      fc.property(direction, direction, (one, two) => {
        const [first, second] = [one, two].map(([l, b]) => galacticToIcrs(l, b));
        const after = cosine([first.ra, first.dec], [second.ra, second.dec]);
        expect(after).toBeCloseTo(cosine(one, two), 8);
      })
    );
  });
});

it('an endless text is no position, without a long look at it', () => {
  expect(parsePosition('1'.repeat(1_000_000))).toBeNull();
  expect(parsePosition(`10 ${'2'.repeat(300)}`)).toBeNull();
});

describe('formatting', () => {
  it.each([
    [{ ra: 55.74670833, dec: -32.28619444 }, '03:42:59.21 \u221232:17:10.3'],
    [{ ra: 359.99999999, dec: -0.00000001 }, '00:00:00.00 +00:00:00.0'],
    [{ ra: 0, dec: 90 }, '00:00:00.00 +90:00:00.0'],
    [{ ra: 15, dec: 9.9999999 }, '01:00:00.00 +10:00:00.0']
  ])('%o is %s', (position, text) => {
    expect(formatSexagesimal(position)).toBe(text);
  });

  it('writes degrees with fixed decimals and a typographic minus', () => {
    expect(formatDegrees(-32.28621)).toBe('\u221232.28621');
    expect(formatDegrees(204.25383, 4)).toBe('204.2538');
    expect(formatDegrees(-0.0000001)).toBe('0.00000');
  });
});
