import { describe, expect, it } from 'vitest';

import { resultColumns } from '../../../../../src/view/results/columns.js';
import { parseRange } from '../../../../../src/view/results/filter/bounds.js';
import { field } from '../support.js';

const range = (made: ReturnType<typeof field>, from: string, until = '') =>
  parseRange(resultColumns([made])[0], from, until);

const SECOND = 1 / 86_400;

describe('a range of numbers', () => {
  const double = field('x', 'double');

  it('is open where nothing is typed', () => {
    expect(range(double, '', ' ')).toEqual({
      min: null,
      max: null,
      from: null,
      until: null
    });
  });

  it('takes both minus signs, commas and exponents', () => {
    expect(range(double, '\u22121,000.5', '-1e2')).toMatchObject({
      min: -1000.5,
      max: -100
    });
  });

  it('says what is no number, and which end is wrong', () => {
    expect(range(double, 'abc', '3')).toMatchObject({ from: 'number', until: null });
    expect(range(double, '5', '3')).toMatchObject({ min: null, until: 'order' });
  });

  it('means the 32-bit float that is shown as the number', () => {
    const { min, max } = range(field('x', 'float'), '0.1', '0.1');
    const stored = Math.fround(0.1);
    expect([min, max]).toEqual([stored, stored]);
  });

  it('keeps every digit of a long, and rounds into the range', () => {
    const long = field('x', 'long');
    expect(range(long, '9007199254740993').min).toBe(9007199254740993n);
    expect(range(long, '1.5', '2.5')).toMatchObject({ min: 2, max: 2 });
  });
});

describe('a range of times', () => {
  const time = field('t_min', 'double', { unit: 'd' });

  it('holds what is shown to be in it, to the second', () => {
    const stored = 57657.127881944;
    const { min, max } = range(time, '2016-09-26 03:04:09', '2016-09-26 03:04:09');
    expect(Number(min)).toBeLessThan(stored);
    expect(Number(max)).toBeGreaterThan(stored);
    expect(Number(max) - Number(min)).toBeLessThan(1.01 * SECOND);
  });

  it('takes a date as the whole day, and an MJD as it is', () => {
    const { min, max } = range(time, '2016-09-26', '2016-09-26');
    expect(Number(min)).toBeCloseTo(57657, 4);
    expect(Number(max)).toBeLessThan(57658);
    expect(Number(max)).toBeGreaterThan(57658 - 2 * SECOND);
    expect(range(time, '57657.5').min).toBe(57657.5);
  });

  it('refuses what is no time', () => {
    expect(range(time, '2016-13-01').from).toBe('time');
  });
});

describe('a range with units', () => {
  const wavelength = field('em_min', 'double', { unit: 'm' });
  const size = field('access_estsize', 'long', { unit: 'kbyte' });

  it('takes wavelengths, frequencies and energies', () => {
    expect(range(wavelength, '600 nm', '0.7 µm')).toMatchObject({
      min: 6e-7,
      max: 7e-7
    });
    const { min, max } = range(wavelength, '200 GHz', '300 GHz');
    expect(Number(min)).toBeCloseTo(0.000999308, 9);
    expect(Number(max)).toBeCloseTo(0.001498962, 9);
    expect(range(wavelength, '200 GHz')).toMatchObject({ min: null });
  });

  it('asks for the unit that is missing', () => {
    expect(range(wavelength, '656').from).toBe('spectral');
    expect(range(size, '656').from).toBe('size');
  });

  it('takes sizes as they are shown', () => {
    expect(range(size, '58.6 MB', '1.2 GB')).toMatchObject({ min: 58600, max: 1.2e6 });
  });
});
