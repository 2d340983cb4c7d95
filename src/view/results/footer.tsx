import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ResultModel } from '../../model/result.js';
import { formatCount, formatInstant } from '../shared/format.js';
import { amountWords, rowWords } from './progresswords.js';

/** What the footer says. */
export interface IFooterWords {
  readonly amount: string;
  readonly selected: string;
  readonly provenance: string;
}

/** What the footer depends on. */
export type IFooterState = Pick<
  ResultModel,
  'state' | 'rows' | 'bytes' | 'seconds' | 'provenance' | 'asked'
>;

/**
 * The words of the footer; empty ones are not drawn.
 *
 * Size and time belong to the query asked last, so they are left out while the rows of
 * an earlier one are shown.
 */
export function footerWords(
  trans: TranslationBundle,
  result: IFooterState,
  selected: number
): IFooterWords {
  const { rows, provenance } = result;
  if (!rows || !provenance) {
    return { amount: '', selected: '', provenance: '' };
  }
  const archive = provenance.archive.definition.name;
  return {
    amount: amount(trans, result, rows.rowCount),
    selected:
      selected > 0
        ? trans._n('%2 selected', '%2 selected', selected, formatCount(selected))
        : '',
    provenance: `${archive}, ${formatInstant(provenance.startedAt)}`
  };
}

function amount(trans: TranslationBundle, result: IFooterState, rows: number): string {
  if (result.provenance !== result.asked) {
    return rowWords(trans, rows);
  }
  if (result.state === 'loading') {
    return trans._n('%2 row so far', '%2 rows so far', rows, formatCount(rows));
  }
  return amountWords(trans, rows, result.bytes, result.seconds);
}

/** The line below the grid. */
export function FooterView({ words }: { words: IFooterWords }): JSX.Element {
  return (
    <>
      {words.amount && <span>{words.amount}</span>}
      {words.selected && <span>{words.selected}</span>}
      <span className="jp-Obsdeck-Results-space" />
      {words.provenance && (
        <span className="jp-Obsdeck-Results-muted" title={words.provenance}>
          {words.provenance}
        </span>
      )}
    </>
  );
}
