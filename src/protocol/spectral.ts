/** What a spectral coordinate can be given as. */
export type SpectralQuantity = 'wavelength' | 'frequency' | 'energy';

/** A unit of a spectral coordinate. */
export interface ISpectralUnit {
  /** As written in forms: `nm`, `µm`, `GHz`, `keV`. */
  readonly symbol: string;
  readonly quantity: SpectralQuantity;
  /** Size in m, Hz or eV. */
  readonly scale: number;
}

/** Speed of light, m/s (exact). */
const LIGHT = 299_792_458;

/** h·c/e, eV·m (exact constants of the SI of 2019). */
const HC_EV = 1.239841984332002e-6;

/** The units that forms offer. */
export const SPECTRAL_UNITS: readonly ISpectralUnit[] = [
  { symbol: 'nm', quantity: 'wavelength', scale: 1e-9 },
  { symbol: 'Angstrom', quantity: 'wavelength', scale: 1e-10 },
  { symbol: 'µm', quantity: 'wavelength', scale: 1e-6 },
  { symbol: 'mm', quantity: 'wavelength', scale: 1e-3 },
  { symbol: 'cm', quantity: 'wavelength', scale: 1e-2 },
  { symbol: 'm', quantity: 'wavelength', scale: 1 },
  { symbol: 'MHz', quantity: 'frequency', scale: 1e6 },
  { symbol: 'GHz', quantity: 'frequency', scale: 1e9 },
  { symbol: 'THz', quantity: 'frequency', scale: 1e12 },
  { symbol: 'eV', quantity: 'energy', scale: 1 },
  { symbol: 'keV', quantity: 'energy', scale: 1e3 },
  { symbol: 'MeV', quantity: 'energy', scale: 1e6 },
  { symbol: 'GeV', quantity: 'energy', scale: 1e9 }
];

const ALIASES: Readonly<Record<string, string>> = {
  um: 'µm',
  // U+03BC, the Greek letter; the unit above is U+00B5.
  μm: 'µm',
  micron: 'µm',
  Å: 'Angstrom',
  AA: 'Angstrom',
  angstrom: 'Angstrom'
};

/** The unit a person wrote, null when it is none of {@link SPECTRAL_UNITS}. */
export function findSpectralUnit(symbol: string): ISpectralUnit | null {
  const name = ALIASES[symbol.normalize('NFC')] ?? symbol;
  return SPECTRAL_UNITS.find(unit => unit.symbol === name) ?? null;
}

/**
 * A spectral coordinate as vacuum wavelength in m, which ObsCore's `em_*` are. Fifteen
 * digits, so that 700 nm is 7e-7 m and not the double beside it.
 */
export function toMetre(value: number, unit: ISpectralUnit): number {
  return Number(convert(value * unit.scale, unit.quantity).toPrecision(15));
}

/** A vacuum wavelength in m as a number of `unit`. */
export function fromMetre(metre: number, unit: ISpectralUnit): number {
  return convert(metre, unit.quantity) / unit.scale;
}

/** A number with an optional unit: `656.3 nm`, `1.5e-6`. */
export interface ISpectralText {
  readonly value: number;
  /** As typed; empty where none was. */
  readonly symbol: string;
}

/** Take a typed spectral coordinate apart; null when it does not begin with a number. */
export function parseSpectral(text: string): ISpectralText | null {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(\D*)$/i.exec(
    text.trim().replace('\u2212', '-')
  );
  return match && { value: Number(match[1]), symbol: match[2] };
}

/**
 * A vacuum wavelength for the screen with an SI prefix by size, as wavelength, frequency
 * or photon energy: `656.3 nm`, `230.538 GHz`, `6.4 keV`. Six significant digits.
 *
 * @param metre - wavelength in m; 0, infinities and NaN come back as such
 */
export function formatSpectral(
  metre: number,
  quantity: SpectralQuantity = 'wavelength'
): string {
  const value = convert(metre, quantity);
  const base = BASE_UNIT[quantity];
  if (!Number.isFinite(value) || value === 0) {
    return `${value} ${base}`;
  }
  const wanted = Math.floor(Math.log10(Math.abs(value)) / 3) * 3;
  const power = Math.min(18, Math.max(-15, wanted));
  const scaled = Number((value / 10 ** power).toPrecision(6));
  return `${scaled} ${PREFIXES[power / 3 + 5]}${base}`;
}

const BASE_UNIT = { wavelength: 'm', frequency: 'Hz', energy: 'eV' } as const;

/** SI prefixes from 10⁻¹⁵ to 10¹⁸ in steps of 10³. */
const PREFIXES = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** From m to Hz or eV and back: the two directions are the same division. */
function convert(value: number, quantity: SpectralQuantity): number {
  switch (quantity) {
    case 'wavelength':
      return value;
    case 'frequency':
      return LIGHT / value;
    case 'energy':
      return HC_EV / value;
  }
}
