import type { ProtocolError } from '../protocol/errors.js';
import type { Criterion, IFormField } from '../protocol/form/types.js';
import type { RowStore } from './columns.js';
import type { Tally } from './tallies.js';

/** What can be ticked. */
export type FacetValue = string | number | null;

/** A value of a facet. */
export interface IFacetItem {
  readonly value: FacetValue;
  /** In words where the profile has any, otherwise the value. */
  readonly label: string;
  readonly description: string | null;
  /** Rows that have it; null where they were not counted. */
  readonly rows: number | null;
}

/** The values of a column that can be ticked, as far as they are known. */
export interface IFacet {
  /** `known`: nobody counted, the values are those known beforehand. */
  readonly state: 'known' | 'counting' | 'counted' | 'failed';
  readonly items: readonly IFacetItem[];
  /** The service has more values than were asked for. */
  readonly isCut: boolean;
  /** Why the values were not counted. */
  readonly error: ProtocolError | null;
}

/** The ticked values of a criterion. */
export function tickedOf(criterion: Criterion | undefined): readonly FacetValue[] {
  return Array.isArray(criterion) ? criterion : [];
}

/**
 * The values of a facet: those that were counted, most rows first as the service gave
 * them, or else those known beforehand. Values that are ticked never vanish: where none of
 * the counted rows has one, it has no rows.
 *
 * Values known beforehand keep their own order where they have one, as levels do.
 *
 * @param last - values counted for another state of the form: they stay in sight meanwhile
 */
export function facetOf(
  field: IFormField,
  tally: Tally | null,
  ticked: readonly FacetValue[],
  last?: RowStore
): IFacet {
  const store = tally?.state === 'done' ? tally.rows : last;
  const counts = store ? countsIn(store, field.control === 'words') : null;
  const known = (field.choices ?? []).map(choice => choice.value);
  const values = counts?.size ? inOrder([...counts.keys()], known) : known;
  const missing = ticked.filter(value => !values.includes(value));
  return {
    state: stateOf(tally),
    items: [...values, ...missing].map(value => ({
      ...wordsOf(field, value),
      value,
      rows: counts && hasCounts(tally) ? (counts.get(value) ?? 0) : null
    })),
    isCut: tally?.state === 'done' && tally.isCut,
    error: tally?.state === 'failed' ? tally.error : null
  };
}

/** Counts of the form before a change give way to dots; of no form, to nothing. */
function hasCounts(tally: Tally | null): boolean {
  return tally?.state === 'done' || tally?.state === 'waiting';
}

function stateOf(tally: Tally | null): IFacet['state'] {
  switch (tally?.state) {
    case undefined:
      return 'known';
    case 'waiting':
      return 'counting';
    case 'failed':
      return 'failed';
    case 'done':
      return 'counted';
  }
}

/**
 * Rows by value, most rows first as the answer has them: its first column, and `n_rows`.
 *
 * @param areWords - each value is a list, of which each word counts
 */
function countsIn(store: RowStore, areWords: boolean): ReadonlyMap<FacetValue, number> {
  const rows = store.indexOf('n_rows');
  const counts = new Map<FacetValue, number>();
  for (let row = 0; row < store.rowCount; row++) {
    const value = plain(store.value(row, rows === 0 ? 1 : 0));
    const count = Number(store.value(row, rows));
    for (const item of areWords ? wordsIn(value) : [value]) {
      counts.set(item, (counts.get(item) ?? 0) + count);
    }
  }
  return areWords ? new Map([...counts].sort(([, a], [, b]) => b - a)) : counts;
}

/** Services write lists with and without a blank behind the comma. */
function wordsIn(value: FacetValue): readonly FacetValue[] {
  return typeof value === 'string'
    ? [...new Set(value.split(',').map(word => word.trim()))]
    : [value];
}

function plain(value: unknown): FacetValue {
  if (typeof value === 'bigint') {
    // Identifiers go beyond what a number holds; their digits are asked for as they are.
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** Values that are numbers in words (levels) in their order; others as they came. */
function inOrder(
  values: readonly FacetValue[],
  known: readonly FacetValue[]
): readonly FacetValue[] {
  const isScale = known.length > 0 && known.every(value => typeof value === 'number');
  return isScale
    ? [...values].sort((a, b) => Number(a ?? 1e9) - Number(b ?? 1e9))
    : values;
}

function wordsOf(
  field: IFormField,
  value: FacetValue
): Pick<IFacetItem, 'label' | 'description'> {
  const choice = field.choices?.find(item => item.value === value);
  return {
    label: choice?.label ?? (value === null ? '' : String(value)),
    description: choice?.description ?? null
  };
}
