import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ResultModel } from '../../model/result.js';
import { formatCount, formatInstant } from '../shared/format.js';
import { amountWords, rowWords } from './progresswords.js';

/** What the footer says. */
export interface IFooterWords {
  readonly amount: string;
  /** How many of them pass the filters, and whether they are sorted. */
  readonly arranged: readonly string[];
  readonly selected: string;
  /** How many of them have their file on disk. */
  readonly here: string;
  readonly provenance: string;
}

/** What the footer depends on. */
export type IFooterState = Pick<
  ResultModel,
  'state' | 'rows' | 'bytes' | 'seconds' | 'provenance' | 'asked'
>;

/** What the footer says of the rows in the grid. */
export interface IRowsShown {
  /** Rows that pass the filters; null where there are none. */
  readonly passing: number | null;
  /** True where rows at the end still are in order of arrival. */
  readonly isUnsorted: boolean;
  /** Selected rows that are shown. */
  readonly selected: number;
  /** Selected rows that a filter hides. */
  readonly hidden: number;
  /** Rows whose file is on disk; missing where nobody knows. */
  readonly here?: number;
}

/**
 * The words of the footer; empty ones are not drawn.
 *
 * Size and time belong to the query asked last, so they are left out while the rows of
 * an earlier one are shown.
 *
 * @param who - as whom the rows were fetched; null for anyone, empty for a user whose name
 * the archive does not tell
 */
export function footerWords(
  trans: TranslationBundle,
  result: IFooterState,
  shown: IRowsShown,
  who: string | null = null
): IFooterWords {
  const { rows, provenance } = result;
  if (!rows || !provenance) {
    return { amount: '', arranged: [], selected: '', here: '', provenance: '' };
  }
  const archive = provenance.archive.definition.name;
  return {
    amount: amount(trans, result, rows.answered),
    arranged: arranged(trans, rows.rowCount, shown),
    selected: selected(trans, shown),
    here: hereWords(trans, shown.here),
    provenance: [archive, asWords(trans, who), formatInstant(provenance.startedAt)]
      .filter(Boolean)
      .join(', ')
  };
}

function hereWords(trans: TranslationBundle, count = 0): string {
  return count === 0
    ? ''
    : trans._n('%2 already here', '%2 already here', count, formatCount(count));
}

/** As whom the rows were fetched; nothing for anyone. */
function asWords(trans: TranslationBundle, who: string | null): string {
  return who === null ? '' : trans.__('as %1', who || trans.__('you'));
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

function arranged(
  trans: TranslationBundle,
  rows: number,
  { passing, isUnsorted }: IRowsShown
): string[] {
  const words: string[] = [];
  if (passing !== null) {
    const [part, whole] = [formatCount(passing), formatCount(rows)];
    words.push(trans._n('%2 of %3 row', '%2 of %3 rows', rows, part, whole));
  }
  if (isUnsorted) {
    words.push(trans.__('Sorted when all rows are here'));
  }
  return words;
}

/** Hidden rows are no part of what is given out, so they are told apart. */
function selected(
  trans: TranslationBundle,
  { selected: count, hidden }: IRowsShown
): string {
  if (count + hidden === 0) {
    return '';
  }
  const words = trans._n('%2 selected', '%2 selected', count, formatCount(count));
  return hidden === 0
    ? words
    : trans._n(
        '%2, %3 more hidden by filters',
        '%2, %3 more hidden by filters',
        hidden,
        words,
        formatCount(hidden)
      );
}

/** The line below the grid. */
export function FooterView(props: {
  words: IFooterWords;
  /** What to say beside, such as that rows were copied. */
  note: string;
}): JSX.Element {
  const { words, note } = props;
  return (
    <>
      {words.amount && <span>{words.amount}</span>}
      {words.arranged.map(part => (
        <span key={part}>{part}</span>
      ))}
      {words.selected && <span>{words.selected}</span>}
      {words.here && <span>{words.here}</span>}
      {note && <span>{note}</span>}
      <span className="jp-Obsdeck-Results-space" />
      {words.provenance && (
        <span className="jp-Obsdeck-Results-muted" title={words.provenance}>
          {words.provenance}
        </span>
      )}
    </>
  );
}
