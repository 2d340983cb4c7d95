import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  formatAngularSize,
  formatClock,
  formatCount,
  formatInstant,
  formatKbytes,
  formatMjd,
  formatPosition,
  formatPositionSexagesimal,
  formatSeconds,
  formatSize,
  formatSpan,
  formatWavelength,
  formatWavelengthRange,
  shortest,
  withMinus
} from '../../../../src/view/shared/format.js';

describe('shortest', () => {
  it('reads back as the same double', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), x => Number(shortest(x)) === x));
  });

  it('reads back as the same float', () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true }),
        x => Math.fround(Number(shortest(x, true))) === x
      )
    );
  });

  it('keeps a float short', () => {
    expect(shortest(Math.fround(0.1), true)).toBe('0.1');
    expect(shortest(Math.fround(0.1))).toBe('0.10000000149011612');
  });
});

describe('numbers on the screen', () => {
  it('have a real minus sign, in exponents too', () => {
    expect(withMinus('-1.5e-7')).toBe('\u22121.5e\u22127');
  });

  it('have a thousands comma in counts', () => {
    expect(formatCount(20000)).toBe('20,000');
    expect(formatCount(999)).toBe('999');
  });

  it('show waiting with one decimal up to a minute', () => {
    expect(formatSeconds(3.94)).toBe('3.9 s');
    expect(formatSeconds(61.4)).toBe('61 s');
    expect([0.001, 0.042, 0.0949, 0.097, 0.14].map(formatSeconds)).toEqual([
      '0.01 s',
      '0.04 s',
      '0.09 s',
      '0.1 s',
      '0.1 s'
    ]);
  });
});

describe('formatSize', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1000, '1 kB'],
    [999_600, '1 MB'],
    [58_600_000, '58.6 MB'],
    [3_520_000_000, '3.52 GB']
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  it('VO-50: access_estsize is kbyte of 1000 bytes', () => {
    expect(formatKbytes(58_600)).toBe('58.6 MB');
    expect(formatKbytes(1)).toBe('1 kB');
  });
});

describe('angles', () => {
  it('have five decimals in the record and sexagesimal below', () => {
    expect(formatPosition(55.7467, -32.2862)).toBe('55.74670 \u221232.28620 deg');
    expect(formatPositionSexagesimal(55.7467, -32.2862)).toBe(
      '03:42:59.21 \u221232:17:10.3'
    );
  });

  it('become arcmin and arcsec where they are small', () => {
    expect(formatAngularSize(0.32)).toBe('0.32 deg');
    expect(formatAngularSize(0.05)).toBe('3 arcmin');
    expect(formatAngularSize(0.001)).toBe('3.6 arcsec');
  });
});

describe('times', () => {
  it.each([
    [13.9 * 86400, '13 d'],
    [48 * 3600, '2 d'],
    [48 * 3600 - 1, '47 h 59 min'],
    [7 * 3600 + 12 * 60 + 59, '7 h 12 min'],
    [3600, '1 h 0 min'],
    [3599, '59 min'],
    [6 * 60, '6 min'],
    [120, '2 min'],
    [119.9, '119 s'],
    [58.2, '58 s'],
    [0, '0 s'],
    [-5, '0 s']
  ])('count %s seconds down as %s', (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });

  it('of day are told in UTC', () => {
    expect(formatClock(Date.UTC(2026, 10, 21, 20, 52, 59))).toBe('20:52 UTC');
  });

  it('turn MJD into UTC', () => {
    expect(formatMjd(57657.127881944)).toBe('2016-09-26 03:04:09');
  });

  it('keep the hyphens of dates', () => {
    expect(formatMjd(57657)).toContain('2016-09-26');
  });

  it('name the zone where it matters', () => {
    expect(formatInstant(Date.UTC(2026, 10, 21, 21, 4, 59))).toBe(
      '2026-11-21 21:04 UTC'
    );
  });
});

describe('wavelengths', () => {
  it('take the prefix of their size', () => {
    expect(formatWavelength(6.9e-7)).toBe('690 nm');
    expect(formatWavelength(2.2e-6)).toBe('2.2 µm');
    expect(formatWavelength(1.3e-3)).toBe('1.3 mm');
  });

  it('name a common unit once', () => {
    expect(formatWavelengthRange(6.9e-7, 8.2e-7)).toBe('690\u2013820 nm');
    expect(formatWavelengthRange(9e-7, 2.4e-6)).toBe('900 nm\u20132.4 µm');
    expect(formatWavelengthRange(6.9e-7, 6.9e-7)).toBe('690 nm');
  });
});
