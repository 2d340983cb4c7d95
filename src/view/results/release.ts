import { parseTime } from '../../protocol/time.js';

/** Who may have the data of a row, and from when on. */
export type Release =
  | { readonly kind: 'unknown' | 'public' | 'proprietary' }
  | {
      readonly kind: 'embargo';
      /** `2027-09-14` */
      readonly date: string;
      /** Whole days left, rounded up. */
      readonly days: number;
    };

const DAY_MS = 86_400_000;
const EPOCH_MJD = 40587;

/**
 * Rights of a row (ObsCore 1.1 §B.4).
 *
 * A release date in the future counts more than the word: archives write `public` for
 * data that will be.
 *
 * @param rights - `data_rights`, any case; null where it is not given
 * @param date - `obs_release_date`, ISO; null where it is not given
 * @param now - milliseconds since 1970
 */
export function releaseOf(
  rights: string | null,
  date: string | null,
  now: number
): Release {
  const mjd = date === null ? null : parseTime(date);
  const released = mjd === null ? null : (mjd - EPOCH_MJD) * DAY_MS;
  if (released !== null && released > now) {
    return {
      kind: 'embargo',
      date: new Date(released).toISOString().slice(0, 10),
      days: Math.ceil((released - now) / DAY_MS)
    };
  }
  if (released !== null) {
    return { kind: 'public' };
  }
  switch (rights?.toLowerCase()) {
    case 'public':
      return { kind: 'public' };
    case 'proprietary':
    case 'secure':
      return { kind: 'proprietary' };
    default:
      return { kind: 'unknown' };
  }
}
