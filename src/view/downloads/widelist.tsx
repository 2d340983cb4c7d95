import * as React from 'react';

import { grouped } from '../../model/downloads/groups.js';
import type { IDownload } from '../../model/downloads/types.js';
import { describeError } from '../../protocol/errors.js';
import { formatCount, formatSize } from '../shared/format.js';
import { showMenu } from '../shared/menu.js';
import { Hint, Troubles } from '../shared/troubles.js';
import { menuOf } from './actions.js';
import { chooseOne, type IChosen, NONE } from './chosen.js';
import {
  cellText,
  COLUMNS,
  filtered,
  type IDownloadOrder,
  ordered
} from './columns.js';
import { DownloadsGrid } from './grid.js';
import { type IDownloadsListProps, placeOf } from './list.js';
import { QueueNotices } from './notices.js';
import { Summary } from './summary.js';
import { WideTools } from './widetools.js';

/** The queue as a tab: tools, the whole, what needs the user, the files as a grid. */
export function WideList(props: IDownloadsListProps): JSX.Element {
  const { source, context, callbacks, trans, now } = props;
  const [filter, setFilter] = React.useState('');
  const [onlyProblems, setOnlyProblems] = React.useState(false);
  const [order, setOrder] = React.useState<IDownloadOrder | null>(null);
  const [chosen, setChosen] = React.useState<IChosen>(NONE);
  const groups = grouped(source.items);
  const isNarrowed = onlyProblems && groups.problems.length > 0;
  const items = isNarrowed ? groups.problems : source.items;
  const shown = ordered(filtered(items, filter, now, trans), order, now, trans);
  const picked = shown.filter(({ id }) => chosen.ids.has(id));
  const view = { ...props, shown, picked };
  return (
    <>
      <WideTools {...view} filter={filter} onFilter={setFilter} />
      <Hint text={context.blocked} role="status" />
      {!context.blocked && source.error && (
        <Troubles
          sentences={[describeError(source.error), source.error.details.hint ?? '']}
        />
      )}
      {source.items.length > 0 && <Summary source={source} trans={trans} />}
      <QueueNotices {...props} />
      <Problems
        {...props}
        problems={groups.problems}
        others={groups.now.length + groups.waiting.length}
        isNarrowed={isNarrowed}
        onNarrow={setOnlyProblems}
      />
      <DownloadsGrid
        items={shown}
        chosen={chosen}
        order={order}
        now={now}
        trans={trans}
        onChoose={setChosen}
        onOrder={setOrder}
        onOpen={id => isThere(source.items, id) && callbacks.act('open', [id])}
        onMove={(id, step) => callbacks.act(step, [id])}
        onCopy={() => callbacks.copy(copied(view))}
        onMenu={event => openMenu(event, view, setChosen)}
      />
      <Foot {...props} shown={shown} />
    </>
  );
}

/** The list with what of it is shown and chosen. */
export interface IWideView extends IDownloadsListProps {
  readonly shown: readonly IDownload[];
  readonly picked: readonly IDownload[];
}

function isThere(items: readonly IDownload[], id: string): boolean {
  return items.find(item => item.id === id)?.state === 'done';
}

function Problems(
  props: IDownloadsListProps & {
    readonly problems: readonly IDownload[];
    /** Files that go on. */
    readonly others: number;
    readonly isNarrowed: boolean;
    onNarrow(only: boolean): void;
  }
): JSX.Element | null {
  const { problems, others, isNarrowed, trans, onNarrow } = props;
  if (problems.length === 0) {
    return null;
  }
  const need = trans._n(
    '%2 file needs you.',
    '%2 files need you.',
    problems.length,
    formatCount(problems.length)
  );
  const rest = trans._n(
    'The other one goes on.',
    'The other %2 go on.',
    others,
    formatCount(others)
  );
  return (
    <div className="jp-Obsdeck-Downloads-banner">
      <p>
        {/* How many go on changes all the time, and is no reason to speak up. */}
        <b role="alert">{need}</b> {others > 0 ? rest : ''}
      </p>
      <button
        type="button"
        className="jp-Obsdeck-Search-secondary"
        onClick={() => onNarrow(!isNarrowed)}
      >
        {isNarrowed ? trans.__('Show all') : trans.__('Show them')}
      </button>
    </div>
  );
}

function openMenu(
  event: React.MouseEvent,
  view: IWideView,
  choose: (chosen: IChosen) => void
): void {
  const { source, shown, picked, context, callbacks, trans } = view;
  event.preventDefault();
  event.stopPropagation();
  const grid = event.currentTarget as HTMLElement;
  const row = rowOf(event, grid);
  const pressed = shown.find(({ id }) => id === row?.dataset['download']);
  const isAmong = pressed === undefined || picked.includes(pressed);
  const chosen = isAmong ? picked : [pressed];
  if (chosen.length === 0) {
    return;
  }
  if (pressed && !isAmong) {
    choose(chooseOne(pressed.id));
  }
  const entries = menuOf({
    chosen,
    items: source.items,
    context,
    trans,
    act: (action, ids) => callbacks.act(action, ids)
  });
  showMenu(entries, placeOf(event), () => grid.focus());
}

/** The row that was pressed, or that has the focus where a key asked. */
function rowOf(event: React.MouseEvent, grid: HTMLElement): HTMLElement | null {
  const active = grid.getAttribute('aria-activedescendant') ?? '';
  const cell = event.target === grid ? document.getElementById(active) : event.target;
  return cell instanceof Element ? cell.closest<HTMLElement>('[data-download]') : null;
}

/** The chosen files as tab-separated text, with their addresses. */
function copied({ picked, shown, trans, now }: IWideView): string {
  const rows = picked.length > 0 ? picked : shown.slice(0, 1);
  return rows
    .map(item =>
      [...COLUMNS.map(column => cellText(item, column, now, trans)), item.address].join(
        '\t'
      )
    )
    .join('\n');
}

function Foot(
  props: IDownloadsListProps & { readonly shown: readonly IDownload[] }
): JSX.Element {
  const { source, shown, trans } = props;
  const { items, totals } = source;
  const groups = grouped(items);
  const count = formatCount(items.length);
  const all = trans._n('%2 file', '%2 files', items.length, count);
  const part = trans.__('%1 of %2', formatCount(shown.length), all);
  const words = [
    shown.length === items.length ? all : part,
    trans.__('%1 done', formatCount(groups.done.length)),
    trans.__('%1 now', formatCount(groups.now.length)),
    trans.__('%1 waiting', formatCount(groups.waiting.length)),
    trans._n(
      '%2 problem',
      '%2 problems',
      groups.problems.length,
      formatCount(groups.problems.length)
    )
  ];
  const still = Math.max(0, totals.bytes - totals.received);
  return (
    <p
      className="jp-Obsdeck-Downloads-foot"
      role="status"
      aria-live="off"
      aria-label={trans.__('Downloads status')}
    >
      {items.length === 0
        ? trans.__('No downloads. Choose files in Links or in a calibration cascade.')
        : words.map(word => <span key={word}>{word}</span>)}
      {items.length > 0 && (
        <span className="jp-Obsdeck-Downloads-still">
          {trans.__(
            '%1 free; %2 still to come',
            formatSize(totals.free),
            formatSize(still)
          )}
        </span>
      )}
    </p>
  );
}
