import { formatNumber, quoteLiteral } from '../adql/index.js';

import { columnKey } from './profile.js';
import type { IFormQuery } from './query.js';
import {
  hasColumn,
  type IOrder,
  type ISimpleQuery,
  simpleQuery
} from './simplequery.js';

/** By which columns a query can be continued. */
export interface ISlicing {
  /** Column that tells rows apart, in the last row of a slice. */
  readonly key: string;
  /** Column of the query's own order; null for none. */
  readonly order: string | null;
  /**
   * The rows come in an order that ends with the key. Otherwise the next slice begins where
   * rows equal to the last one do, or at the first row, and puts its rows in such an order.
   */
  readonly isExact: boolean;
}

/** The last row that came, by the columns of {@link ISlicing}. */
export interface ISliceEnd {
  readonly key: string | number | bigint;
  /** Value of the order's column; null or missing for a row without one. */
  readonly order?: unknown;
  /** Whether rows without a value in the order's column came already; unknown unless told. */
  readonly sawNull?: boolean;
  /** Whether rows with one came; unknown unless told. */
  readonly sawValue?: boolean;
}

/**
 * By what a query can be continued; null where it cannot: more than one table or SELECT,
 * groups, DISTINCT, a TOP of its own, the key not among its columns, or an order by more
 * than one column.
 *
 * @param key - column that tells the table's rows apart
 */
export function slicingOf(adql: string, key: string): ISlicing | null {
  const parts = simpleQuery(adql);
  if (parts === null || !hasColumn(parts, key)) {
    return null;
  }
  const { order } = parts;
  const [first, second, ...others] = order;
  const isKey = (column: IOrder | undefined): boolean =>
    column !== undefined && columnKey(column.name) === columnKey(key);
  const ordered = first !== undefined && !isKey(first);
  if (others.length > 0 || (second !== undefined && !(ordered && isKey(second)))) {
    return null;
  }
  return {
    key,
    order: ordered ? first.name : null,
    isExact: isKey(first) || isKey(second)
  };
}

/**
 * The query for the rows after those that came, ordered so that it can be continued in its
 * turn; null where {@link slicingOf} gives null or the last row has no key.
 *
 * Rows that came in no such order may come again: the caller leaves out those whose key it
 * has. Where that can be all of the first ones, twice as many rows are asked for.
 */
export function nextSliceQuery(
  query: IFormQuery,
  key: string,
  end: ISliceEnd
): IFormQuery | null {
  const slicing = slicingOf(query.adql, key);
  const parts = simpleQuery(query.adql);
  if (slicing === null || parts === null) {
    return null;
  }
  const condition = slicing.isExact
    ? after(parts, slicing, end)
    : fromThere(parts, slicing, end);
  if (condition === null) {
    return null;
  }
  const conditions = [
    ...withoutSlice(parts, slicing),
    ...(condition === '' ? [] : [condition])
  ];
  const lines = [
    parts.head,
    ...conditions.map((text, index) => `${index === 0 ? 'WHERE' : '  AND'} ${text}`),
    `ORDER BY ${orderText(parts, slicing)}`
  ];
  const maxrec = slicing.isExact ? query.maxrec : 2 * query.maxrec;
  return { adql: lines.join('\n'), maxrec };
}

/** Rows behind the last one, in an order that ends with the key. */
function after(parts: ISimpleQuery, slicing: ISlicing, end: ISliceEnd): string | null {
  const key = literal(end.key);
  if (key === null) {
    return null;
  }
  const keyOrder = parts.order[parts.order.length - 1];
  const behindKey = `${slicing.key} ${keyOrder.descending ? '<' : '>'} ${key}`;
  const { order } = slicing;
  if (order === null) {
    return behindKey;
  }
  const value = literal(end.order);
  if (value === null) {
    // Where no row with a value came before those without, they come behind them.
    return end.sawValue === false
      ? `(${order} IS NOT NULL OR (${order} IS NULL AND ${behindKey}))`
      : `(${order} IS NULL AND ${behindKey})`;
  }
  const sign = parts.order[0].descending ? '<' : '>';
  const rest = end.sawNull === true ? '' : ` OR ${order} IS NULL`;
  return `(${order} ${sign} ${value} OR (${order} = ${value} AND ${behindKey})${rest})`;
}

/** Rows from the last one's place on, itself and its equals among them; '' for all. */
function fromThere(
  parts: ISimpleQuery,
  { order }: ISlicing,
  end: ISliceEnd
): string | null {
  const value = literal(end.order);
  if (order === null || value === null) {
    return '';
  }
  const sign = parts.order[0].descending ? '<=' : '>=';
  const rest = end.sawNull === true ? '' : ` OR ${order} IS NULL`;
  return rest ? `(${order} ${sign} ${value}${rest})` : `${order} ${sign} ${value}`;
}

/** The conditions without the one that an earlier slice put at their end. */
function withoutSlice(
  { conditions }: ISimpleQuery,
  { key, order, isExact }: ISlicing
): readonly string[] {
  const last = conditions[conditions.length - 1];
  const name = escape(order ?? key);
  const value = String.raw`(?:'(?:[^']|'')*'|[-\d.E]+)`;
  const shapes =
    order === null
      ? [`${name} [<>] ${value}`]
      : [
          String.raw`\(?${name} [<>]=? ${value}(?: OR \(${name} = ${value} AND ${escape(key)} [<>] ${value}\))?(?: OR ${name} IS NULL)?\)?`,
          String.raw`\((?:${name} IS NOT NULL OR \()?${name} IS NULL AND ${escape(key)} [<>] ${value}\)\)?`
        ];
  const isSlice =
    isExact &&
    last !== undefined &&
    new RegExp(`^(?:${shapes.join('|')})$`, 's').test(last);
  return isSlice ? conditions.slice(0, -1) : conditions;
}

function orderText({ order }: ISimpleQuery, slicing: ISlicing): string {
  const texts = order.map(({ name, descending }) => name + (descending ? ' DESC' : ''));
  return [...texts, ...(slicing.isExact ? [] : [slicing.key])].join(', ');
}

/** Null for what has no literal. */
function literal(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value.includes('\0') ? null : quoteLiteral(value);
    case 'bigint':
      return String(value);
    case 'number':
      return Number.isFinite(value) ? formatNumber(value) : null;
    default:
      return null;
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
