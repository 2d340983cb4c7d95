import {
  columnKey,
  type Criterion,
  type ISearchForm,
  type ITarget,
  type RadiusUnit
} from '../protocol/form.js';
import { findSpectralUnit } from '../protocol/spectral.js';

/** What of a search is kept: ids and what was typed, never an answer. */
export interface ISavedSearch {
  /** Id of the archive; null: the first by rank. */
  readonly archive: string | null;
  /** Name of the table; null: the archive's first. */
  readonly table: string | null;
  /** Fields that are not there keep what they hold. */
  readonly form: Partial<ISearchForm>;
  /** How the values to tick are arranged; anything, to be checked by who takes it over. */
  readonly facets?: unknown;
}

/** Units of the radius, the biggest first. */
export const RADIUS_UNITS: readonly RadiusUnit[] = ['deg', 'arcmin', 'arcsec'];

/** Read a kept search of any origin; whatever is not of the right shape is left out. */
export function readSearch(json: unknown): ISavedSearch {
  const saved = asRecord(json);
  const fields = Object.entries(asRecord(saved.form)).filter(
    ([name, value]) =>
      Object.hasOwn(CHECKS, name) && CHECKS[name as FormFieldName](value)
  );
  return {
    archive: asName(saved.archive),
    table: asName(saved.table),
    form: Object.fromEntries(fields) as Partial<ISearchForm>,
    facets: saved.facets
  };
}

/** Name of a field of the form. */
type FormFieldName = keyof ISearchForm;

const CHECKS: Readonly<Record<FormFieldName, (value: unknown) => boolean>> = {
  position: isText,
  radius: isText,
  radiusUnit: value => RADIUS_UNITS.some(unit => unit === value),
  polygon: isText,
  targets: value => Array.isArray(value) && value.every(isTarget),
  from: isText,
  until: isText,
  wavelengthFrom: isText,
  wavelengthTo: isText,
  spectralUnit: value => isText(value) && findSpectralUnit(value) !== null,
  columns: value =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(
      ([column, criterion]) => column === columnKey(column) && isCriterion(criterion)
    ),
  orderBy: isText,
  descending: value => typeof value === 'boolean',
  rowLimit: value => isText(value) || Number.isFinite(value)
};

function isCriterion(value: unknown): value is Criterion {
  if (Array.isArray(value)) {
    return value.every(item => item === null || isText(item) || Number.isFinite(item));
  }
  const { min, max } = asRecord(value);
  return isText(value) || (isText(min) && isText(max));
}

function isTarget(value: unknown): value is ITarget {
  const { name, ra, dec } = asRecord(value);
  return isText(name) && Number.isFinite(ra) && Number.isFinite(dec);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

function asName(value: unknown): string | null {
  return isText(value) && value !== '' ? value : null;
}
