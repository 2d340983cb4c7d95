import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IDownload } from '../../model/downloads/types.js';
import { bringInSight, ROW_HEIGHT, shownRows, useHeight } from '../shared/rowwindow.js';
import { chooseOne, chooseTo, type IChosen, toggle } from './chosen.js';
import { COLUMNS, columnLabel, type IDownloadOrder } from './columns.js';
import { GridRow } from './gridrow.js';
import { gridStep, type IGridCell } from './gridkeys.js';
import { stepOf } from './list.js';

/** Properties of {@link DownloadsGrid}. */
export interface IDownloadsGridProps {
  /** As they are filtered and sorted. */
  readonly items: readonly IDownload[];
  readonly chosen: IChosen;
  readonly order: IDownloadOrder | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly trans: TranslationBundle;
  onChoose(chosen: IChosen): void;
  onOrder(order: IDownloadOrder | null): void;
  /** Enter, or a double click. */
  onOpen(id: string): void;
  onMove(id: string, step: 'up' | 'down'): void;
  onCopy(): void;
  /** The context menu was asked for, by pointer or key. */
  onMenu(event: React.MouseEvent): void;
}

/**
 * The files as a grid (WAI-ARIA, grid) of which only the rows in sight are in the page. The
 * focus stays with a file while the queue moves.
 */
export function DownloadsGrid(props: IDownloadsGridProps): JSX.Element {
  const { items, chosen, now, trans } = props;
  const pane = React.useRef<HTMLDivElement>(null);
  const [top, setTop] = React.useState(0);
  const height = useHeight(pane);
  const [focus, setFocus] = useFocus(items, pane);
  const domId = React.useId();
  const idOf = ({ row, column }: IGridCell): string =>
    `${domId}${row < 0 ? '' : (items[row]?.id ?? '')}-${column}`;
  return (
    <div
      ref={pane}
      className="jp-Obsdeck-Downloads-grid"
      role="grid"
      aria-label={trans.__('Downloads')}
      aria-rowcount={items.length + 1}
      aria-colcount={COLUMNS.length}
      aria-multiselectable="true"
      aria-activedescendant={idOf(focus)}
      tabIndex={0}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      onKeyDown={event => onKey(event, props, focus, setFocus, height)}
      onContextMenu={event => props.onMenu(event)}
    >
      <Header {...props} focus={focus} idOf={idOf} />
      <div role="rowgroup" style={{ height: items.length * ROW_HEIGHT }}>
        {shownRows(items.length, focus.row, top, height).map(at => (
          <GridRow
            key={items[at].id}
            item={items[at]}
            place={at}
            now={now}
            trans={trans}
            isChosen={chosen.ids.has(items[at].id)}
            focused={focus.row === at ? focus.column : null}
            idOf={idOf}
            onPress={(event, column) => {
              setFocus({ row: at, column });
              props.onChoose(pressed(event, items[at].id, props));
            }}
            onOpen={() => props.onOpen(items[at].id)}
          />
        ))}
      </div>
    </div>
  );
}

interface IHeaderProps extends IDownloadsGridProps {
  readonly focus: IGridCell;
  idOf(cell: IGridCell): string;
}

function Header(props: IHeaderProps): JSX.Element {
  const { order, trans, focus, idOf } = props;
  return (
    <div className="jp-Obsdeck-Downloads-header" role="row" aria-rowindex={1}>
      {COLUMNS.map((column, index) => {
        const isSorted = order?.column === column;
        const direction = order?.isDescending ? 'descending' : 'ascending';
        return (
          <span
            key={column}
            id={idOf({ row: -1, column: index })}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={isSorted ? direction : 'none'}
            data-column={column}
            data-focused={focus.row < 0 && focus.column === index}
            onClick={() => props.onOrder(nextOrder(order, column))}
          >
            {columnLabel(column, trans)}
            {isSorted && <i aria-hidden="true">{order.isDescending ? ' ▾' : ' ▴'}</i>}
          </span>
        );
      })}
    </div>
  );
}

/** Ascending, descending, the order of the queue. */
function nextOrder(
  order: IDownloadOrder | null,
  column: IDownloadOrder['column']
): IDownloadOrder | null {
  if (order?.column !== column) {
    return { column, isDescending: false };
  }
  return order.isDescending ? null : { column, isDescending: true };
}

function pressed(
  event: React.MouseEvent,
  id: string,
  { chosen, items }: IDownloadsGridProps
): IChosen {
  if (event.shiftKey) {
    return chooseTo(chosen, id, idsOf(items));
  }
  if (event.ctrlKey || event.metaKey) {
    return toggle(chosen, id);
  }
  // The menu of several is about all of them.
  return event.button === 2 && chosen.ids.has(id) ? chosen : chooseOne(id);
}

/** The cell with the focus; its file keeps it wherever it moves, its neighbour once it is gone. */
function useFocus(
  items: readonly IDownload[],
  pane: React.RefObject<HTMLDivElement>
): readonly [IGridCell, (cell: IGridCell) => void] {
  const [focused, setFocused] = React.useState<{ id: string | null; at: IGridCell }>({
    id: null,
    at: { row: 0, column: 0 }
  });
  const found = items.findIndex(({ id }) => id === focused.id);
  const row = found >= 0 ? found : Math.min(focused.at.row, items.length - 1);
  const setFocus = (at: IGridCell): void => {
    setFocused({ id: items[at.row]?.id ?? null, at });
    if (pane.current && at.row >= 0) {
      bringInSight(pane.current, at.row);
    }
  };
  return [{ row, column: focused.at.column }, setFocus];
}

function onKey(
  event: React.KeyboardEvent,
  props: IDownloadsGridProps,
  focus: IGridCell,
  setFocus: (cell: IGridCell) => void,
  height: number
): void {
  const isDone = event.altKey
    ? altKey(event, props, focus)
    : stepKey(event, props, focus, setFocus, height) || actKey(event, props, focus);
  if (isDone) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Alt with an arrow sorts by a header, and moves a file. */
function altKey(
  event: React.KeyboardEvent,
  { items, onOrder, onMove }: IDownloadsGridProps,
  { row, column }: IGridCell
): boolean {
  const step = stepOf(event);
  if (!step) {
    return false;
  }
  if (row < 0) {
    onOrder({ column: COLUMNS[column], isDescending: step === 'down' });
  } else {
    onMove(items[row].id, step);
  }
  return true;
}

function stepKey(
  event: React.KeyboardEvent,
  { items, chosen, onChoose }: IDownloadsGridProps,
  focus: IGridCell,
  setFocus: (cell: IGridCell) => void,
  height: number
): boolean {
  const isTable = event.ctrlKey || event.metaKey;
  const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 2);
  const size = { rows: items.length, columns: COLUMNS.length, page };
  const next = gridStep(event.key, isTable, focus, size);
  if (!next) {
    return false;
  }
  setFocus(next);
  const [from, to] = [items[focus.row], items[next.row]];
  if (event.shiftKey && to) {
    const anchor = chosen.anchor ?? (from ?? to).id;
    onChoose(chooseTo({ ...chosen, anchor }, to.id, idsOf(items)));
  }
  return true;
}

function actKey(
  event: React.KeyboardEvent,
  props: IDownloadsGridProps,
  { row, column }: IGridCell
): boolean {
  const { items, chosen } = props;
  const item = items[row];
  const command = event.ctrlKey || event.metaKey ? `Ctrl ${event.key}` : event.key;
  switch (command) {
    case 'Ctrl a':
      props.onChoose({ ids: new Set(idsOf(items)), anchor: chosen.anchor });
      return true;
    case 'Ctrl c':
      props.onCopy();
      return true;
    case ' ':
      if (item) {
        props.onChoose(toggle(chosen, item.id));
      }
      return true;
    case 'Enter':
      if (item) {
        props.onOpen(item.id);
      } else {
        props.onOrder(nextOrder(props.order, COLUMNS[column]));
      }
      return true;
    default:
      return false;
  }
}

function idsOf(items: readonly IDownload[]): string[] {
  return items.map(({ id }) => id);
}
