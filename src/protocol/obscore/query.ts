import {
  formatNumber,
  quoteColumnName,
  quoteLiteral,
  quoteTableName,
  unquoteName
} from '../adql/index.js';

import { readConstraints, type IConstraints, type IInterval } from './constraints.js';
import { FormError, NO_PRODUCT_TYPE } from './form.js';
import type { FormField, IFormProblem, IObsCoreForm } from './form.js';

/** What must lie in the searched circle: the centre of a field, or any part of it. */
export type Region = 'center' | 's_region';

/** What a service's table allows. */
export interface IObsCoreQueryOptions {
  /** Columns of the table, any case; without it every ObsCore column is taken to exist. */
  readonly columns?: readonly string[];
  /**
   * `center` works everywhere and is the default; `s_region` needs INTERSECTS, which the
   * capabilities of the service must list.
   */
  readonly region?: Region;
}

/** A query a form stands for. */
export interface IObsCoreQuery {
  /** Without TOP: a TOP equal to MAXREC would hide that the service has more (TAP 1.1 §2.7.4). */
  readonly adql: string;
  /** The form's row limit, sent as MAXREC. */
  readonly maxrec: number;
}

/**
 * What is wrong with a form, in the order of its fields; empty when it can be searched.
 * A constraint on a column that the table lacks is a problem.
 */
export function validateForm(
  form: IObsCoreForm,
  options: IObsCoreQueryOptions = {}
): readonly IFormProblem[] {
  const { constraints, problems } = readConstraints(form);
  return [...problems, ...missingColumns(form, constraints, options)];
}

/**
 * The ADQL a form stands for: one constraint a line, for a person to read and edit.
 *
 * @param table - name of the table as TAP_SCHEMA gives it
 * @throws {@link FormError} for fields that cannot be understood or searched
 */
export function buildObsCoreQuery(
  form: IObsCoreForm,
  table = 'ivoa.ObsCore',
  options: IObsCoreQueryOptions = {}
): IObsCoreQuery {
  const problems = validateForm(form, options);
  if (problems.length > 0) {
    throw new FormError(problems);
  }
  const { constraints } = readConstraints(form);
  const names = columnNames(options.columns);
  const conditions = buildConditions(
    form,
    constraints,
    names,
    options.region ?? 'center'
  );
  const lines = ['SELECT *', `FROM ${quoteTableName(table)}`];
  conditions.forEach((condition, index) => {
    lines.push(`${index === 0 ? 'WHERE' : '  AND'} ${condition}`);
  });
  if (form.orderBy !== '') {
    lines.push(`ORDER BY ${names(form.orderBy)}${form.descending ? ' DESC' : ''}`);
  }
  return { adql: lines.join('\n'), maxrec: constraints.rowLimit };
}

/** Name of a column as it goes into ADQL: the service's own spelling. */
type Names = (column: string) => string;

function columnNames(columns: readonly string[] = []): Names {
  const known = new Map(columns.map(name => [plainName(name), name]));
  return column => quoteColumnName(known.get(plainName(column)) ?? column);
}

function plainName(name: string): string {
  return unquoteName(name).toLowerCase();
}

function buildConditions(
  form: IObsCoreForm,
  constraints: IConstraints,
  names: Names,
  region: Region
): readonly string[] {
  const { circle, time, wavelength, collections } = constraints;
  return [
    circle && insideCircle(circle, names, region),
    ...overlap(time, names('t_min'), names('t_max')),
    ...overlap(wavelength, names('em_min'), names('em_max')),
    oneOfTypes(form.productTypes, names('dataproduct_type')),
    matches(form.productSubtype, names('dataproduct_subtype')),
    oneOf(form.calibLevels.map(formatNumber), names('calib_level')),
    oneOf(collections.map(quoteLiteral), names('obs_collection')),
    matches(form.instrument, names('instrument_name'))
  ].filter(condition => condition !== null);
}

/** ADQL 2.1 §4.2; the frame is `ICRS`, which every version of ADQL accepts. */
function insideCircle(
  circle: NonNullable<IConstraints['circle']>,
  names: Names,
  region: Region
): string {
  const numbers = [circle.ra, circle.dec, circle.radius].map(formatNumber).join(', ');
  const shape = `CIRCLE('ICRS', ${numbers})`;
  return region === 's_region'
    ? `INTERSECTS(${names('s_region')}, ${shape}) = 1`
    : `CONTAINS(POINT('ICRS', ${names('s_ra')}, ${names('s_dec')}), ${shape}) = 1`;
}

/** Rows whose interval shares at least a point with the wanted one. */
function overlap(wanted: IInterval, lower: string, upper: string): readonly string[] {
  return [
    ...(wanted.min === null ? [] : [`${upper} >= ${formatNumber(wanted.min)}`]),
    ...(wanted.max === null ? [] : [`${lower} <= ${formatNumber(wanted.max)}`])
  ];
}

function oneOf(literals: readonly string[], column: string): string | null {
  switch (literals.length) {
    case 0:
      return null;
    case 1:
      return `${column} = ${literals[0]}`;
    default:
      return `${column} IN (${literals.join(', ')})`;
  }
}

function oneOfTypes(types: readonly string[], column: string): string | null {
  const known = oneOf(
    types.filter(type => type !== NO_PRODUCT_TYPE).map(quoteLiteral),
    column
  );
  if (!types.includes(NO_PRODUCT_TYPE)) {
    return known;
  }
  const none = `${column} IS NULL`;
  return known === null ? none : `(${known} OR ${none})`;
}

/** Equal, or LIKE when a wildcard was typed; `_` alone is too common in names to be one. */
function matches(text: string, column: string): string | null {
  const wanted = text.trim();
  if (wanted === '') {
    return null;
  }
  return /[%*]/.test(wanted)
    ? `${column} LIKE ${quoteLiteral(wanted.replaceAll('*', '%'))}`
    : `${column} = ${quoteLiteral(wanted)}`;
}

function missingColumns(
  form: IObsCoreForm,
  constraints: IConstraints,
  { columns, region }: IObsCoreQueryOptions
): readonly IFormProblem[] {
  if (columns === undefined) {
    return [];
  }
  const known = new Set(columns.map(plainName));
  return neededColumns(form, constraints, region ?? 'center')
    .filter(([, column]) => !known.has(plainName(column)))
    .map(([field, column]) => ({ field, message: `This service has no ${column}.` }));
}

/** Which columns a form's constraints touch, each with the field that asks for it. */
function neededColumns(
  form: IObsCoreForm,
  constraints: IConstraints,
  region: Region
): readonly (readonly [FormField, string])[] {
  const { circle, time, wavelength, collections } = constraints;
  const needs: readonly (readonly [unknown, FormField, string])[] = [
    [circle && region === 's_region', 'position', 's_region'],
    [circle && region === 'center', 'position', 's_ra'],
    [circle && region === 'center', 'position', 's_dec'],
    [time.min !== null, 'from', 't_max'],
    [time.max !== null, 'until', 't_min'],
    [wavelength.min !== null, 'wavelengthFrom', 'em_max'],
    [wavelength.max !== null, 'wavelengthTo', 'em_min'],
    [form.productTypes.length, 'productTypes', 'dataproduct_type'],
    [form.productSubtype.trim(), 'productSubtype', 'dataproduct_subtype'],
    [form.calibLevels.length, 'calibLevels', 'calib_level'],
    [collections.length, 'collections', 'obs_collection'],
    [form.instrument.trim(), 'instrument', 'instrument_name'],
    [form.orderBy, 'orderBy', form.orderBy]
  ];
  return needs
    .filter(([wanted]) => Boolean(wanted))
    .map(([, field, column]) => [field, column] as const);
}
