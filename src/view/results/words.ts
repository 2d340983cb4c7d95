import type { TranslationBundle } from '@jupyterlab/translation';

import type { IMirrorWords } from './aria.js';

/** The words of the grid. */
export function gridWords(trans: TranslationBundle): IMirrorWords {
  return {
    name: trans.__('Results'),
    noValue: trans.__('no value'),
    unsortable: trans.__('Cannot be sorted: its cells are arrays.'),
    sortRank: (rank, descending) =>
      descending
        ? trans.__('sorted descending, key %1', rank)
        : trans.__('sorted ascending, key %1', rank)
  };
}
