import { unquoteName } from '../adql/index.js';

import { EMPTY_FORM, FormError } from './form.js';
import { buildFormQuery, type IFormQuery } from './query.js';
import { readCondition, type IFormParts } from './readcondition.js';
import { isSame, plainTokens, type IPlainToken } from './tokens.js';
import type { IFormContext, IFormProfile, ISearchForm } from './types.js';

/**
 * The form that stands for a query; null where none does.
 *
 * Conditions are read as the form writes them. Whatever was made of them counts only if
 * the form makes the same query of it again: white space, comments, the case of words and
 * the side of `1 =` apart.
 */
export function readFormQuery(
  query: IFormQuery,
  profile: IFormProfile,
  table: string,
  context: IFormContext = {}
): ISearchForm | null {
  const tokens = plainTokens(query.adql);
  const clauses = tokens && splitClauses(tokens);
  if (!clauses) {
    return null;
  }
  const form = toForm(clauses, query.maxrec, profile);
  const again = form && buildAgain(form, profile, table, context);
  return again && isSame(normal(clauses), again) ? form : null;
}

interface IClauses {
  /** Everything before WHERE. */
  readonly head: readonly IPlainToken[];
  /** Parts of WHERE between its outer ANDs. */
  readonly conditions: readonly (readonly IPlainToken[])[];
  /** Everything from ORDER BY on. */
  readonly order: readonly IPlainToken[];
}

function splitClauses(tokens: readonly IPlainToken[]): IClauses | null {
  const depth = depths(tokens);
  const outer = (word: string): number =>
    tokens.findIndex(
      ({ kind, text }, index) => kind === 'word' && text === word && depth[index] === 0
    );
  const [where, order] = [outer('where'), outer('order')];
  const end = order < 0 ? tokens.length : order;
  if (where >= 0 && order >= 0 && order < where) {
    return null;
  }
  return {
    head: tokens.slice(0, where < 0 ? end : where),
    conditions: where < 0 ? [] : splitAnds(tokens.slice(where + 1, end)).map(turned),
    order: tokens.slice(end)
  };
}

function splitAnds(
  tokens: readonly IPlainToken[]
): readonly (readonly IPlainToken[])[] {
  const depth = depths(tokens);
  const parts: IPlainToken[][] = [[]];
  tokens.forEach((token, index) => {
    if (token.kind === 'word' && token.text === 'and' && depth[index] === 0) {
      parts.push([]);
    } else {
      parts[parts.length - 1].push(token);
    }
  });
  return parts;
}

function depths(tokens: readonly IPlainToken[]): readonly number[] {
  let depth = 0;
  return tokens.map(({ kind, text }) => {
    if (kind === 'operator' && text === ')') {
      depth -= 1;
    }
    const now = depth;
    if (kind === 'operator' && text === '(') {
      depth += 1;
    }
    return now;
  });
}

/** `1 = CONTAINS(…)` is `CONTAINS(…) = 1`. */
function turned(tokens: readonly IPlainToken[]): readonly IPlainToken[] {
  const [one, equal, ...rest] = tokens;
  const isTurned =
    one?.kind === 'number' &&
    one.text === '1' &&
    equal?.text === '=' &&
    rest.length > 1;
  return isTurned ? [...rest, equal, one] : tokens;
}

function normal({ head, conditions, order }: IClauses): readonly IPlainToken[] {
  const joined = conditions.flatMap((condition, index) => [
    wordToken(index === 0 ? 'where' : 'and'),
    ...condition
  ]);
  return [...head, ...joined, ...order];
}

function wordToken(text: string): IPlainToken {
  return { kind: 'word', text, written: text };
}

function toForm(
  { conditions, order }: IClauses,
  rowLimit: number,
  profile: IFormProfile
): ISearchForm | null {
  let parts: IFormParts = { fields: {}, columns: {} };
  for (const condition of conditions) {
    const read = readCondition(condition, profile, parts);
    if (read === null) {
      return null;
    }
    parts = read;
  }
  const [, , column, direction] = order;
  return {
    ...EMPTY_FORM,
    ...parts.fields,
    columns: parts.columns,
    orderBy: column ? unquoteName(column.written) : '',
    descending: direction?.text === 'desc',
    rowLimit
  };
}

function buildAgain(
  form: ISearchForm,
  profile: IFormProfile,
  table: string,
  context: IFormContext
): readonly IPlainToken[] | null {
  try {
    return plainTokens(buildFormQuery(form, profile, table, context).adql);
  } catch (error) {
    if (error instanceof FormError) {
      return null;
    }
    throw error;
  }
}
