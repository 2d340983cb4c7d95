import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { SchemaBrowser } from '../../model/schema/browser.js';
import type { ISchemaRow } from '../../model/schema/tree.js';
import { ThingIcon } from './icons.js';
import { type TreeStep, treeStep, typedAhead } from './keys.js';
import { type IRowWords, rowWords } from './words.js';

/** Height of a row, px, as in the style sheet. */
export const ROW_HEIGHT = 24;

/** Rows drawn beyond the edges, so that scrolling shows no gaps. */
const MARGIN = 8;

/** Milliseconds after which another letter begins another word. */
const TYPE_AHEAD = 700;

/** Properties of {@link SchemaTreeView}. */
export interface ISchemaTreeProps {
  readonly browser: SchemaBrowser;
  readonly trans: TranslationBundle;
  /** Put a name into the query. */
  onInsert(row: ISchemaRow): void;
}

/** The tree; only the rows in sight are in the page. */
export function SchemaTreeView(props: ISchemaTreeProps): JSX.Element {
  const { browser, trans } = props;
  const { rows } = browser;
  const id = React.useId();
  const pane = React.useRef<HTMLDivElement>(null);
  const [top, setTop] = React.useState(0);
  const height = useHeight(pane);
  const focused = focusedAt(browser);
  useInSight(pane, focused, browser.focused);
  const onKey = useKeys(props, height);
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - MARGIN);
  const last = Math.ceil((top + height) / ROW_HEIGHT) + MARGIN;
  const shown = rows
    .slice(first, last)
    .map((row, index) => ({ row, at: first + index }));
  if (rows[focused] && (focused < first || focused >= last)) {
    // What has the focus must be there for a screen reader, wherever one scrolls.
    shown.push({ row: rows[focused], at: focused });
  }
  return (
    <div
      ref={pane}
      className="jp-Obsdeck-Schema-tree"
      role="tree"
      aria-label={trans.__('Schema')}
      aria-activedescendant={rows[focused] && `${id}${rows[focused].id}`}
      tabIndex={0}
      onKeyDown={onKey}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
    >
      <div role="none" style={{ height: rows.length * ROW_HEIGHT }}>
        {shown.map(({ row, at }) => (
          <Row
            key={row.id}
            {...props}
            row={row}
            domId={`${id}${row.id}`}
            top={at * ROW_HEIGHT}
            isFocused={at === focused}
            words={rowWords(row, browser, trans)}
          />
        ))}
      </div>
    </div>
  );
}

/** Index of the row with the focus, the first one before any has it. */
function focusedAt({ rows, focused }: SchemaBrowser): number {
  return Math.max(
    0,
    rows.findIndex(({ id }) => id === focused)
  );
}

interface IRowProps extends ISchemaTreeProps {
  readonly row: ISchemaRow;
  readonly domId: string;
  /** Px from the top of all rows. */
  readonly top: number;
  readonly isFocused: boolean;
  readonly words: IRowWords;
}

function Row(props: IRowProps): JSX.Element {
  const { browser, row, domId, top, isFocused, words, onInsert } = props;
  const { level, position, count, expanded, adql } = row;
  const { label, detail } = words;
  const Caret = expanded ? caretDownIcon.react : caretRightIcon.react;
  return (
    <div
      id={domId}
      className="jp-Obsdeck-Schema-row"
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={count}
      aria-expanded={expanded ?? undefined}
      aria-selected={isFocused}
      aria-label={[label, detail].filter(Boolean).join(', ')}
      title={[label, detail].filter(Boolean).join('\n')}
      style={{ top, paddingLeft: 4 + (level - 1) * 20 }}
      draggable={adql !== ''}
      onDragStart={event => {
        event.dataTransfer.setData('text/plain', adql);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={() => {
        browser.focus(row.id);
        if (expanded !== null) {
          browser.toggle(row);
        }
      }}
      onDoubleClick={() => adql !== '' && expanded === null && onInsert(row)}
    >
      <span className="jp-Obsdeck-Schema-caret" aria-hidden="true">
        {expanded !== null && <Caret tag="span" />}
      </span>
      <ThingIcon kind={row.thing.kind} />
      <span className="jp-Obsdeck-Schema-name">{label}</span>
      <span className="jp-Obsdeck-Schema-detail">{detail}</span>
    </div>
  );
}

/** Height of the pane, px; a usual one until it is known. */
function useHeight(pane: React.RefObject<HTMLDivElement>): number {
  const [height, setHeight] = React.useState(600);
  React.useEffect(() => {
    const { current } = pane;
    const observer = new ResizeObserver(() =>
      setHeight(before => current?.clientHeight || before)
    );
    if (current) {
      observer.observe(current);
    }
    return () => observer.disconnect();
  }, [pane]);
  return height;
}

/** Scroll so that the row that got the focus is in sight. */
function useInSight(
  pane: React.RefObject<HTMLDivElement>,
  at: number,
  focused: string | null
): void {
  React.useEffect(() => {
    if (pane.current && focused !== null) {
      bringInSight(pane.current, at * ROW_HEIGHT);
    }
    // Only when the focus moves: what is unfolded above must not scroll by itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pane, focused]);
}

/** @param top - of the row, px */
function bringInSight(pane: HTMLElement, top: number): void {
  const { scrollTop, clientHeight } = pane;
  if (top < scrollTop) {
    pane.scrollTop = top;
  } else if (top + ROW_HEIGHT > scrollTop + clientHeight) {
    pane.scrollTop = top + ROW_HEIGHT - clientHeight;
  }
}

/** The keys of the tree, letters for type-ahead among them. */
function useKeys(
  props: ISchemaTreeProps,
  height: number
): (event: React.KeyboardEvent) => void {
  const typed = React.useRef({ text: '', at: 0 });
  return event => {
    const { browser, trans } = props;
    const { rows } = browser;
    // Not as it was drawn last: keys may come faster.
    const at = focusedAt(browser);
    const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
    const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    const step = isShortcut ? null : treeStep(event.key, rows, at, page);
    if (step) {
      event.preventDefault();
      take(step, props);
    } else if (!isShortcut && /^\S$/.test(event.key)) {
      const { current } = typed;
      const isNew = event.timeStamp - current.at > TYPE_AHEAD;
      typed.current = {
        text: (isNew ? '' : current.text) + event.key,
        at: event.timeStamp
      };
      const names = rows.map(row => rowWords(row, browser, trans).label);
      const found = typedAhead(typed.current.text, names, at);
      if (found !== null) {
        browser.focus(rows[found].id);
      }
    }
  };
}

function take(step: TreeStep, { browser, onInsert }: ISchemaTreeProps): void {
  switch (step.do) {
    case 'focus':
      browser.focus(step.row.id);
      break;
    case 'open':
    case 'close':
      step.rows.forEach(row => browser.toggle(row, step.do === 'open'));
      break;
    case 'use':
      browser.focus(step.row.id);
      if (step.row.expanded !== null) {
        browser.toggle(step.row);
      } else if (step.row.adql !== '') {
        onInsert(step.row);
      }
  }
}
