import type { TranslationBundle } from '@jupyterlab/translation';

import type { RowStore } from '../../model/columns.js';
import { readRelease } from '../../model/release.js';
import { formatCount } from '../shared/format.js';
import { hasAccessColumns, rowAccess } from './accessrow.js';
import type { IRecordLine } from './recordline.js';

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
  const release = date === null ? null : readRelease(date, now / 1000);
  if (release !== null) {
    const { date: day, days } = release;
    return release.isAhead ? { kind: 'embargo', date: day, days } : { kind: 'public' };
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

/**
 * Who may see what a row describes, in words; nothing where the table says nothing about
 * rights at all.
 *
 * @param now - milliseconds since 1970
 */
export function releaseLines(
  trans: TranslationBundle,
  store: RowStore,
  index: number,
  now: number
): IRecordLine[] {
  if (!hasAccessColumns(store)) {
    return [];
  }
  const { rights = null, release = null } = rowAccess(store, index).row;
  const state = releaseOf(rights, release, now);
  const name = trans.__('Release');
  switch (state.kind) {
    case 'unknown':
      return [{ name, value: null }];
    case 'public':
      return [{ name, value: trans.__('Public'), look: 'public' }];
    case 'proprietary':
      return [{ name, value: trans.__('Proprietary'), look: 'proprietary' }];
    case 'embargo': {
      const value = trans._n(
        'Proprietary until %2 (in %3 day)',
        'Proprietary until %2 (in %3 days)',
        state.days,
        state.date,
        formatCount(state.days)
      );
      return [{ name, value, look: 'proprietary' }];
    }
  }
}
