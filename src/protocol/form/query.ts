import { FormError } from './form.js';
import { columnKey, withoutColumn } from './profile.js';
import { sliceTargets, uploadsOf, type ITargetUpload } from './targets.js';
import { columnNames, translate, type ITranslation } from './translate.js';
import type { IFormContext, IFormProfile, ISearchForm } from './types.js';

/** A query a form stands for. */
export interface IFormQuery {
  /** Without TOP: a TOP equal to MAXREC would hide that the service has more (TAP 1.1 §2.7.4). */
  readonly adql: string;
  /** The form's row limit, sent as MAXREC. */
  readonly maxrec: number;
  /** Tables that go along. */
  readonly uploads?: readonly ITargetUpload[];
}

/**
 * The ADQL a form stands for: one constraint a line, for a person to read and edit. A list
 * of targets goes along whole; see {@link buildFormQueries}.
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
  const { all, lines, maxrec } = translated(form, profile, context);
  const order = columnNames(context.columns);
  const ordered =
    form.orderBy === ''
      ? []
      : [`ORDER BY ${order(form.orderBy)}${form.descending ? ' DESC' : ''}`];
  return {
    adql: [`SELECT ${all}`, ...lines(table), ...ordered].join('\n'),
    maxrec,
    ...uploadsOf(form, context)
  };
}

/**
 * The queries a form stands for: more than one where its targets go in slices.
 *
 * @throws {@link FormError} as for {@link buildFormQuery}
 */
export function buildFormQueries(
  form: ISearchForm,
  profile: IFormProfile,
  table: string,
  context: IFormContext = {}
): readonly IFormQuery[] {
  // What is wrong with the whole list is not seen in its parts.
  translated(form, profile, context);
  return sliceTargets(form, context).map(slice =>
    buildFormQuery(slice, profile, table, context)
  );
}

/**
 * One row: how many rows the form finds (`n_rows`) and, where the table has sizes, how many
 * of them tell theirs (`n_sized`) and the sum of these in the column's unit (`sum_size`).
 *
 * @throws {@link FormError} as for {@link buildFormQuery}, and for targets in slices
 */
export function buildCostQuery(
  form: ISearchForm,
  profile: IFormProfile,
  table: string,
  context: IFormContext = {}
): IFormQuery {
  refuseSlices(form, context);
  const { lines, names } = translated(form, profile, context);
  const size = sizeColumn(profile, context);
  const sums =
    size === null
      ? []
      : [
          `COUNT(${names(size)}) AS n_sized`,
          // DaCHS takes the sum of an integer column for an integer, which it may not be.
          `SUM(1.0 * ${names(size)}) AS sum_size`
        ];
  const select = `SELECT ${['COUNT(*) AS n_rows', ...sums].join(', ')}`;
  return {
    adql: [select, ...lines(table)].join('\n'),
    maxrec: COST_ROWS,
    ...uploadsOf(form, context)
  };
}

/**
 * The values of a column and how many rows have each (`n_rows`), most first, among the
 * rows that everything in the form but the column's own criterion leaves. Rows without a
 * value are one of the groups.
 *
 * @throws {@link FormError} as for {@link buildCostQuery}
 */
export function buildFacetQuery(
  form: ISearchForm,
  profile: IFormProfile,
  table: string,
  column: string,
  context: IFormContext = {}
): IFormQuery {
  refuseSlices(form, context);
  const others = withoutColumn(form, column);
  const { lines, names } = translated(others, profile, context);
  const name = names(column);
  const counted = [
    `SELECT ${name}, COUNT(*) AS n_rows`,
    ...lines(table),
    `GROUP BY ${name}`,
    'ORDER BY n_rows DESC'
  ];
  return {
    adql: counted.join('\n'),
    maxrec: FACET_ROWS,
    ...uploadsOf(form, context)
  };
}

function translated(
  form: ISearchForm,
  profile: IFormProfile,
  context: IFormContext
): ITranslation {
  const made = translate(form, profile, context);
  if (made.problems.length > 0) {
    throw new FormError(made.problems);
  }
  return made;
}

/** Counts of slices do not add up: a row may be near targets of several. */
function refuseSlices(form: ISearchForm, context: IFormContext): void {
  if (sliceTargets(form, context).length > 1) {
    const message = 'A list of targets that goes in several parts is not counted.';
    throw new FormError([{ field: 'targets', message }]);
  }
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
