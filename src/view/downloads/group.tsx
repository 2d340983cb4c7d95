import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DownloadGroup } from '../../model/downloads/groups.js';
import type { IDownload } from '../../model/downloads/types.js';
import { formatCount } from '../shared/format.js';
import { DownloadItem, type IDownloadItemProps } from './itemview.js';

/** Files of a group that are drawn; the tab shows however many there are. */
export const SHOWN = 50;

interface IGroupProps extends Omit<IDownloadItemProps, 'item'> {
  readonly group: DownloadGroup;
  readonly items: readonly IDownload[];
  openTab(): void;
}

/** A group of the section: its title folds it; nothing where it is empty. */
export function DownloadGroupView(props: IGroupProps): JSX.Element | null {
  const { group, items, trans, openTab, ...item } = props;
  const [open, setOpen] = useOpen(group, items.length);
  const id = React.useId();
  if (items.length === 0) {
    return null;
  }
  const title = `${titleOf(group, trans)} (${formatCount(items.length)})`;
  const Caret = open ? caretDownIcon.react : caretRightIcon.react;
  return (
    <div className="jp-Obsdeck-Downloads-group" data-group={group}>
      <button
        type="button"
        className="jp-Obsdeck-Disclosure-button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Caret tag="span" className="jp-Obsdeck-Disclosure-caret" />
        {title}
      </button>
      {open && (
        <ul id={id} className="jp-Obsdeck-Section-list" role="list" aria-label={title}>
          {items.slice(0, SHOWN).map(one => (
            <DownloadItem key={one.id} {...item} item={one} trans={trans} />
          ))}
        </ul>
      )}
      {open && items.length > SHOWN && (
        <button
          type="button"
          className="jp-Obsdeck-Search-secondary jp-Obsdeck-Downloads-more"
          onClick={openTab}
        >
          {trans.__('Show all %1 in a tab', formatCount(items.length))}
        </button>
      )}
    </div>
  );
}

/** Whether a group is unfolded. Problems unfold by themselves whenever there is another one. */
function useOpen(
  group: DownloadGroup,
  count: number
): readonly [boolean, (open: boolean) => void] {
  const [open, setOpen] = React.useState(group !== 'waiting');
  const [before, setBefore] = React.useState(count);
  if (count !== before) {
    setBefore(count);
    if (group === 'problems' && count > before) {
      setOpen(true);
    }
  }
  return [open, setOpen];
}

function titleOf(group: DownloadGroup, trans: TranslationBundle): string {
  switch (group) {
    case 'now':
      return trans.__('Now');
    case 'problems':
      return trans.__('Problems');
    case 'waiting':
      return trans.__('Waiting');
    case 'done':
      return trans.__('Done');
  }
}
