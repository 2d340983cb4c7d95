import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { JobStateIcon } from './icons.js';
import type { IJobButton, IJobRow } from './row.js';
import type { IJobCallbacks } from './types.js';

interface IJobRowProps {
  readonly row: IJobRow;
  readonly callbacks: IJobCallbacks;
  /** Why nothing can be done now; undefined where it can. */
  readonly blocked?: string;
  readonly trans: TranslationBundle;
}

/** One job: what it is, how it stands, what can be done with it. */
export function JobRowView({
  row,
  callbacks,
  blocked,
  trans
}: IJobRowProps): JSX.Element {
  const { id, title, line, name, icon, actions, progress, busy } = row;
  return (
    <li
      className="jp-Obsdeck-Jobs-row"
      aria-label={name}
      data-job={id}
      data-icon={icon}
    >
      <JobStateIcon icon={icon} />
      <b className="jp-Obsdeck-Jobs-title" title={title}>
        {title}
      </b>
      <p className="jp-Obsdeck-Jobs-line" title={line}>
        {line}
      </p>
      <span className="jp-Obsdeck-Jobs-actions" data-count={actions.length}>
        {actions.map((action, place) => (
          <JobActionButton
            key={place}
            action={action}
            idle={blocked ?? (busy ? line : undefined)}
            onClick={() => callbacks.act(action.does, id)}
          />
        ))}
      </span>
      <Share title={title} progress={progress} trans={trans} />
    </li>
  );
}

/** How much of the time it may take has gone by; nothing tells how far the job itself is. */
function Share({
  title,
  progress,
  trans
}: Pick<IJobRow, 'title' | 'progress'> &
  Pick<IJobRowProps, 'trans'>): JSX.Element | null {
  if (progress === null) {
    return null;
  }
  const known = progress !== 'waiting';
  const percent = known ? Math.round(progress * 100) : undefined;
  return (
    <div
      className="jp-Obsdeck-Jobs-bar"
      role="progressbar"
      aria-label={trans.__('%1, share of its time limit', title)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      title={known ? trans.__('%1 % of the time it may take', percent) : undefined}
      data-known={known}
    >
      <span style={known ? { width: `${percent}%` } : undefined} />
    </div>
  );
}

interface IJobActionProps {
  readonly action: IJobButton;
  /** Why it does nothing now; it keeps the focus meanwhile. */
  readonly idle?: string;
  onClick(): void;
}

function JobActionButton({ action, idle, onClick }: IJobActionProps): JSX.Element {
  const isIdle = idle !== undefined;
  const isRemove = action.does === 'remove';
  return (
    <button
      type="button"
      className={isRemove ? 'jp-Obsdeck-Jobs-remove' : 'jp-Obsdeck-Search-secondary'}
      aria-label={action.name}
      aria-disabled={isIdle ? true : undefined}
      title={idle ?? (isRemove ? action.label : undefined)}
      onClick={isIdle ? undefined : onClick}
    >
      {isRemove ? <closeIcon.react tag="span" aria-hidden="true" /> : action.label}
    </button>
  );
}
