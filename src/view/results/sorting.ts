import type { TranslationBundle } from '@jupyterlab/translation';

import type { ISortKey } from '../../model/table/filters.js';

/** How a column takes part in the sort order. */
export interface IColumnSort {
  readonly descending: boolean;
  /** Place among the keys, counted from 1. */
  readonly rank: number;
  /** Number of keys. */
  readonly of: number;
}

/** How a column is sorted; null where it is not a key. */
export function columnSort(
  keys: readonly ISortKey[],
  column: number
): IColumnSort | null {
  const index = keys.findIndex(key => key.column === column);
  return index < 0
    ? null
    : { descending: keys[index].descending, rank: index + 1, of: keys.length };
}

/**
 * The keys after a click on a header: ascending, descending, as arrived.
 *
 * @param column - index in the order of the document
 * @param more - keep the other keys (Shift)
 */
export function cycleSort(
  keys: readonly ISortKey[],
  column: number,
  more: boolean
): ISortKey[] {
  const old = columnSort(keys, column);
  return withSort(keys, column, old ? (old.descending ? null : true) : false, more);
}

/** The keys after asking for one direction; asking again takes the column back. */
export function toggleSort(
  keys: readonly ISortKey[],
  column: number,
  descending: boolean,
  more: boolean
): ISortKey[] {
  const old = columnSort(keys, column);
  return withSort(
    keys,
    column,
    old?.descending === descending ? null : descending,
    more
  );
}

/** What a screen reader hears once rows are sorted. */
export function sortWords(
  trans: TranslationBundle,
  keys: readonly ISortKey[],
  name: (column: number) => string
): string {
  if (keys.length === 0) {
    return trans.__('In order of arrival');
  }
  const parts = keys.map(({ column, descending }) =>
    descending
      ? trans.__('%1, descending', name(column))
      : trans.__('%1, ascending', name(column))
  );
  return trans.__('Sorted by %1', parts.join('; '));
}

/** @param descending - null takes the column out of the keys */
function withSort(
  keys: readonly ISortKey[],
  column: number,
  descending: boolean | null,
  more: boolean
): ISortKey[] {
  const others = more ? keys : keys.filter(key => key.column === column);
  if (descending === null) {
    return others.filter(key => key.column !== column);
  }
  const key = { column, descending };
  return others.some(other => other.column === column)
    ? others.map(other => (other.column === column ? key : other))
    : [...others, key];
}
