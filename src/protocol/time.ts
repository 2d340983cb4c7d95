/** MJD of 1970-01-01T00:00:00 UTC. */
const EPOCH_MJD = 40587;

const DAY_MS = 86_400_000;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(?:Z|UTC)?$/i;

/** MJDs of five digits only: shorter numbers are more likely meant as years. */
const MJD = /^\d{5}(?:\.\d*)?$/;

/** Which end of a whole day a date without time stands for. */
export type DayEdge = 'start' | 'end';

/**
 * Read a time: ISO with `T` or blank, a date (a whole day), or an MJD. No zone means UTC.
 *
 * @param edge - the end of the day that a date alone stands for; `end` is the next midnight
 * @returns MJD (UTC), or null when the text is no time
 */
export function parseTime(text: string, edge: DayEdge = 'start'): number | null {
  const plain = text.trim();
  if (MJD.test(plain)) {
    return Number(plain);
  }
  const match = ISO.exec(plain);
  if (!match) {
    return null;
  }
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map(part => Number(part ?? 0));
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).toISOString().slice(0, 10) !== plain.slice(0, 10)) {
    return null;
  }
  if (match[4] === undefined) {
    return EPOCH_MJD + midnight / DAY_MS + (edge === 'end' ? 1 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) {
    return null;
  }
  const seconds = (hour * 60 + minute) * 60 + second + Number(match[7] ?? 0);
  return EPOCH_MJD + midnight / DAY_MS + seconds / 86_400;
}

/**
 * An MJD (UTC) as a person would type it: the shortest ISO text that {@link parseTime} reads
 * as the same number, otherwise the number.
 *
 * @param edge - a date alone stands for this end of its day
 */
export function typedTime(mjd: number, edge: DayEdge = 'start'): string {
  const day = edge === 'end' ? mjd - 1 : mjd;
  const texts = [
    mjdToIso(day).slice(0, 10),
    mjdToIso(mjd).slice(0, 16),
    mjdToIso(mjd),
    isoLiteral(mjd).slice(1, -1).replace('T', ' ')
  ];
  return texts.find(text => parseTime(text, edge) === mjd) ?? String(mjd);
}

/**
 * An MJD (UTC) as the literal of a column with ISO 8601 texts (DALI 1.1 §3.3.3), with
 * milliseconds only where they are not 0.
 */
export function isoLiteral(mjd: number): string {
  const date = new Date(Math.round((mjd - EPOCH_MJD) * DAY_MS));
  return `'${date.toISOString().replace(/(\.000)?Z$/, '')}'`;
}

/**
 * An MJD (UTC) for the screen: `2016-09-26 03:04:09`, rounded to the second.
 * Numbers that are no date come back as the number.
 */
export function mjdToIso(mjd: number): string {
  const date = new Date(Math.round((mjd - EPOCH_MJD) * 86_400) * 1000);
  if (Number.isNaN(date.getTime())) {
    return String(mjd);
  }
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '');
}
