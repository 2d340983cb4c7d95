import { quoteColumnName, quoteTableName } from '../adql/index.js';

import { buildConditions, type ICondition, type Names } from './conditions.js';
import { readConstraints } from './constraints.js';
import { FormError, type IFormProblem } from './form.js';
import { columnKey, withoutColumn } from './profile.js';
import type { FormPlace, IFormContext, IFormProfile, ISearchForm } from './types.js';

/** A query a form stands for. */
export interface IFormQuery {
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
  form: ISearchForm,
  profile: IFormProfile,
  context: IFormContext = {}
): readonly IFormProblem[] {
  return translate(form, profile, context).problems;
}

/**
 * The ADQL a form stands for: one constraint a line, for a person to read and edit.
 *
 * @param table - name of the table as TAP_SCHEMA gives it
 * @throws {@link FormError} for fields that cannot be understood or searched
 */
export function buildFormQuery(
  form: ISearchForm,
  profile: IFormProfile,
  table: string,
  context: IFormContext = {}
): IFormQuery {
  const { conditions, maxrec, names, problems } = translate(form, profile, context);
  if (problems.length > 0) {
    throw new FormError(problems);
  }
  const lines = ['SELECT *', `FROM ${quoteTableName(table)}`, ...where(conditions)];
  if (form.orderBy !== '') {
    lines.push(`ORDER BY ${names(form.orderBy)}${form.descending ? ' DESC' : ''}`);
  }
  return { adql: lines.join('\n'), maxrec };
}

/**
 * One row: how many rows the form finds (`n_rows`) and, where the table has sizes, how many
 * of them tell theirs (`n_sized`) and the sum of these in the column's unit (`sum_size`).
 *
 * @throws {@link FormError} as for {@link buildFormQuery}
 */
export function buildCostQuery(
  form: ISearchForm,
  profile: IFormProfile,
  table: string,
  context: IFormContext = {}
): IFormQuery {
  const { conditions, names, problems } = translate(form, profile, context);
  if (problems.length > 0) {
    throw new FormError(problems);
  }
  const size = sizeColumn(profile, context);
  const sums =
    size === null
      ? []
      : [`COUNT(${names(size)}) AS n_sized`, `SUM(${names(size)}) AS sum_size`];
  const select = `SELECT ${['COUNT(*) AS n_rows', ...sums].join(', ')}`;
  return {
    adql: [select, `FROM ${quoteTableName(table)}`, ...where(conditions)].join('\n'),
    maxrec: COST_ROWS
  };
}

/**
 * The values of a column and how many rows have each (`n_rows`), most first, among the
 * rows that everything in the form but the column's own criterion leaves. Rows without a
 * value are one of the groups.
 *
 * @throws {@link FormError} as for {@link buildFormQuery}
 */
export function buildFacetQuery(
  form: ISearchForm,
  profile: IFormProfile,
  table: string,
  column: string,
  context: IFormContext = {}
): IFormQuery {
  const translated = translate(withoutColumn(form, column), profile, context);
  const { conditions, names, problems } = translated;
  if (problems.length > 0) {
    throw new FormError(problems);
  }
  const name = names(column);
  const lines = [
    `SELECT ${name}, COUNT(*) AS n_rows`,
    `FROM ${quoteTableName(table)}`,
    ...where(conditions),
    `GROUP BY ${name}`,
    'ORDER BY n_rows DESC'
  ];
  return { adql: lines.join('\n'), maxrec: FACET_ROWS };
}

/** One row is expected; some services call an answer cut that has as many as MAXREC. */
const COST_ROWS = 2;

/** Values of a facet beyond these are too many to choose from. */
const FACET_ROWS = 500;

/** The column with sizes; null where the table has none. */
function sizeColumn({ size }: IFormProfile, { columns }: IFormContext): string | null {
  const known = columns?.map(columnKey);
  return size !== null && (known?.includes(columnKey(size.column)) ?? true)
    ? size.column
    : null;
}

/** A form in the terms of ADQL. */
interface ITranslation {
  readonly conditions: readonly ICondition[];
  readonly maxrec: number;
  readonly names: Names;
  readonly problems: readonly IFormProblem[];
}

function translate(
  form: ISearchForm,
  profile: IFormProfile,
  context: IFormContext
): ITranslation {
  const { constraints, problems } = readConstraints(form, profile, context);
  const names = columnNames(context.columns);
  const conditions = buildConditions(constraints, profile, names, context);
  return {
    conditions,
    maxrec: constraints.rowLimit,
    names,
    problems: [...problems, ...missingColumns(form, conditions, context)]
  };
}

function where(conditions: readonly ICondition[]): readonly string[] {
  return conditions.map(
    ({ adql }, index) => `${index === 0 ? 'WHERE' : '  AND'} ${adql}`
  );
}

function columnNames(columns: readonly string[] = []): Names {
  const known = new Map(columns.map(name => [columnKey(name), name]));
  return column => quoteColumnName(known.get(columnKey(column)) ?? column);
}

/** Columns that the conditions and the order touch and that the table lacks. */
function missingColumns(
  form: ISearchForm,
  conditions: readonly ICondition[],
  { columns }: IFormContext
): readonly IFormProblem[] {
  if (columns === undefined) {
    return [];
  }
  const known = new Set(columns.map(columnKey));
  const order: readonly (readonly [FormPlace, string])[] =
    form.orderBy === '' ? [] : [['orderBy', form.orderBy]];
  const touched = conditions.flatMap(({ place, columns: used }) =>
    used.map(column => [place, column] as const)
  );
  return [...touched, ...order]
    .filter(([, column]) => !known.has(columnKey(column)))
    .map(([field, column]) => ({ field, message: `This service has no ${column}.` }));
}
