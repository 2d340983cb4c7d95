import { quoteColumnName, quoteTableName } from '../adql/index.js';

import { buildConditions } from './conditions.js';
import { readConstraints } from './constraints.js';
import { columnKey } from './profile.js';
import { aroundTargets, joinsTargets, TARGET_COLUMN, TARGETS } from './targets.js';
import type { ICondition, Names } from './terms.js';
import type {
  FormPlace,
  IFormContext,
  IFormProblem,
  IFormProfile,
  ISearchForm
} from './types.js';

/** A form in the terms of ADQL. */
export interface ITranslation {
  /** All columns that are shown. */
  readonly all: string;
  /** FROM a table and WHERE, one constraint a line. */
  lines(table: string): readonly string[];
  /** The form's row limit. */
  readonly maxrec: number;
  readonly names: Names;
  readonly problems: readonly IFormProblem[];
}

/** Name of the searched table where it is joined with another. */
const SEARCHED = 'o';

/** A form in the terms of ADQL; lines count only where there are no problems. */
export function translate(
  form: ISearchForm,
  profile: IFormProfile,
  context: IFormContext
): ITranslation {
  const { constraints, problems } = readConstraints(form, profile, context);
  const isJoined = joinsTargets(form, context);
  const plain = columnNames(context.columns);
  const names: Names = isJoined ? column => `${SEARCHED}.${plain(column)}` : plain;
  const around = aroundTargets(form, constraints, profile, names, context);
  const others = buildConditions(constraints, profile, names, context);
  const conditions = isJoined ? others : [...around, ...others];
  const source = (from: string): readonly string[] =>
    isJoined
      ? [
          `FROM TAP_UPLOAD.${TARGETS} AS t`,
          `JOIN ${from} AS ${SEARCHED}`,
          ...around.map(({ adql }) => `  ON ${adql}`)
        ]
      : [`FROM ${from}`];
  return {
    all: isJoined ? `t.${TARGET_COLUMN} AS searched_target, ${SEARCHED}.*` : '*',
    lines: table => [...source(quoteTableName(table)), ...where(conditions)],
    maxrec: constraints.rowLimit,
    names,
    problems: [...problems, ...missingColumns(form, [...around, ...others], context)]
  };
}

/** A column as the service spells it, for clauses where names stand without a table's. */
export function columnNames(columns: readonly string[] = []): Names {
  const known = byKey(columns);
  return column => quoteColumnName(known.get(columnKey(column)) ?? column);
}

/** Columns by their keys: each key press makes some ten queries over the same columns. */
const BY_KEY = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

function byKey(columns: readonly string[]): ReadonlyMap<string, string> {
  const known =
    BY_KEY.get(columns) ?? new Map(columns.map(name => [columnKey(name), name]));
  BY_KEY.set(columns, known);
  return known;
}

function where(conditions: readonly ICondition[]): readonly string[] {
  return conditions.map(
    ({ adql }, index) => `${index === 0 ? 'WHERE' : '  AND'} ${adql}`
  );
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
  const known = byKey(columns);
  const order: readonly (readonly [FormPlace, string])[] =
    form.orderBy === '' ? [] : [['orderBy', form.orderBy]];
  const touched = conditions.flatMap(({ place, columns: used }) =>
    used.map(column => [place, column] as const)
  );
  return [...touched, ...order]
    .filter(([, column]) => !known.has(columnKey(column)))
    .map(([field, column]) => ({ field, message: `This service has no ${column}.` }));
}
