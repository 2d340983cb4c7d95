import { formatNumber } from '../adql/index.js';
import { EMPTY_FORM } from './form.js';
import { findSpectralUnit, fromMetre, SPECTRAL_UNITS, toMetre } from '../spectral.js';

/** Units that columns of wavelengths are in, in m. */
const METRES: Readonly<Record<string, number>> = {
  m: 1,
  um: 1e-6,
  nm: 1e-9,
  Angstrom: 1e-10
};

/** A vacuum wavelength in m as a number of a column's unit. */
export function wavelengthLiteral(metre: number, unit: string): string {
  return formatNumber(rounded(metre / (METRES[unit] ?? 1)));
}

/** A wavelength in a column's unit as it is typed: in the form's usual unit, or in m. */
export function wavelengthTyped(value: number, unit: string): string {
  const metre = rounded(value * (METRES[unit] ?? 1));
  const usual = findSpectralUnit(EMPTY_FORM.spectralUnit) ?? SPECTRAL_UNITS[0];
  const typed = rounded(fromMetre(metre, usual));
  return toMetre(typed, usual) === metre ? String(typed) : `${metre} m`;
}

/** Fifteen digits, so that units change without noise in the last one. */
function rounded(value: number): number {
  return Number(value.toPrecision(15));
}
