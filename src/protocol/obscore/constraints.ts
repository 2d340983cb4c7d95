import { explainPosition, parsePosition, type IPosition } from '../position.js';
import {
  findSpectralUnit,
  parseSpectral,
  SPECTRAL_UNITS,
  toMetre,
  type ISpectralUnit
} from '../spectral.js';
import { parseTime, type DayEdge } from '../time.js';

import type { FormField, IFormProblem, IObsCoreForm, RadiusUnit } from './form.js';

/** A closed interval; null is no limit. */
export interface IInterval {
  readonly min: number | null;
  readonly max: number | null;
}

/** The form as numbers and lists, ready for a query. */
export interface IConstraints {
  /** Circle in degrees, ICRS. */
  readonly circle: (IPosition & { readonly radius: number }) | null;
  /** MJD. */
  readonly time: IInterval;
  /** Vacuum wavelength, m. */
  readonly wavelength: IInterval;
  readonly collections: readonly string[];
  readonly rowLimit: number;
}

/** Read the fields that are texts; `problems` names those that cannot be understood. */
export function readConstraints(form: IObsCoreForm): {
  constraints: IConstraints;
  problems: readonly IFormProblem[];
} {
  const problems: IFormProblem[] = [];
  const report: Report = (field, message) => {
    problems.push({ field, message });
    return null;
  };
  const constraints = {
    circle: readCircle(form, report),
    time: readTime(form, report),
    wavelength: readWavelength(form, report),
    collections: splitList(form.collections),
    rowLimit: readRowLimit(form.rowLimit, report)
  };
  refuseNul(form, report);
  return { constraints, problems };
}

/** Notes a problem; its null stands for the value that could not be read. */
type Report = (field: FormField, message: string) => null;

/** How many of the unit are a degree. */
const PER_DEGREE: Readonly<Record<RadiusUnit, number>> = {
  deg: 1,
  arcmin: 60,
  arcsec: 3600
};

const EXAMPLE = '204.2538 -29.8658 or 13:37:00.9 -29:51:57';

function readCircle(form: IObsCoreForm, report: Report): IConstraints['circle'] {
  const text = form.position.trim();
  if (text === '') {
    return null;
  }
  const position = parsePosition(text);
  if (position === null) {
    report(
      'position',
      explainPosition(text) ??
        `\u2018${text}\u2019 is not a position, and names are not resolved yet. ` +
          `Type degrees like ${EXAMPLE}.`
    );
  }
  const radius = readRadius(form, report);
  return position === null || radius === null ? null : { ...position, radius };
}

function readRadius(form: IObsCoreForm, report: Report): number | null {
  const text = form.radius.trim();
  const radius = text === '' ? 0 : readNumber(text) / PER_DEGREE[form.radiusUnit];
  if (Number.isNaN(radius)) {
    return report('radius', `\u2018${text}\u2019 is not a number.`);
  }
  if (radius <= 0) {
    return report('radius', 'Radius must be more than 0.');
  }
  return radius > 180 ? report('radius', 'Radius must be at most 180 deg.') : radius;
}

function readTime(form: IObsCoreForm, report: Report): IInterval {
  const min = readMoment(form.from, 'from', 'start', report);
  const max = readMoment(form.until, 'until', 'end', report);
  // A day ends where the next one begins: from the 26th until the 25th holds no moment.
  const ended = max === min && parseTime(form.until) !== max;
  if (min !== null && max !== null && (max < min || ended)) {
    report('until', 'Until is before from.');
  }
  return { min, max };
}

function readMoment(
  text: string,
  field: 'from' | 'until',
  edge: DayEdge,
  report: Report
): number | null {
  if (text.trim() === '') {
    return null;
  }
  return (
    parseTime(text, edge) ??
    report(
      field,
      `\u2018${text.trim()}\u2019 is not a time. Type 2016-09-26 03:04 (UTC) or an MJD.`
    )
  );
}

/**
 * Both limits as wavelengths. A limit is in the unit typed behind its number, without one
 * in the chosen unit; two limits must be of one quantity. The second is the one refused,
 * as it was typed knowing the first.
 */
function readWavelength(form: IObsCoreForm, report: Report): IInterval {
  const from = readSpectral(form, 'wavelengthFrom', report);
  const to = readSpectral(form, 'wavelengthTo', report);
  if (from && to && from.unit.quantity !== to.unit.quantity) {
    report('wavelengthTo', foreignUnit(to.unit.symbol, from.unit));
    return { min: null, max: null };
  }
  // Frequencies and energies fall while wavelengths rise.
  const falling = (from ?? to)?.unit.quantity !== 'wavelength';
  const [min, max] = (falling ? [to, from] : [from, to]).map(limit =>
    limit ? toMetre(limit.value, limit.unit) : null
  );
  if (min !== null && max !== null && max < min) {
    report('wavelengthTo', 'The upper limit is below the lower one.');
  }
  return { min, max };
}

/** A spectral limit as it was given. */
interface ISpectralLimit {
  readonly value: number;
  readonly unit: ISpectralUnit;
}

function readSpectral(
  form: IObsCoreForm,
  field: 'wavelengthFrom' | 'wavelengthTo',
  report: Report
): ISpectralLimit | null {
  const text = form[field].trim();
  if (text === '') {
    return null;
  }
  const typed = parseSpectral(text);
  if (typed === null) {
    return report(field, `\u2018${text}\u2019 is not a number.`);
  }
  const symbol = typed.symbol || form.spectralUnit;
  const unit = findSpectralUnit(symbol);
  if (unit === null) {
    const chosen = findSpectralUnit(form.spectralUnit) ?? SPECTRAL_UNITS[0];
    return report(field, foreignUnit(symbol, chosen));
  }
  return typed.value > 0
    ? { value: typed.value, unit }
    : report(field, `A ${unit.quantity} must be more than 0.`);
}

function foreignUnit(
  symbol: string,
  { quantity, symbol: right }: ISpectralUnit
): string {
  return `${symbol} is no unit of ${quantity}; try ${right}.`;
}

function readRowLimit(limit: number | string, report: Report): number {
  const rows = readNumber(String(limit).replace(/[,\s]/g, ''));
  if (!Number.isSafeInteger(rows) || rows < 1) {
    report('rowLimit', 'Row limit must be a whole number of at least 1.');
  }
  return rows;
}

/** A decimal number, NaN for anything else; `Number` would take `0x10` and blanks. */
function readNumber(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

/** NUL cannot be in an ADQL literal, nor in what most services read. */
function refuseNul(form: IObsCoreForm, report: Report): void {
  for (const field of ['productSubtype', 'collections', 'instrument'] as const) {
    if (form[field].includes('\0')) {
      report(field, 'The text has a character that cannot be searched for.');
    }
  }
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
}
