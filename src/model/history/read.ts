import type { IHistoryEntry } from './types.js';

/** A longer query is not remembered: 200 of them must fit into what JupyterLab keeps. */
export const LONGEST_QUERY = 20_000;

/** The last millisecond of the calendar; a later time cannot be written. */
const LATEST = 8_640_000_000_000_000;

const CHECKS: {
  readonly [Key in keyof IHistoryEntry]: (value: unknown) => boolean;
} = {
  adql: value => isText(value) && value !== '' && value.length <= LONGEST_QUERY,
  maxrec: isCount,
  archive: isText,
  service: isText,
  table: isText,
  subject: isText,
  when: value => isCount(value) && value <= LATEST,
  rows: isCount,
  seconds: isCount,
  error: value => value === null || isText(value)
};

/** Kept entries of any origin; whatever is not of the right shape is left out. */
export function readEntries(json: unknown): IHistoryEntry[] {
  return Array.isArray(json) ? json.filter(isEntry).map(known) : [];
}

function isEntry(value: unknown): value is IHistoryEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(CHECKS).every(([key, check]) =>
      check((value as Record<string, unknown>)[key])
    )
  );
}

/** The entry without whatever else was kept with it. */
function known(entry: IHistoryEntry): IHistoryEntry {
  const keys = Object.keys(CHECKS) as (keyof IHistoryEntry)[];
  return Object.fromEntries(
    keys.map(key => [key, entry[key]])
  ) as unknown as IHistoryEntry;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
