import { isSign, isWord, tokenize, type IToken } from '../adql/lexer.js';

import { columnKey } from './profile.js';

/** A column of ORDER BY. */
export interface IOrder {
  /** As written. */
  readonly name: string;
  readonly descending: boolean;
}

/** A query of one table in parts, without comments. */
export interface ISimpleQuery {
  /** SELECT and FROM, as written. */
  readonly head: string;
  readonly selected: readonly IToken[];
  /** Conditions of WHERE that all must hold, as written; OR in brackets. */
  readonly conditions: readonly string[];
  readonly order: readonly IOrder[];
}

const NOT_SIMPLE = [
  ...['GROUP', 'HAVING', 'UNION', 'EXCEPT', 'INTERSECT', 'OFFSET', 'JOIN', 'WITH'],
  ...['DISTINCT', 'TOP']
];

/** A query in parts; null where it is not as simple as that. */
export function simpleQuery(adql: string): ISimpleQuery | null {
  const pieces = tokenize(adql);
  const all = pieces.filter(({ kind }) => kind !== 'comment');
  const tokens = isSign(all[all.length - 1], ';') ? all.slice(0, -1) : all;
  const outer = outerOf(tokens);
  const at = (word: string): number => outer.findIndex(token => isWord(token, word));
  const [select, from, where, order] = ['SELECT', 'FROM', 'WHERE', 'ORDER'].map(at);
  const end = [where, order].find(place => place > 0);
  const isSimple =
    select === 0 &&
    from > 0 &&
    !pieces.some(({ open }) => open) &&
    !outer.some(token => isWord(token, ...NOT_SIMPLE)) &&
    !outer.slice(from, end).some(token => isSign(token, ','));
  if (!isSimple) {
    return null;
  }
  const index = (place: number): number =>
    place < 0 ? tokens.length : tokens.indexOf(outer[place]);
  const [fromAt, whereAt, orderAt] = [from, where, order].map(index);
  return {
    head: written(adql, tokens.slice(0, Math.min(whereAt, orderAt))),
    selected: tokens.slice(1, fromAt),
    conditions: where < 0 ? [] : conditionsOf(adql, tokens.slice(whereAt + 1, orderAt)),
    order: readOrder(tokens.slice(orderAt + 2))
  };
}

/** Tokens outside of all brackets. */
function outerOf(tokens: readonly IToken[]): readonly IToken[] {
  let depth = 0;
  return tokens.filter(token => {
    depth -= isSign(token, ')') ? 1 : 0;
    const isOuter = depth === 0 && !isSign(token, ')');
    depth += isSign(token, '(') ? 1 : 0;
    return isOuter && !isSign(token, '(');
  });
}

/** As written, but comments become blanks: a line comment would swallow what follows. */
function written(adql: string, tokens: readonly IToken[]): string {
  return tokens
    .map((token, index) => {
      const next = tokens[index + 1];
      const gap = next ? adql.slice(token.to, next.from) : '';
      return token.text + (/^\s*$/.test(gap) ? gap : ' ');
    })
    .join('');
}

function conditionsOf(adql: string, tokens: readonly IToken[]): readonly string[] {
  const outer = outerOf(tokens);
  if (outer.some(token => isWord(token, 'OR', 'BETWEEN'))) {
    return [`(${written(adql, tokens)})`];
  }
  const parts: IToken[][] = [[]];
  for (const token of tokens) {
    if (isWord(token, 'AND') && outer.includes(token)) {
      parts.push([]);
    } else {
      parts[parts.length - 1].push(token);
    }
  }
  return parts.map(part => written(adql, part));
}

function readOrder(tokens: readonly IToken[]): readonly IOrder[] {
  const columns: IToken[][] = tokens.length === 0 ? [] : [[]];
  for (const token of tokens) {
    if (isSign(token, ',')) {
      columns.push([]);
    } else {
      columns[columns.length - 1].push(token);
    }
  }
  return columns.map(column => ({
    name: column
      .filter(token => !isWord(token, 'ASC', 'DESC'))
      .map(t => t.text)
      .join(''),
    descending: isWord(column[column.length - 1], 'DESC')
  }));
}

/** True where a column is selected: by `*`, or under its own name. */
export function hasColumn({ selected }: ISimpleQuery, key: string): boolean {
  return selected.some((token, index) => {
    const before = selected[index - 1];
    const next = selected[index + 1];
    const stands = (one: IToken | undefined): boolean =>
      one === undefined || isSign(one, ',');
    const isKey = token.kind !== 'string' && columnKey(token.text) === columnKey(key);
    return (isSign(token, '*') || isKey) && stands(before) && stands(next);
  });
}
