import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { areSized } from '../../model/downloads/groups.js';
import type { IDownloadTotals } from '../../model/downloads/types.js';
import { Bar } from './bar.js';
import type { IDownloadsSource } from './types.js';
import { amountWords, filesWords, freeWords, leftWords, rateWords } from './words.js';

/** What has been fetched of a queue, 0 to 1: by bytes, or by files where nobody knows these. */
export function shareOfAll({ bytes, received, done, files }: IDownloadTotals): number {
  if (files > 0 && done === files) {
    return 1;
  }
  const share = bytes > 0 ? received / bytes : done / Math.max(1, files);
  return Math.min(1, share);
}

/** The queue as a whole: how much of it, how fast, how long still, and the room there is. */
export function Summary(props: {
  readonly source: Pick<IDownloadsSource, 'items' | 'totals'>;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { source, trans } = props;
  // A sum of some of the sizes is not the whole.
  const bytes = areSized(source.items) ? source.totals.bytes : 0;
  const totals = { ...source.totals, bytes };
  const { received, rate, left } = totals;
  return (
    <div className="jp-Obsdeck-Downloads-summary">
      <b>{amountWords(received, bytes, trans)}</b>
      <span className="jp-Obsdeck-Downloads-speed">{rateWords(rate, trans)}</span>
      <Bar label={trans.__('All downloads')} share={shareOfAll(totals)} />
      <span>{filesWords(totals, trans)}</span>
      <span className="jp-Obsdeck-Downloads-left">
        {totals.isPaused ? trans.__('paused') : leftWords(left, trans).join('')}
      </span>
      <span className="jp-Obsdeck-Downloads-free">{freeWords(totals, trans)}</span>
    </div>
  );
}
