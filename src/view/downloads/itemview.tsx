import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon, type LabIcon, refreshIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { shareOf } from '../../model/downloads/groups.js';
import type { IDownload } from '../../model/downloads/types.js';
import { formatSize } from '../shared/format.js';
import { actionLabel, buttonsOf } from './actions.js';
import { Bar } from './bar.js';
import { DownloadStateIcon, iconOf, pauseIcon, resumeIcon } from './icons.js';
import { MiddleText } from './middletext.js';
import type { DownloadAction } from './types.js';
import { lineOf, nameOf } from './words.js';

/** Properties of {@link DownloadItem}. */
export interface IDownloadItemProps {
  readonly item: IDownload;
  readonly trans: TranslationBundle;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What all say, and thus none by itself. */
  readonly shared: string;
  /** Why nothing can be done now; undefined where it can. */
  readonly blocked?: string;
  act(action: DownloadAction, id: string): void;
}

/** One file of the section: what it is, how it stands, what can be done with it. */
export function DownloadItem(props: IDownloadItemProps): JSX.Element {
  const { item, trans, now, shared } = props;
  const { id, name, state, received, note } = item;
  const isDone = state === 'done';
  const line = [lineOf(item, now, trans), note === shared ? '' : note];
  return (
    <li
      className="jp-Obsdeck-Downloads-row"
      aria-label={nameOf(item, now, trans)}
      data-download={id}
      data-icon={iconOf(item)}
      data-state={state}
    >
      <DownloadStateIcon icon={iconOf(item)} />
      {isDone ? <OpenButton {...props} /> : <MiddleText text={name} />}
      {isDone ? (
        <span className="jp-Obsdeck-Downloads-size">{formatSize(received)}</span>
      ) : (
        <Buttons {...props} />
      )}
      {!isDone && <Bar label={name} share={shareOf(item)} />}
      {!isDone && (
        <p className="jp-Obsdeck-Downloads-line">{line.filter(Boolean).join(' · ')}</p>
      )}
    </li>
  );
}

/** The name of a file that is there opens it. */
function OpenButton({ item, trans, now, act }: IDownloadItemProps): JSX.Element {
  const { id, name } = item;
  return (
    <button
      type="button"
      className="jp-Obsdeck-Downloads-open"
      aria-label={trans.__('Open %1', name)}
      title={`${item.path}\n${lineOf(item, now, trans)}`}
      onClick={() => act('open', id)}
    >
      <MiddleText text={name} />
    </button>
  );
}

const ICONS: Partial<Record<DownloadAction, LabIcon>> = {
  pause: pauseIcon,
  resume: resumeIcon,
  retry: refreshIcon,
  cancel: closeIcon
};

function Buttons({ item, trans, blocked, act }: IDownloadItemProps): JSX.Element {
  const isIdle = blocked !== undefined;
  return (
    <span className="jp-Obsdeck-Downloads-actions">
      {buttonsOf(item).map(action => {
        const Icon = ICONS[action]?.react;
        const label = actionLabel(action, trans);
        return (
          <button
            key={action}
            type="button"
            aria-label={trans.__('%1 %2', label, item.name)}
            aria-disabled={isIdle ? true : undefined}
            title={blocked ?? label}
            onClick={isIdle ? undefined : () => act(action, item.id)}
          >
            {Icon && <Icon tag="span" aria-hidden="true" />}
          </button>
        );
      })}
    </span>
  );
}
