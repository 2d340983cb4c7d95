import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { bringInSight, ROW_HEIGHT, shownRows, useHeight } from './rowwindow.js';
import { type ITreeRow, type TreeStep, treeStep, typedAhead } from './treekeys.js';

/** Milliseconds after which another letter begins another word. */
const TYPE_AHEAD = 700;

/** Rows that are shown, and which of them has the focus. */
export interface ITreeSource<T extends ITreeRow> {
  /** From top to bottom; what is folded is not among them. */
  readonly rows: readonly T[];
  /** Id of the row with the focus; null before any has. */
  readonly focused: string | null;
  focus(id: string): void;
}

/** How a row is told. */
export interface ITreeItem {
  /** Accessible name. */
  readonly name: string;
  /** What type-ahead looks at. */
  readonly typed: string;
  /** Tooltip. */
  readonly title: string;
  /** State of the drawn check box; missing where there is none. */
  readonly checked?: 'true' | 'false' | 'mixed';
  /** It can be opened as well as unfolded: Enter and a double click open it. */
  readonly opens?: boolean;
  /** Text that dragging it carries; missing where it cannot be dragged. */
  readonly dragged?: string;
  readonly className?: string;
}

/** Properties of {@link TreeView}. */
export interface ITreeProps<T extends ITreeRow> {
  readonly source: ITreeSource<T>;
  /** Accessible name. */
  readonly label: string;
  /** Of the description of the tree, where there is one. */
  readonly describedBy?: string;
  itemOf(row: T): ITreeItem;
  /** What is drawn behind the caret. */
  draw(row: T, item: ITreeItem): React.ReactNode;
  onToggle(rows: readonly T[], open: boolean): void;
  /** Enter, or a double click, on what cannot be unfolded, or can be opened as well. */
  onUse(row: T): void;
  /** Space; missing where nothing is ticked. */
  onTick?(row: T): void;
}

/**
 * A tree (WAI-ARIA, tree view) of which only the rows in sight are in the page: arrows,
 * Home, End, PageUp, PageDown, `*`, type-ahead, Enter and Space.
 */
export function TreeView<T extends ITreeRow>(props: ITreeProps<T>): JSX.Element {
  const { source, label, describedBy, itemOf } = props;
  const { rows } = source;
  const id = React.useId();
  const pane = React.useRef<HTMLDivElement>(null);
  const [top, setTop] = React.useState(0);
  const height = useHeight(pane);
  const focused = focusedAt(source);
  useInSight(pane, focused, source.focused);
  const onKey = useKeys(props, height);
  return (
    <div
      ref={pane}
      className="jp-Obsdeck-Tree"
      role="tree"
      aria-label={label}
      aria-describedby={describedBy}
      aria-activedescendant={rows[focused] && `${id}${rows[focused].id}`}
      tabIndex={0}
      onKeyDown={onKey}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
    >
      <div role="none" style={{ height: rows.length * ROW_HEIGHT }}>
        {shownRows(rows.length, focused, top, height).map(at => (
          <Row
            key={rows[at].id}
            {...props}
            row={rows[at]}
            domId={`${id}${rows[at].id}`}
            top={at * ROW_HEIGHT}
            isFocused={at === focused}
            item={itemOf(rows[at])}
          />
        ))}
      </div>
    </div>
  );
}

/** Index of the row with the focus, the first one before any has it. */
function focusedAt<T extends ITreeRow>({ rows, focused }: ITreeSource<T>): number {
  return Math.max(
    0,
    rows.findIndex(({ id }) => id === focused)
  );
}

interface IRowProps<T extends ITreeRow> extends ITreeProps<T> {
  readonly row: T;
  readonly domId: string;
  /** Px from the top of all rows. */
  readonly top: number;
  readonly isFocused: boolean;
  readonly item: ITreeItem;
}

function Row<T extends ITreeRow>(props: IRowProps<T>): JSX.Element {
  const { source, row, domId, top, isFocused, item } = props;
  const { level, position, count, expanded } = row;
  const { name, title, checked, opens = false, dragged, className } = item;
  const toggle = (): void => props.onToggle([row], !expanded);
  return (
    <div
      id={domId}
      className={`jp-Obsdeck-Tree-row ${className ?? ''}`}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={count}
      aria-expanded={expanded ?? undefined}
      aria-selected={isFocused}
      aria-checked={checked}
      aria-label={name}
      title={title}
      style={{ top, paddingLeft: 4 + (level - 1) * 20 }}
      draggable={dragged !== undefined}
      onDragStart={event => {
        event.dataTransfer.setData('text/plain', dragged ?? '');
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={() => {
        source.focus(row.id);
        if (expanded !== null && !opens) {
          toggle();
        }
      }}
      onDoubleClick={() => (expanded === null || opens) && props.onUse(row)}
    >
      <Caret expanded={expanded} onClick={opens ? toggle : undefined} />
      {props.draw(row, item)}
    </div>
  );
}

/** @param props.onClick - missing where a click anywhere in the row does it */
function Caret(
  props: Pick<ITreeRow, 'expanded'> & { readonly onClick?: () => void }
): JSX.Element {
  const { expanded, onClick } = props;
  const Icon = expanded ? caretDownIcon.react : caretRightIcon.react;
  return (
    <span className="jp-Obsdeck-Tree-caret" aria-hidden="true" onClick={onClick}>
      {expanded !== null && <Icon tag="span" />}
    </span>
  );
}

/** Scroll so that the row that got the focus is in sight. */
function useInSight(
  pane: React.RefObject<HTMLDivElement>,
  at: number,
  focused: string | null
): void {
  React.useEffect(() => {
    if (pane.current && focused !== null) {
      bringInSight(pane.current, at);
    }
    // Only when the focus moves: what is unfolded above must not scroll by itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pane, focused]);
}

/** The keys of the tree, letters for type-ahead among them. */
function useKeys<T extends ITreeRow>(
  props: ITreeProps<T>,
  height: number
): (event: React.KeyboardEvent) => void {
  const typed = React.useRef({ text: '', at: 0 });
  return event => {
    const { source, itemOf } = props;
    const { rows } = source;
    // Not as it was drawn last: keys may come faster.
    const at = focusedAt(source);
    const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
    const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    const step = isShortcut ? null : treeStep(event.key, rows, at, page);
    if (step) {
      event.preventDefault();
      take(step, props);
    } else if (!isShortcut && /^\S$/.test(event.key)) {
      const { current } = typed;
      const isNew = event.timeStamp - current.at > TYPE_AHEAD;
      const text = (isNew ? '' : current.text) + event.key;
      typed.current = { text, at: event.timeStamp };
      const found = typedAhead(text, rows.length, at, n => itemOf(rows[n]).typed);
      if (found !== null) {
        source.focus(rows[found].id);
      }
    }
  };
}

function take<T extends ITreeRow>(step: TreeStep<T>, props: ITreeProps<T>): void {
  const { source, itemOf, onToggle, onUse, onTick } = props;
  switch (step.do) {
    case 'focus':
      source.focus(step.row.id);
      break;
    case 'open':
    case 'close':
      onToggle(step.rows, step.do === 'open');
      break;
    case 'tick':
      source.focus(step.row.id);
      onTick?.(step.row);
      break;
    case 'use':
      source.focus(step.row.id);
      if (step.row.expanded !== null && !itemOf(step.row).opens) {
        onToggle([step.row], !step.row.expanded);
      } else {
        onUse(step.row);
      }
  }
}
