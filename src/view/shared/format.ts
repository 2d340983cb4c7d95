import { formatDegrees, formatSexagesimal } from '../../protocol/position.js';
import { formatSpectral } from '../../protocol/spectral.js';
import { mjdToIso } from '../../protocol/time.js';

export { shortest } from '../../protocol/shortest.js';

/** Minus sign of numbers on the screen; copies, exports and ADQL keep the ASCII one. */
export const MINUS = '\u2212';

/** What a null looks like; read as “no value”. */
export const NULL_TEXT = '\u2013';

/** A number's text for the screen: every hyphen-minus becomes U+2212. */
export function withMinus(text: string): string {
  return text.replace(/-/g, MINUS);
}

/** A count with thousands commas: `20,000`. */
export function formatCount(value: number): string {
  // By hand: the first Intl formatter of a page takes longer to make than a page of rows.
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A count in few letters, rounded: `48 k`, `2.6 M`; whole below 10,000. */
export function formatShortCount(value: number): string {
  if (value < 9999.5) {
    return formatCount(value);
  }
  const thousands = value / 1000;
  return thousands < 999.5
    ? `${Math.round(thousands)} k`
    : `${Number((value / 1e6).toPrecision(2))} M`;
}

const SIZE_UNITS = ['byte', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A size in bytes, decimal, three significant digits: `58.6 MB`. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 would round to four digits, so it belongs to the next unit.
  while (Math.abs(value) >= 999.5 && unit < SIZE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${withMinus(String(Number(value.toPrecision(3))))} ${SIZE_UNITS[unit]}`;
}

/** `access_estsize` is in kbyte of 1000 bytes (ObsCore 1.1 §3.3.4). */
export function formatKbytes(kbytes: number): string {
  return formatSize(kbytes * 1000);
}

/**
 * Seconds of waiting with one decimal, whole ones from a minute on: `3.9 s`. Below a tenth
 * there are two decimals, because no answer takes `0.0 s`.
 */
export function formatSeconds(seconds: number): string {
  if (seconds >= 60) {
    return `${Math.round(seconds)} s`;
  }
  // From 0.095 on, two decimals would round to a tenth, too.
  const text =
    seconds < 0.095 ? Math.max(seconds, 0.01).toFixed(2) : seconds.toFixed(1);
  return `${text} s`;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A time left, or gone by, rounded down: `13 d` from 48 h on, `7 h 12 min` from 1 h on,
 * `6 min` from 2 min on, `58 s` below.
 */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole >= 2 * DAY) {
    return `${Math.floor(whole / DAY)} d`;
  }
  if (whole >= HOUR) {
    return `${Math.floor(whole / HOUR)} h ${Math.floor((whole % HOUR) / MINUTE)} min`;
  }
  return whole >= 2 * MINUTE ? `${Math.floor(whole / MINUTE)} min` : `${whole} s`;
}

/** A position in degrees with five decimals: `55.74670 −32.28620 deg`. */
export function formatPosition(ra: number, dec: number): string {
  return `${formatDegrees(ra)} ${formatDegrees(dec)} deg`;
}

/** A position in hours and degrees below it: `03:42:59.21 −32:17:10.3`. */
export function formatPositionSexagesimal(ra: number, dec: number): string {
  return formatSexagesimal({ ra, dec });
}

/** An angular size: deg, below 0.1 deg arcmin, below 1 arcmin arcsec. */
export function formatAngularSize(degrees: number): string {
  const size = Math.abs(degrees);
  if (size === 0 || size >= 0.1) {
    return `${significant(degrees, 4)} deg`;
  }
  return size >= 1 / 60
    ? `${significant(degrees * 60, 4)} arcmin`
    : `${significant(degrees * 3600, 4)} arcsec`;
}

/** A vacuum wavelength in m with the SI prefix of its size: `690 nm`, `1.3 mm`. */
export function formatWavelength(metre: number): string {
  return formatSpectral(metre);
}

/** Two wavelengths in m, the unit once where it is the same: `690–820 nm`. */
export function formatWavelengthRange(from: number, until: number): string {
  const [first, second] = [formatSpectral(from), formatSpectral(until)];
  if (first === second) {
    return first;
  }
  const [number, unit] = first.split(' ');
  return second.endsWith(` ${unit}`)
    ? `${number}\u2013${second}`
    : `${first}\u2013${second}`;
}

/** An MJD (UTC) as `2016-09-26 03:04:09`; numbers that are no date stay numbers. */
export function formatMjd(mjd: number): string {
  return withMinusIfNegative(mjdToIso(mjd));
}

/**
 * An instant as `2026-11-21 21:04 UTC`.
 *
 * @param milliseconds - since 1970, UTC
 */
export function formatInstant(milliseconds: number): string {
  const iso = new Date(milliseconds).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/**
 * The time of day of an instant, `20:52 UTC`.
 *
 * @param milliseconds - since 1970, UTC
 */
export function formatClock(milliseconds: number): string {
  return formatInstant(milliseconds).slice(11);
}

/** `count` significant digits at most, U+2212 as minus, no trailing zeros. */
export function significant(value: number, count: number): string {
  return withMinus(String(Number(value.toPrecision(count))));
}

/** Dates contain hyphens that are no minus signs; only a leading one is. */
function withMinusIfNegative(text: string): string {
  return text.startsWith('-') ? MINUS + text.slice(1) : text;
}
