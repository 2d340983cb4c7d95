import { findSpectralUnit } from '../protocol/spectral.js';
import type { IVOTableField } from '../protocol/votable/types.js';

/**
 * What the cells of a column measure, where they can be shown in several units.
 *
 * - `ra`, `dec`: an equatorial coordinate in degrees
 * - `days`: a moment as a number of days; `mjd` where they are known to count as MJD does
 * - `timestamp`: a moment as ISO 8601 text
 * - `wavelength`: a length in `scale` m
 * - `bytes`: a size in `scale` byte
 */
export type Quantity =
  | { readonly kind: 'ra' | 'dec' | 'days' | 'mjd' | 'timestamp' }
  | { readonly kind: 'wavelength' | 'bytes'; readonly scale: number };

/** What of a column tells what it measures. */
export type IMeasured = Pick<
  IVOTableField,
  'name' | 'datatype' | 'arraysize' | 'unit' | 'ucd' | 'xtype'
>;

/**
 * UCDs that columns of ObsCore 1.1 (table 5) have, by name: for services that do not give
 * them. The units are those of the standard, too.
 */
const OBSCORE: ReadonlyMap<string, { readonly ucd: string; readonly unit: string }> =
  new Map([
    ['s_ra', { ucd: 'pos.eq.ra', unit: 'deg' }],
    ['s_dec', { ucd: 'pos.eq.dec', unit: 'deg' }],
    ['t_min', { ucd: 'time.start;obs.exposure', unit: 'd' }],
    ['t_max', { ucd: 'time.end;obs.exposure', unit: 'd' }],
    ['em_min', { ucd: 'em.wl;stat.min', unit: 'm' }],
    ['em_max', { ucd: 'em.wl;stat.max', unit: 'm' }],
    ['access_estsize', { ucd: 'phys.size;meta.file', unit: 'kbyte' }]
  ]);

/** Words of UCD 1+ that are a moment, not a span of time. */
const MOMENT = /^time(?:\.(?:start|end|epoch|release|creation|processing))?$/;

/** The xtypes of moments: DALI 1.1 §3.3.3, and what came before it. */
const TIMESTAMP = /^(?:adql:)?timestamp$/i;

const BYTES: Readonly<Record<string, number>> = {
  byte: 1,
  kbyte: 1e3,
  kb: 1e3,
  mbyte: 1e6,
  gbyte: 1e9
};

const NUMBERS = ['unsignedByte', 'short', 'int', 'long', 'float', 'double'];

/** What a column measures, by unit and UCD; null where there is but one way to show it. */
export function quantityOf(field: IMeasured): Quantity | null {
  const own = OBSCORE.get(field.name.toLowerCase());
  const word = firstWord(field.ucd ?? own?.ucd);
  const isMjd = own !== undefined || field.xtype?.toLowerCase() === 'mjd';
  if (field.datatype === 'char' || field.datatype === 'unicodeChar') {
    const isMoment = TIMESTAMP.test(field.xtype ?? '') || MOMENT.test(word);
    return isMoment ? { kind: 'timestamp' } : null;
  }
  const isNumber = NUMBERS.includes(field.datatype) && isScalar(field);
  return isNumber ? numberOf(word, field.unit?.trim() || own?.unit, isMjd) : null;
}

/** What a UCD 1+ is about, before its qualifiers. */
function firstWord(ucd = ''): string {
  return ucd.toLowerCase().split(';')[0];
}

/** @param isKnown - a number of days is known to be an MJD */
function numberOf(word: string, unit = '', isKnown = false): Quantity | null {
  if (unit === 'deg' && (word === 'pos.eq.ra' || word === 'pos.eq.dec')) {
    return { kind: word === 'pos.eq.ra' ? 'ra' : 'dec' };
  }
  if (unit === 'd' && MOMENT.test(word)) {
    return { kind: isKnown ? 'mjd' : 'days' };
  }
  const spectral = word === 'em.wl' || word.startsWith('em.wl.');
  const length = spectral ? findSpectralUnit(unit) : null;
  if (length?.quantity === 'wavelength') {
    return { kind: 'wavelength', scale: length.scale };
  }
  const scale = word === 'phys.size' ? BYTES[unit.toLowerCase()] : undefined;
  return scale === undefined ? null : { kind: 'bytes', scale };
}

function isScalar({ arraysize }: IMeasured): boolean {
  return arraysize === null || arraysize === '1';
}
