import type { ITranslator } from '@jupyterlab/translation';
import * as React from 'react';

import type { IAccount } from '../../archives/account.js';
import { ReactView } from '../shared/reactview.js';
import { AccountIcon } from './icons.js';
import { timeLeft } from './words.js';

/** What the item shows: an account that ends, and when. */
export interface IEnding {
  readonly account: IAccount;
  /** Name of the archive. */
  readonly name: string;
  /** The server's time, Unix time in seconds. */
  readonly now: number;
  /** True where it ends so soon that something should be done. */
  readonly soon: boolean;
}

/**
 * The item of the status bar that tells which account ends next.
 *
 * @param ending - asked at every update; null where nothing is to be told
 * @param onClick - shows the accounts
 */
export function statusItem(
  ending: () => IEnding | null,
  onClick: () => void,
  translator: ITranslator
): ReactView {
  const trans = translator.load('obsdeck');
  return new ReactView('jp-Obsdeck-Status', () => {
    const next = ending();
    const left = next ? timeLeft(next.account, next.now, trans) : null;
    return next && left !== null ? (
      <button
        type="button"
        aria-label={trans.__('Account that ends next: %1, %2', next.name, left)}
        title={trans.__('Account that ends next: %1, %2', next.name, left)}
        onClick={onClick}
      >
        <AccountIcon icon={next.soon ? 'soon' : 'user'} />
        <span>
          {next.name} {left}
        </span>
      </button>
    ) : null;
  });
}
