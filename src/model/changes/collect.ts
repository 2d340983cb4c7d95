import type { IFormProfile } from '../../protocol/form.js';
import type { Pause } from '../../protocol/votable/types.js';
import type { RowStore } from '../columns.js';
import { escapeCell, type IRunRows, MOST_ROWS } from './rows.js';
import { sortedOrder } from './sort.js';

/** Rows that are read between two looks at whether the page needs its turn. */
const ROWS = 2048;

/** Columns that tell the rows of any ObsCore table apart, the best first. */
const OBSCORE_KEYS = [['obs_publisher_did'], ['obs_id', 'access_url']];
const OBSCORE_RELEASE = 'obs_release_date';
const OBSCORE_RIGHTS = 'data_rights';

/** Columns of a result by which its rows are followed from run to run. */
export interface IFollowed {
  readonly keys: readonly number[];
  /** -1 where there is none. */
  readonly release: number;
  readonly rights: number;
}

/** The rows of a run in the order of their keys, with where each is in the result. */
export interface ICollected {
  readonly rows: IRunRows;
  /** Row of the result for each key. */
  readonly places: Uint32Array;
}

/** By which columns rows can be followed; null where none tells them apart. */
export function followedColumns(
  store: RowStore,
  profile: Pick<IFormProfile, 'key' | 'release'>
): IFollowed | null {
  const wanted = [
    ...(profile.key === null ? [] : [[plain(profile.key)]]),
    ...OBSCORE_KEYS
  ];
  const keys = wanted
    .map(names => names.map(name => store.indexOf(name)))
    .find(columns => !columns.includes(-1));
  const release = plain(profile.release ?? OBSCORE_RELEASE);
  return (
    (keys && {
      keys,
      release: store.indexOf(release),
      rights: store.indexOf(OBSCORE_RIGHTS)
    }) ??
    null
  );
}

/**
 * What of a result is kept to follow its rows.
 *
 * @param asked - the rest of what is kept
 * @returns null for more rows than are followed
 */
export async function collectRows(
  store: RowStore,
  columns: IFollowed,
  asked: Pick<IRunRows, 'when' | 'query' | 'isSlice' | 'withAccount'>,
  pause: Pause
): Promise<ICollected | null> {
  if (store.rowCount > MOST_ROWS) {
    return null;
  }
  const found: { key: string; row: number }[] = [];
  for (let row = 0; row < store.rowCount; row++) {
    const key = keyOf(store, row, columns.keys);
    if (key !== null) {
      found.push({ key, row });
    }
    if (row % ROWS === 0) {
      await pause();
    }
  }
  const order = await sortedOrder(
    found.map(({ key }) => key),
    pause
  );
  const places = Uint32Array.from(order, index => found[index].row);
  return {
    rows: {
      ...asked,
      keyColumns: columns.keys.map(column => store.fields[column].name),
      keyless: store.rowCount - found.length,
      keys: Array.from(order, index => found[index].key),
      releases: await textsOf(store, places, columns.release, pause),
      rights: await textsOf(store, places, columns.rights, pause)
    },
    places
  };
}

/** The key of a row as it stands in a line; null where a part of it has no value. */
function keyOf(
  store: RowStore,
  row: number,
  columns: readonly number[]
): string | null {
  const cells = columns.map(column => store.value(row, column));
  const isWhole = cells.every(cell => cell !== null && cell !== '');
  return isWhole ? cells.map(cell => escapeCell(String(cell))).join('\t') : null;
}

async function textsOf(
  store: RowStore,
  rows: Uint32Array,
  column: number,
  pause: Pause
): Promise<string[]> {
  const texts = new Array<string>(rows.length).fill('');
  if (column < 0) {
    return texts;
  }
  for (let at = 0; at < rows.length; at++) {
    texts[at] = String(store.value(rows[at], column) ?? '');
    if (at % ROWS === 0) {
      await pause();
    }
  }
  return texts;
}

function plain(name: string): string {
  return name.replace(/^"|"$/g, '');
}
