import type { ITranslator } from '@jupyterlab/translation';
import * as React from 'react';

import type { IDownloadTotals } from '../../model/downloads/types.js';
import { formatCount } from '../shared/format.js';
import { ReactView } from '../shared/reactview.js';
import { downloadsIcon } from './icons.js';
import { shortRate } from './words.js';

/**
 * The item of the status bar that tells how far the downloads are.
 *
 * @param totals - asked at every update; null: nothing is shown
 * @param onClick - shows the downloads
 */
export function downloadsStatusItem(
  totals: () => IDownloadTotals | null,
  onClick: () => void,
  translator: ITranslator
): ReactView {
  const trans = translator.load('obsdeck');
  return new ReactView('jp-Obsdeck-Status', () => {
    const now = totals();
    if (!now) {
      return null;
    }
    const [done, files] = [formatCount(now.done), formatCount(now.files)];
    const words = [
      trans.__('%1 of %2', done, files),
      ...(now.isPaused ? [trans.__('paused')] : shortRate(now.rate, trans))
    ].join(', ');
    return (
      <button
        type="button"
        aria-label={trans.__('Downloads: %1', words)}
        onClick={onClick}
      >
        <downloadsIcon.react tag="span" aria-hidden="true" />
        <span>{words}</span>
      </button>
    );
  });
}
