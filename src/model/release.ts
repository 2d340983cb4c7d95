import { mjdToIso, parseTime } from '../protocol/time.js';

/** When something becomes public. */
export interface IRelease {
  /** Day in UTC, `2027-09-14`. */
  readonly date: string;
  /** True while it is still to come. */
  readonly isAhead: boolean;
  /** Days until then, begun ones counted; 0 once it is past. */
  readonly days: number;
}

/** MJD of 1970-01-01T00:00:00 UTC. */
const EPOCH_MJD = 40587;

const DAY_SECONDS = 86_400;

/**
 * A release date as a service gives it.
 *
 * @param now - Unix time in seconds
 * @returns null where it is no time
 */
export function readRelease(text: string, now: number): IRelease | null {
  const mjd = parseTime(text);
  if (mjd === null) {
    return null;
  }
  const left = (mjd - EPOCH_MJD) * DAY_SECONDS - now;
  const days = Math.max(0, Math.ceil(left / DAY_SECONDS));
  return { date: mjdToIso(mjd).slice(0, 10), isAhead: left > 0, days };
}
