import type { ITranslator } from '@jupyterlab/translation';
import * as React from 'react';

import { ReactView } from '../shared/reactview.js';
import { JobStateIcon } from './icons.js';

/**
 * The item of the status bar that tells how many jobs run.
 *
 * @param count - asked at every update; nothing is shown for 0
 * @param onClick - shows the jobs
 */
export function jobsStatusItem(
  count: () => number,
  onClick: () => void,
  translator: ITranslator
): ReactView {
  const trans = translator.load('obsdeck');
  return new ReactView('jp-Obsdeck-Status', () => {
    const running = count();
    return running > 0 ? (
      <button type="button" onClick={onClick}>
        <JobStateIcon icon="running" />
        <span>{trans._n('%1 job running', '%1 jobs running', running)}</span>
      </button>
    ) : null;
  });
}
