import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  findSpectralUnit,
  formatSpectral,
  fromMetre,
  parseSpectral,
  SPECTRAL_UNITS,
  toMetre,
  type ISpectralUnit
} from '../../../src/protocol/spectral.js';

function unit(symbol: string): ISpectralUnit {
  const found = findSpectralUnit(symbol);
  expect(found).not.toBeNull();
  return found!;
}

describe('spectral units', () => {
  it.each([
    [656.28, 'nm', 6.5628e-7],
    [6562.8, 'Angstrom', 6.5628e-7],
    [6562.8, 'Å', 6.5628e-7],
    [2.2, 'um', 2.2e-6],
    [2.2, 'µm', 2.2e-6],
    [2.2, 'μm', 2.2e-6],
    [230.538, 'GHz', 1.3004036558e-3],
    [1420.40575, 'MHz', 0.2110611408],
    [1, 'THz', 2.99792458e-4],
    [6.4, 'keV', 1.9372531e-10],
    [511e-3, 'MeV', 2.42630525e-12]
  ])('%d %s is %d m', (value, symbol, metre) => {
    expect(toMetre(value, unit(symbol)) / metre).toBeCloseTo(1, 7);
  });

  it('knows no others, and keeps mm and Mm, MeV and meV apart', () => {
    expect(['parsec', '', 'Mm', 'meV', 'constructor'].map(findSpectralUnit)).toEqual(
      Array(5).fill(null)
    );
  });

  it('goes to metres and back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.constantFrom(...SPECTRAL_UNITS),
        (value, one) => {
          expect(fromMetre(toMetre(value, one), one) / value).toBeCloseTo(1, 12);
        }
      )
    );
  });
});

describe('parseSpectral', () => {
  it.each([
    ['656.3 nm', 656.3, 'nm'],
    ['1.5e-6', 1.5e-6, ''],
    ['230GHz', 230, 'GHz'],
    ['.5 keV', 0.5, 'keV']
  ])('takes %s apart', (text, value, symbol) => {
    expect(parseSpectral(text)).toEqual({ value, symbol });
  });

  it.each([[''], ['nm'], ['about 5 nm'], ['5 nm 3']])('cannot read %j', text => {
    expect(parseSpectral(text)).toBeNull();
  });
});

describe('formatSpectral', () => {
  it.each([
    [6.563e-7, 'wavelength', '656.3 nm'],
    [2.2e-6, 'wavelength', '2.2 µm'],
    [1.3004e-3, 'wavelength', '1.3004 mm'],
    [0.2110611406, 'wavelength', '211.061 mm'],
    [1.3004036558e-3, 'frequency', '230.538 GHz'],
    [1.9372531e-10, 'energy', '6.4 keV'],
    [0, 'wavelength', '0 m'],
    [Number.NaN, 'frequency', 'NaN Hz']
  ] as const)('%d m as %s is %s', (metre, quantity, text) => {
    expect(formatSpectral(metre, quantity)).toBe(text);
  });
});
