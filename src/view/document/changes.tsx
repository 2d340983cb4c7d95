import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { RunChanges } from '../../model/changes/changes.js';
import type { IDifference } from '../../model/changes/compare.js';
import { MOST_ROWS } from '../../model/changes/rows.js';
import { MOST_REMOVED } from '../../model/changes/store.js';
import { formatCount, formatInstant } from '../shared/format.js';
import { ReactView } from '../shared/reactview.js';

/** Says in a line what is different from the last run of a saved search. */
export class ChangesView extends ReactView {
  constructor(changes: RunChanges, trans: TranslationBundle) {
    super('jp-Obsdeck-Document-changes', () => {
      const words = changesWords(changes, trans);
      return words === '' ? null : <p>{words}</p>;
    });
    this.node.setAttribute('role', 'status');
    this.node.setAttribute('aria-label', trans.__('Changes'));
    changes.changed.connect(() => this.update());
  }
}

/** What is known of the changes, in sentences; empty where there is nothing to say. */
export function changesWords(
  { changes, notKept }: Pick<RunChanges, 'changes' | 'notKept'>,
  trans: TranslationBundle
): string {
  const kept =
    notKept === null
      ? ''
      : trans.__('This run could not be kept for the next comparison: %1', notKept);
  return [stateWords(changes, trans), kept].filter(Boolean).join(' ');
}

function stateWords(changes: RunChanges['changes'], trans: TranslationBundle): string {
  switch (changes.state) {
    case 'none':
      return '';
    case 'working':
      return trans.__('Comparing with the last run …');
    case 'first':
      return trans.__('No earlier run to compare with.');
    case 'other-query':
      return trans.__(
        'The last run, of %1, asked another query. Nothing was compared.',
        formatInstant(changes.since)
      );
    case 'other-account':
      return trans.__(
        'The last run, of %1, was asked as somebody else, who may see other rows. Nothing was compared.',
        formatInstant(changes.since)
      );
    case 'no-key':
      return trans.__(
        'Nothing was compared: no column of this result tells its rows apart.'
      );
    case 'too-many':
      return trans.__(
        'Nothing was compared: more than %1 rows.',
        formatCount(MOST_ROWS)
      );
    case 'incomplete':
      return trans.__(
        'This run was cut short, so nothing was compared. The next one is compared with the last whole run.'
      );
    case 'compared':
      return differenceWords(changes.difference, trans);
  }
}

function differenceWords(found: IDifference, trans: TranslationBundle): string {
  const { added, released, removed, keyless, isSlice, since } = found;
  const counts = trans.__(
    '%1 added, %2 removed, %3 released since %4.',
    formatCount(added),
    formatCount(removed.length),
    formatCount(released),
    formatInstant(since)
  );
  return [
    counts,
    isSlice
      ? trans.__(
          'A run was cut at the row limit: only the rows that came were compared, and removed ones may be behind the cut.'
        )
      : removed.length > MOST_REMOVED &&
        trans.__('The first %1 removed rows are listed.', formatCount(MOST_REMOVED)),
    keyless > 0 &&
      trans._n(
        '%2 row without an identifier was not compared.',
        '%2 rows without an identifier were not compared.',
        keyless,
        formatCount(keyless)
      )
  ]
    .filter(Boolean)
    .join(' ');
}
