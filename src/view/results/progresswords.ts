import type { TranslationBundle } from '@jupyterlab/translation';

import { formatCount, formatSeconds, formatSize } from '../shared/format.js';

/** How far a running query is. */
export interface IProgress {
  /** Name of the archive, as the user knows it. */
  readonly archive: string;
  readonly rows: number;
  readonly bytes: number;
  /** Rows the answer promised to have; null where it did not say. */
  readonly promised: number | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When the last byte came (or it was asked), milliseconds since 1970. */
  readonly heardAt: number;
}

/** Nothing is shown for a query that is done within this time, ms. */
export const QUIET = 300;

/** A service that sends nothing for so long is called slow, ms. */
const SLOW = 10_000;

/** `3,200 rows, 2.1 MB, 1.4 s` */
export function progressWords(
  trans: TranslationBundle,
  progress: Pick<IProgress, 'rows' | 'bytes' | 'startedAt'>,
  now: number
): string {
  const seconds = (now - progress.startedAt) / 1000;
  return amountWords(trans, progress.rows, progress.bytes, seconds);
}

/** Rows, size and time of a result, as in the footer. */
export function amountWords(
  trans: TranslationBundle,
  rows: number,
  bytes: number,
  seconds: number
): string {
  return [rowWords(trans, rows), formatSize(bytes), formatSeconds(seconds)].join(', ');
}

/** `1 row`, `20,000 rows` */
export function rowWords(trans: TranslationBundle, rows: number): string {
  return trans._n('%2 row', '%2 rows', rows, formatCount(rows));
}

/** What to say of a service that has been silent for long; null while it has not. */
export function slowWords(
  trans: TranslationBundle,
  progress: Pick<IProgress, 'archive' | 'heardAt'>,
  now: number
): string | null {
  const silent = now - progress.heardAt;
  if (silent < SLOW) {
    return null;
  }
  return trans.__(
    '%1 has not answered for %2 s. It may take two minutes.',
    progress.archive,
    Math.floor(silent / 1000)
  );
}
