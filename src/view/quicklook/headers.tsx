import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ICard } from '../../model/quicklook/client.js';
import { formatCount } from '../shared/format.js';

/** Cards that are in the page at once; a filter finds the others. */
const MOST = 1000;

/** Properties of {@link HeadersView}. */
export interface IHeadersProps {
  /** Null while they are read. */
  readonly cards: readonly ICard[] | null;
  /** Why they could not be read; empty where they could. */
  readonly error: string;
  readonly trans: TranslationBundle;
  onRetry(): void;
}

/** The cards of a header with a search. What is in them is shown as text, whatever it is. */
export function HeadersView(props: IHeadersProps): JSX.Element {
  const { cards, error, trans, onRetry } = props;
  const [filter, setFilter] = React.useState('');
  const words = trans.__('Filter headers');
  const found = filtered(cards ?? [], React.useDeferredValue(filter));
  return (
    <>
      <input
        className="jp-Obsdeck-QuickLook-filter"
        type="search"
        aria-label={words}
        placeholder={words}
        value={filter}
        onChange={event => setFilter(event.target.value)}
      />
      {error && (
        <p className="jp-Obsdeck-QuickLook-note" role="alert">
          {error}{' '}
          <button type="button" className="jp-Obsdeck-Results-button" onClick={onRetry}>
            {trans.__('Try again')}
          </button>
        </p>
      )}
      {cards && <Cards cards={found.slice(0, MOST)} trans={trans} />}
      {cards && <Count found={found.length} filter={filter} trans={trans} />}
    </>
  );
}

/** Cards in which a text occurs, in any case. */
export function filtered(cards: readonly ICard[], text: string): readonly ICard[] {
  const wanted = text.trim().toLowerCase();
  return wanted === ''
    ? cards
    : cards.filter(({ keyword, value, comment }) =>
        `${keyword}\n${value}\n${comment}`.toLowerCase().includes(wanted)
      );
}

function Cards(props: {
  readonly cards: readonly ICard[];
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { cards, trans } = props;
  return (
    <div className="jp-Obsdeck-QuickLook-cards" tabIndex={0}>
      <table aria-label={trans.__('Headers')}>
        <thead>
          <tr>
            <th scope="col">{trans.__('Keyword')}</th>
            <th scope="col">{trans.__('Value')}</th>
            <th scope="col">{trans.__('Comment')}</th>
          </tr>
        </thead>
        <tbody>
          {cards.map(({ keyword, value, comment }, index) => (
            <tr key={index}>
              <th scope="row">{keyword}</th>
              <td>{value}</td>
              <td>{comment}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Count(props: {
  readonly found: number;
  readonly filter: string;
  readonly trans: TranslationBundle;
}): JSX.Element | null {
  const { found, filter, trans } = props;
  const text =
    found === 0
      ? trans.__('No card has “%1”.', filter)
      : found > MOST
        ? trans.__(
            'The first %1 of %2 cards. The filter finds the others.',
            formatCount(MOST),
            formatCount(found)
          )
        : trans._n('1 card', '%2 cards', found, formatCount(found));
  return (
    <p className="jp-Obsdeck-QuickLook-note" role="status">
      {text}
    </p>
  );
}
