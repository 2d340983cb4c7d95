import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IValueCount, ScalarValue } from '../../../model/table/tasks.js';
import { formatCount } from '../../shared/format.js';
import { type IResultColumn, screenText } from '../columns.js';
import { rowWords } from '../progresswords.js';
import type { DraftChange, IFilterDraft } from './drafts.js';

/** Gives the values of a column and their numbers, null if there are too many. */
export type ValueSource = (
  column: number,
  signal: AbortSignal
) => Promise<readonly IValueCount[] | null>;

/** A value among which one can choose. */
interface IChoice {
  readonly value: ScalarValue;
  /** Rows that have it; null while they are not counted. */
  readonly count: number | null;
}

/** Check boxes for the values of a column, with the number of rows that have each. */
export function ValueFields(props: {
  draft: IFilterDraft;
  column: IResultColumn;
  source: ValueSource;
  trans: TranslationBundle;
  onChange: (change: DraftChange) => void;
}): JSX.Element {
  const { draft, column, source, trans, onChange } = props;
  const counts = useValues(source, column.index);
  const choices = choicesOf(Array.isArray(counts) ? counts : [], draft.values);
  return (
    <span
      className="jp-Obsdeck-Results-values"
      role="group"
      aria-label={trans.__('Values of %1', column.field.name)}
    >
      {!Array.isArray(counts) && <span>{stateWords(trans, counts)}</span>}
      {choices.map(({ value, count }, index) => (
        <label key={index} className="jp-Obsdeck-Results-check">
          <input
            type="checkbox"
            aria-label={nameOf(trans, words(trans, column, value), count)}
            checked={has(draft.values, value)}
            onChange={() => onChange({ values: toggled(draft.values, value) })}
          />
          <span className="jp-Obsdeck-Results-value">
            {words(trans, column, value)}
            {count !== null && (
              <small className="jp-Obsdeck-Results-muted"> {formatCount(count)}</small>
            )}
          </span>
        </label>
      ))}
    </span>
  );
}

/** Why no values are listed. */
type NoValues = 'counting' | 'too many' | 'failed';

function stateWords(trans: TranslationBundle, state: NoValues): string {
  switch (state) {
    case 'counting':
      return trans.__('Counting …');
    case 'too many':
      return trans.__('Too many different values to list them here.');
    case 'failed':
      return trans.__('The values could not be counted. Choose “is one of” again.');
  }
}

function useValues(source: ValueSource, column: number): IValueCount[] | NoValues {
  const [counts, setCounts] = React.useState<IValueCount[] | NoValues>('counting');
  React.useEffect(() => {
    const abort = new AbortController();
    const set = (values: IValueCount[] | NoValues): void => {
      if (!abort.signal.aborted) {
        setCounts(values);
      }
    };
    set('counting');
    source(column, abort.signal).then(
      values => set(values ? [...values] : 'too many'),
      () => set('failed')
    );
    return () => abort.abort();
  }, [source, column]);
  return counts;
}

/** The counted values, and those chosen that are not (or no longer) among them. */
function choicesOf(
  counted: readonly IValueCount[],
  chosen: readonly ScalarValue[]
): readonly IChoice[] {
  const others = chosen.filter(
    value => !counted.some(it => Object.is(it.value, value))
  );
  return [...counted, ...others.map(value => ({ value, count: null }))];
}

/** `image, 48,211 rows` */
function nameOf(trans: TranslationBundle, text: string, count: number | null): string {
  return count === null ? text : `${text}, ${rowWords(trans, count)}`;
}

function has(values: readonly ScalarValue[], value: ScalarValue): boolean {
  return values.some(other => Object.is(other, value));
}

function toggled(values: readonly ScalarValue[], value: ScalarValue): ScalarValue[] {
  return has(values, value)
    ? values.filter(other => !Object.is(other, value))
    : [...values, value];
}

function words(
  trans: TranslationBundle,
  column: IResultColumn,
  value: ScalarValue
): string {
  const text = screenText(column, value);
  return text === '' ? trans.__('empty text') : (text ?? trans.__('no value'));
}
