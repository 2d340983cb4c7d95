import { parsePolygon } from '../polygon.js';
import { explainPosition, parsePosition } from '../position.js';
import {
  findSpectralUnit,
  parseSpectral,
  SPECTRAL_UNITS,
  toMetre,
  type ISpectralUnit
} from '../spectral.js';
import { parseTime, type DayEdge } from '../time.js';

import { readCriteria, type Report } from './criteria.js';
import { targetName } from './form.js';
import { readNumber } from './numbers.js';
import { spellOut } from './outline.js';
import { MOST_CIRCLES, MOST_TARGETS } from './targets.js';
import type { IConstraints, IInterval } from './terms.js';
import type {
  IFormContext,
  IFormProblem,
  IFormProfile,
  ISearchForm,
  ITarget,
  RadiusUnit
} from './types.js';

/** Read the fields that are texts; `problems` names those that cannot be understood. */
export function readConstraints(
  typed: ISearchForm,
  profile: IFormProfile,
  context: IFormContext = {}
): {
  constraints: IConstraints;
  problems: readonly IFormProblem[];
} {
  const problems: IFormProblem[] = [];
  const report: Report = (field, message) => {
    problems.push({ field, message });
    return null;
  };
  const { form, problem } = spellOut(typed);
  if (problem) {
    report(problem.field, problem.message);
  }
  const constraints = {
    circle: readCircle(form, context, report),
    polygon: readPolygon(form, context, report),
    targetRadius: readTargets(form, context, report),
    time: readTime(form, report),
    wavelength: readWavelength(form, report),
    columns: readCriteria(form, profile, report),
    rowLimit: readRowLimit(form.rowLimit, report)
  };
  refuseForeign(typed, profile, report);
  return { constraints, problems };
}

/** How many of the unit are a degree. */
const PER_DEGREE: Readonly<Record<RadiusUnit, number>> = {
  deg: 1,
  arcmin: 60,
  arcsec: 3600
};

const EXAMPLE = '204.2538 -29.8658 or 13:37:00.9 -29:51:57';

function readCircle(
  form: ISearchForm,
  { resolved }: IFormContext,
  report: Report
): IConstraints['circle'] {
  const text = form.position.trim();
  if (text === '') {
    return null;
  }
  const name = targetName(form);
  const position = name === null ? parsePosition(text) : (resolved?.get(name) ?? null);
  if (position === null) {
    report('position', explainPosition(text) ?? unresolved(text));
  }
  const radius = readRadius(form, report);
  const { ra, dec } = position ?? {};
  return ra === undefined || dec === undefined || radius === null
    ? null
    : { ra, dec, radius };
}

function unresolved(name: string): string {
  return (
    `\u2018${name}\u2019 is not a position, and no resolver was asked for it. ` +
    `Type degrees like ${EXAMPLE}.`
  );
}

function readPolygon(
  form: ISearchForm,
  { geometry }: IFormContext,
  report: Report
): IConstraints['polygon'] {
  if (form.polygon.trim() === '') {
    return null;
  }
  if (form.position.trim() !== '') {
    return report('polygon', 'Give a position or a polygon, not both.');
  }
  if (geometry && !geometry.has('POLYGON')) {
    return report('polygon', 'This service cannot search in a polygon.');
  }
  const read = parsePolygon(form.polygon);
  return 'problem' in read ? report('polygon', read.problem) : read.corners;
}

function readTargets(
  form: ISearchForm,
  { uploads }: IFormContext,
  report: Report
): number | null {
  const { targets } = form;
  if (targets.length === 0) {
    return null;
  }
  if (form.position.trim() !== '' || form.polygon.trim() !== '') {
    return report('targets', 'Give a list of targets or a place, not both.');
  }
  const lost = targets.find(({ ra, dec }) => !isOnSky(ra, dec));
  if (lost) {
    return report('targets', `${lost.name} has no position on the sky.`);
  }
  const most = uploads === 0 ? MOST_CIRCLES : MOST_TARGETS;
  if (targets.length > most) {
    return report(
      'targets',
      `At most ${most} targets can be searched in this service.`
    );
  }
  return readRadius(form, report);
}

function isOnSky(ra: number, dec: number): boolean {
  return ra >= 0 && ra <= 360 && Math.abs(dec) <= 90;
}

function readRadius(form: ISearchForm, report: Report): number | null {
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

function readTime(form: ISearchForm, report: Report): IInterval {
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
function readWavelength(form: ISearchForm, report: Report): IInterval {
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
  form: ISearchForm,
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

/** What the table cannot be asked is a problem at the first field that asks for it. */
function refuseForeign(form: ISearchForm, profile: IFormProfile, report: Report): void {
  const axes = [
    [profile.position, ['position', 'polygon', 'targets'], 'positions'],
    [profile.time, ['from', 'until'], 'times'],
    [profile.spectral, ['wavelengthFrom', 'wavelengthTo'], 'wavelengths']
  ] as const;
  for (const [axis, fields, things] of axes) {
    const asked = fields.find(field => isTyped(form[field]));
    if (axis === null && asked !== undefined) {
      report(asked, `This table has no ${things} to search by.`);
    }
  }
}

function isTyped(value: string | readonly ITarget[]): boolean {
  return typeof value === 'string' ? value.trim() !== '' : value.length > 0;
}
