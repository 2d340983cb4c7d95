import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mjdToIso, parseTime } from '../../../src/protocol/time.js';

describe('parseTime', () => {
  it.each([
    ['2016-09-26T03:04:09', 57657.12788194444],
    ['2016-09-26 03:04:09Z', 57657.12788194444],
    ['2016-09-26 03:04:09 UTC', 57657.12788194444],
    ['2016-09-26 03:04', 57657.12777777778],
    ['2016-09-26T03:04:09.500', 57657.12788773148],
    ['1858-11-17T00:00:00', 0],
    [' 57657.5 ', 57657.5],
    ['2000-01-01T12:00:00', 51544.5]
  ])('reads %s', (text, mjd) => {
    expect(parseTime(text)).toBeCloseTo(mjd, 9);
  });

  it('takes a date for its whole day', () => {
    expect(parseTime('2016-09-26')).toBe(57657);
    expect(parseTime('2016-09-26', 'end')).toBe(57658);
    expect(parseTime('2016-09-26 00:00', 'end')).toBe(57657);
  });

  it.each([
    [''],
    ['yesterday'],
    ['2016'],
    ['2016-13-01'],
    ['2015-02-29'],
    ['2016-09-26 24:00'],
    ['2016-09-26 03:60'],
    ['26.9.2016'],
    ['2016-09-26T03:04:09+02:00']
  ])('takes %j for no time', text => {
    expect(parseTime(text)).toBeNull();
  });
});

describe('mjdToIso', () => {
  it('rounds to the second', () => {
    expect(mjdToIso(57657.12788194444)).toBe('2016-09-26 03:04:09');
    expect(mjdToIso(57657.999999)).toBe('2016-09-27 00:00:00');
  });

  it('gives numbers that are no date back', () => {
    expect(mjdToIso(Number.NaN)).toBe('NaN');
    expect(mjdToIso(1e300)).toBe('1e+300');
  });

  it('is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90_000 * 86_400 }), seconds => {
        expect(parseTime(mjdToIso(seconds / 86_400))).toBeCloseTo(seconds / 86_400, 8);
      })
    );
  });
});
