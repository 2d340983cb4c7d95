import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Cost, ICounted } from '../../model/cost.js';
import { formatCount, formatSize } from '../shared/format.js';

/** Properties of {@link CostLine}. */
export interface ICostLineProps {
  readonly cost: Cost;
  /** The archive's service runs queries as jobs. */
  readonly hasJobs: boolean;
  /** The query in front is not the form's, which is the one that was counted. */
  readonly handEdited: boolean;
  /** Why nothing can be asked now; undefined where it can. */
  readonly blocked?: string;
  readonly trans: TranslationBundle;
  onCount(): void;
  /** What is said while there is no cost. */
  readonly children?: React.ReactNode;
}

/** What the search costs, as far as that was counted, and the button that counts. */
export function CostLine(props: ICostLineProps): JSX.Element {
  const { cost, hasJobs, handEdited, blocked, trans, onCount } = props;
  const words = costWords(cost, hasJobs, trans);
  return (
    <div className="jp-Obsdeck-Search-cost" data-muted={handEdited}>
      {cost.state === 'unknown' && props.children}
      <span role="status" aria-label={trans.__('Cost')}>
        {handEdited && words ? trans.__('For the form: %1', words) : words}
      </span>
      <button
        type="button"
        className="jp-Obsdeck-Search-secondary"
        title={blocked ?? trans.__('Count rows and values without fetching them')}
        disabled={blocked !== undefined}
        onClick={() => onCount()}
      >
        {trans.__('Count')}
      </button>
    </div>
  );
}

/** “About 26,400 rows, 24.6 GB of files. Runs directly, about 4 s.” */
export function costWords(
  cost: Cost,
  hasJobs: boolean,
  trans: TranslationBundle
): string {
  switch (cost.state) {
    case 'unknown':
      return '';
    case 'counting':
      return trans.__('Counting …');
    case 'failed':
      return trans.__('not counted: %1', cost.error.message);
    case 'counted':
      return cost.rows === 0
        ? trans.__('No rows.')
        : `${sizeWords(cost, trans)}${runWords(cost, hasJobs, trans)}`;
  }
}

/** How much there is. */
function sizeWords(cost: ICounted, trans: TranslationBundle): string {
  const { rows, bytes, isWhole } = cost;
  const count = trans._n('About %2 row', 'About %2 rows', rows, aboutCount(rows));
  if (bytes === null) {
    return trans.__('%1, size not given by the service', count);
  }
  const size = formatSize(bytes);
  return isWhole
    ? trans.__('%1, %2 of files', count, size)
    : trans.__('%1, %2 of files or more', count, size);
}

/** How it runs best; nothing is said about seconds where none were measured. */
function runWords(
  { rows, fetched, seconds, limit }: ICounted,
  hasJobs: boolean,
  trans: TranslationBundle
): string {
  if (seconds !== null && limit !== null && seconds > limit && hasJobs) {
    return trans.__(
      ', about %1, over the %2 s limit; run it as a job.',
      aboutSeconds(seconds),
      limit
    );
  }
  const first = fetched < rows ? trans.__(', the first %1', formatCount(fetched)) : '';
  return seconds === null
    ? trans.__('. Runs directly%1.', first)
    : trans.__('. Runs directly%1, about %2.', first, aboutSeconds(seconds));
}

/** Three digits: until the search has run, the service may get or lose rows. */
function aboutCount(rows: number): string {
  return formatCount(Number(rows.toPrecision(3)));
}

/** Whole seconds; an estimate is no better. */
function aboutSeconds(seconds: number): string {
  return `${formatCount(Math.max(1, Math.round(seconds)))} s`;
}
