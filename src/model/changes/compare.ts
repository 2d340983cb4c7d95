import type { Pause } from '../../protocol/votable/types.js';
import { readRelease } from '../release.js';
import type { ICollected } from './collect.js';
import type { IRunRows } from './rows.js';

/** What happened to a row since the last run; 0 for nothing. */
export const ADDED = 1;
export const RELEASED = 2;

/** What is different from the last run. */
export interface IDifference {
  /** When the last run was, milliseconds since 1970. */
  readonly since: number;
  readonly added: number;
  readonly released: number;
  /** Keys of rows that were there, as they stand in the file. */
  readonly removed: readonly string[];
  /** What happened to each row of the result: {@link ADDED}, {@link RELEASED} or 0. */
  readonly marks: Uint8Array;
  /** Columns of the keys. */
  readonly keyColumns: readonly string[];
  /** Rows of this run that have no key, and thus were not compared. */
  readonly keyless: number;
  /** One of the two runs was cut at the row limit: only these rows were compared. */
  readonly isSlice: boolean;
}

/** Rights that let everybody have a file. */
const PUBLIC = 'public';

/** Steps between two looks at whether the page needs its turn. */
const STEPS = 4096;

/**
 * What is different from an earlier run of the same query. Both are sorted by their keys;
 * of rows with the same key, the first ones are taken to be the same.
 *
 * @param rowCount - rows of the result, those without a key included
 */
export async function compareRuns(
  before: IRunRows,
  { rows: now, places }: ICollected,
  rowCount: number,
  pause: Pause
): Promise<IDifference> {
  const marks = new Uint8Array(rowCount);
  const removed: string[] = [];
  let [added, released] = [0, 0];
  let [old, next] = [0, 0];
  for (let step = 0; old < before.keys.length || next < now.keys.length; step++) {
    const order = compareKeys(before.keys[old], now.keys[next]);
    if (order < 0) {
      removed.push(before.keys[old++]);
    } else if (order > 0) {
      marks[places[next++]] = ADDED;
      added += 1;
    } else {
      if (isReleased(before, old++, now, next)) {
        marks[places[next]] = RELEASED;
        released += 1;
      }
      next += 1;
    }
    if (step % STEPS === 0) {
      await pause();
    }
  }
  return {
    since: before.when,
    added,
    released,
    removed,
    marks,
    keyColumns: now.keyColumns,
    keyless: now.keyless,
    isSlice: before.isSlice || now.isSlice
  };
}

/** Negative where the first comes first; whichever is missing comes last. */
function compareKeys(old: string | undefined, next: string | undefined): number {
  if (old === undefined) {
    return 1;
  }
  if (next === undefined || old < next) {
    return -1;
  }
  return old > next ? 1 : 0;
}

/**
 * True for a row that everybody may have now and could not at the last run, by its rights
 * or its date, and for one whose date came nearer.
 */
function isReleased(
  before: IRunRows,
  old: number,
  now: IRunRows,
  next: number
): boolean {
  const [oldRights, rights] = [before.rights[old], now.rights[next]].map(each =>
    each.trim().toLowerCase()
  );
  if (oldRights !== rights && rights === PUBLIC && oldRights !== '') {
    return true;
  }
  const oldRelease = readRelease(before.releases[old], before.when / 1000);
  const release = readRelease(now.releases[next], now.when / 1000);
  if (!oldRelease?.isAhead || !release) {
    return false;
  }
  return !release.isAhead || release.date < oldRelease.date;
}
