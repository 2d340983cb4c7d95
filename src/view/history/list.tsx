import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IHistoryEntry } from '../../model/history/types.js';
import { formatCount, formatInstant } from '../shared/format.js';

/** Properties of {@link HistoryList}. */
export interface IHistoryListProps {
  /** Those found by the words, newest first. */
  readonly entries: readonly IHistoryEntry[];
  /** True where nothing is remembered at all. */
  readonly isEmpty: boolean;
  readonly words: string;
  readonly trans: TranslationBundle;
  nameOf(archive: string): string | undefined;
  onWords(words: string): void;
  onChoose(entry: IHistoryEntry): void;
  onRemove(entry: IHistoryEntry): void;
  onClear(): void;
}

/**
 * A search box above a list box. The focus stays in the search box; arrows move the choice
 * in the list, Enter takes it, Shift+Delete forgets it.
 */
export function HistoryList(props: IHistoryListProps): JSX.Element {
  const { entries, isEmpty, trans } = props;
  const id = React.useId();
  const [wanted, setActive] = React.useState(0);
  const active = Math.min(wanted, entries.length - 1);
  return (
    <>
      <SearchBox {...props} id={id} active={active} onActive={setActive} />
      <ul
        id={`${id}-list`}
        className="jp-Obsdeck-History-list"
        role="listbox"
        aria-label={trans.__('History')}
      >
        {entries.map((entry, index) => (
          <Entry
            key={`${entry.when} ${entry.adql}`}
            id={`${id}-${index}`}
            entry={entry}
            isActive={index === active}
            {...props}
          />
        ))}
      </ul>
      {entries.length === 0 && (
        <p className="jp-Obsdeck-History-empty" role="status">
          {isEmpty
            ? trans.__('No queries yet. Those that you run are listed here.')
            : trans.__('No query has all these words.')}
        </p>
      )}
      <Tools {...props} chosen={entries[active]} />
    </>
  );
}

interface ISearchBoxProps extends IHistoryListProps {
  /** What ids of the list and its entries begin with. */
  readonly id: string;
  /** Index of the chosen entry; -1 for none. */
  readonly active: number;
  onActive(index: number): void;
}

/** Keeps the focus, while its keys move the choice in the list. */
function SearchBox(props: ISearchBoxProps): JSX.Element {
  const { id, active, words, trans, onActive, onWords } = props;
  const onKey = (event: React.KeyboardEvent): void => {
    if (pressed(event, props)) {
      event.preventDefault();
    }
  };
  return (
    <input
      type="search"
      role="searchbox"
      className="jp-Obsdeck-History-search"
      aria-label={trans.__('Search the history')}
      aria-controls={`${id}-list`}
      aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
      placeholder={trans.__('Search the history')}
      value={words}
      onChange={event => {
        onActive(0);
        onWords(event.target.value);
      }}
      onKeyDown={onKey}
    />
  );
}

/** Forgets the chosen entry, or all. */
function Tools(
  props: IHistoryListProps & { readonly chosen: IHistoryEntry | undefined }
): JSX.Element {
  const { chosen, isEmpty, trans, onRemove, onClear } = props;
  return (
    <div className="jp-Obsdeck-History-tools">
      <button
        type="button"
        className="jp-Obsdeck-Search-secondary"
        disabled={chosen === undefined}
        onClick={() => chosen && onRemove(chosen)}
      >
        {trans.__('Remove')}
      </button>
      <button
        type="button"
        className="jp-Obsdeck-Search-secondary"
        disabled={isEmpty}
        onClick={onClear}
      >
        {trans.__('Clear history')}
      </button>
    </div>
  );
}

interface IEntryProps extends IHistoryListProps {
  readonly id: string;
  readonly entry: IHistoryEntry;
  readonly isActive: boolean;
}

function Entry(props: IEntryProps): JSX.Element {
  const { id, entry, isActive, trans, nameOf, onChoose } = props;
  const line = React.useRef<HTMLLIElement>(null);
  React.useEffect(() => {
    if (isActive) {
      line.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isActive]);
  return (
    <li
      ref={line}
      id={id}
      role="option"
      aria-selected={isActive}
      title={entry.adql}
      onClick={() => onChoose(entry)}
    >
      <code>{entry.adql.replace(/\s+/g, ' ')}</code>
      <span>{detail(entry, nameOf(entry.archive) ?? entry.archive, trans)}</span>
    </li>
  );
}

/** “ESO, 2026-11-20 21:04 UTC, 4,812 rows” */
function detail(
  entry: IHistoryEntry,
  archive: string,
  trans: TranslationBundle
): string {
  const { rows, when, error } = entry;
  const count = trans._n('%2 row', '%2 rows', rows, formatCount(rows));
  return [archive, formatInstant(when), error ?? count].join(', ');
}

/** Do what a key stands for in the list; false for keys of the search box itself. */
function pressed(
  { key, shiftKey }: React.KeyboardEvent,
  { entries, active, onActive, onChoose, onRemove }: ISearchBoxProps
): boolean {
  const move = (to: number): true => {
    onActive(Math.max(0, Math.min(to, entries.length - 1)));
    return true;
  };
  switch (key) {
    case 'ArrowDown':
      return move(active + 1);
    case 'ArrowUp':
      return move(active - 1);
    case 'PageDown':
      return move(active + PAGE);
    case 'PageUp':
      return move(active - PAGE);
  }
  const entry = entries[active];
  if (entry && key === 'Enter') {
    onChoose(entry);
    return true;
  }
  if (entry && key === 'Delete' && shiftKey) {
    onRemove(entry);
    return true;
  }
  return false;
}

/** Entries that PageUp and PageDown go past. */
const PAGE = 8;
