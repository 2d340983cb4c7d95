import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import {
  type DownloadGroup,
  grouped,
  neighbour,
  sharedNote
} from '../../model/downloads/groups.js';
import type { IDownload } from '../../model/downloads/types.js';
import { describeError } from '../../protocol/errors.js';
import { useKeptFocus } from '../shared/keepfocus.js';
import { showMenu } from '../shared/menu.js';
import { Hint, Troubles } from '../shared/troubles.js';
import { menuOf } from './actions.js';
import { DownloadGroupView } from './group.js';
import { QueueNotices } from './notices.js';
import { Summary } from './summary.js';
import type {
  DownloadAction,
  IDownloadCallbacks,
  IDownloadsContext,
  IDownloadsSource
} from './types.js';

/** Properties of {@link DownloadsList}. */
export interface IDownloadsListProps {
  readonly source: IDownloadsSource;
  readonly context: IDownloadsContext;
  readonly callbacks: IDownloadCallbacks;
  readonly trans: TranslationBundle;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const ROWS = '.jp-Obsdeck-Downloads-row';
const ORDER: readonly DownloadGroup[] = ['now', 'problems', 'waiting', 'done'];

/** The Downloads section: what needs the user, the whole, and the files by how they stand. */
export function DownloadsList(props: IDownloadsListProps): JSX.Element {
  const { source, context, callbacks, trans, now } = props;
  const focus = useKeptFocus(ROWS, 'download');
  const groups = grouped(source.items);
  const act = (action: DownloadAction, id: string): void => callbacks.act(action, [id]);
  return (
    <div
      className="jp-Obsdeck-Downloads-content"
      {...focus}
      onContextMenu={event => openMenu(event, props)}
      onKeyDown={event => move(event, source.items, act)}
    >
      <Hint text={context.blocked} role="status" />
      {!context.blocked && <Troubles sentences={troubles(source)} />}
      {source.items.length === 0 ? (
        <Hint
          text={trans.__(
            'No downloads. Choose files in Links or in a calibration cascade.'
          )}
          role="status"
        />
      ) : (
        <>
          <QueueNotices {...props} />
          <Summary source={source} trans={trans} />
        </>
      )}
      {ORDER.map(group => (
        <DownloadGroupView
          key={group}
          group={group}
          items={groups[group]}
          trans={trans}
          now={now}
          shared={sharedNote(source.items)}
          blocked={context.blocked}
          act={act}
          openTab={callbacks.openTab}
        />
      ))}
    </div>
  );
}

function troubles({ error }: IDownloadsSource): string[] {
  return error ? [describeError(error), error.details.hint ?? ''] : [];
}

/** The menu of the file that was pressed, or that has the focus. */
function openMenu(event: React.MouseEvent, props: IDownloadsListProps): void {
  const { source, context, callbacks, trans } = props;
  const item = itemAt(event, source.items);
  if (!item) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const opener = document.activeElement;
  const entries = menuOf({
    chosen: [item],
    items: source.items,
    context,
    trans,
    act: (action, ids) => callbacks.act(action, ids)
  });
  showMenu(entries, placeOf(event), () => {
    if (opener instanceof HTMLElement) {
      opener.focus();
    }
  });
}

/** Alt with an arrow moves a file that waits. */
function move(
  event: React.KeyboardEvent,
  items: readonly IDownload[],
  act: (action: DownloadAction, id: string) => void
): void {
  const step = stepOf(event);
  const item = step && itemAt(event, items);
  if (step && item) {
    event.preventDefault();
    event.stopPropagation();
    if (neighbour(items, item.id, step)) {
      act(step, item.id);
    }
  }
}

/** Which way Alt and an arrow move a file; null for other keys. */
export function stepOf({ altKey, key }: React.KeyboardEvent): 'up' | 'down' | null {
  if (!altKey) {
    return null;
  }
  return key === 'ArrowUp' ? 'up' : key === 'ArrowDown' ? 'down' : null;
}

/** Where a menu opens: at the pointer, or below what has the focus where a key opened it. */
export function placeOf(event: React.MouseEvent): { x: number; y: number } {
  const { clientX, clientY, target } = event;
  if (clientX !== 0 || clientY !== 0 || !(target instanceof Element)) {
    return { x: clientX, y: clientY };
  }
  const { left, bottom } = target.getBoundingClientRect();
  return { x: left, y: bottom };
}

function itemAt(
  { target }: React.SyntheticEvent,
  items: readonly IDownload[]
): IDownload | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>(ROWS) : null;
  const id = row?.dataset['download'];
  return id === undefined ? undefined : items.find(item => item.id === id);
}
