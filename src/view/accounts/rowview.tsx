import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { AccountIcon } from './icons.js';
import type { IRow, IRowAction } from './row.js';
import type { IAccountCallbacks } from './types.js';

interface IRowViewProps {
  readonly row: IRow;
  readonly callbacks: IAccountCallbacks;
  /** Why nothing can be done now; undefined where it can. */
  readonly blocked?: string;
  readonly trans: TranslationBundle;
}

/** One archive of the section: who one is there, with what rights, for how long. */
export function RowView(props: IRowViewProps): JSX.Element {
  const { row, callbacks, trans } = props;
  const onContextMenu = (event: React.MouseEvent<HTMLElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    const { clientX, clientY } = event;
    const opener = event.currentTarget.querySelector('button') ?? event.currentTarget;
    callbacks.menu(row.archive, { x: clientX, y: clientY }, opener);
  };
  return (
    <li
      className="jp-Obsdeck-Accounts-row"
      aria-label={row.name}
      data-archive={row.archive}
      data-icon={row.icon}
      onContextMenu={onContextMenu}
    >
      <AccountIcon icon={row.icon} />
      <div className="jp-Obsdeck-Accounts-body">
        <Head row={row} trans={trans} />
        {row.lines.map(({ text, tone }) => (
          <p key={text} className="jp-Obsdeck-Accounts-line" data-tone={tone}>
            {text}
          </p>
        ))}
        <div className="jp-Obsdeck-Accounts-foot">
          <Origin row={row} />
          <Actions {...props} />
        </div>
      </div>
    </li>
  );
}

function Head({ row, trans }: Pick<IRowViewProps, 'row' | 'trans'>): JSX.Element {
  return (
    <div className="jp-Obsdeck-Accounts-head">
      <span className="jp-Obsdeck-Accounts-names">
        <b title={row.title}>{row.title}</b>
        <span title={row.who}>{row.who}</span>
      </span>
      {row.time !== null && (
        <span
          className="jp-Obsdeck-Accounts-time"
          role="timer"
          aria-live="off"
          aria-label={trans.__('%1, time left', row.title)}
        >
          {row.time}
        </span>
      )}
    </div>
  );
}

function Origin({ row }: Pick<IRowViewProps, 'row'>): JSX.Element {
  return (
    <span className="jp-Obsdeck-Accounts-origin" title={row.origin}>
      {row.locked && <AccountIcon icon="lock" />}
      {row.origin}
    </span>
  );
}

/** What can be done; buttons keep their places, so that the focus stays when they change. */
function Actions({ row, callbacks, blocked, trans }: IRowViewProps): JSX.Element {
  const idle = blocked ?? (row.icon === 'busy' ? row.who : undefined);
  return (
    <span className="jp-Obsdeck-Accounts-actions">
      {row.note && <span className="jp-Obsdeck-Accounts-note">{row.note}</span>}
      {row.actions.map((action, place) => (
        <ActionButton
          key={place}
          action={action}
          idle={action.does === 'cancel' ? undefined : idle}
          onClick={() => callbacks[action.does](row.archive)}
        />
      ))}
      <MoreButton row={row} callbacks={callbacks} trans={trans} />
    </span>
  );
}

/** The menu of the row, for those who have no second mouse button. */
function MoreButton(
  props: Pick<IRowViewProps, 'row' | 'callbacks' | 'trans'>
): JSX.Element {
  const { row, callbacks, trans } = props;
  const onClick = ({ currentTarget }: React.MouseEvent<HTMLElement>): void => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    callbacks.menu(row.archive, { x: left, y: bottom }, currentTarget);
  };
  return (
    <button
      type="button"
      className="jp-Obsdeck-Accounts-more"
      aria-haspopup="menu"
      aria-label={trans.__('More about %1', row.title)}
      title={trans.__('More about %1', row.title)}
      onClick={onClick}
    >
      <AccountIcon icon="more" />
    </button>
  );
}

const LOOKS: Record<IRowAction['look'], string> = {
  primary: 'jp-Obsdeck-Search-primary',
  button: 'jp-Obsdeck-Search-secondary',
  link: 'jp-Obsdeck-Accounts-link'
};

interface IActionButtonProps {
  readonly action: IRowAction;
  /** Why it does nothing now; it keeps the focus meanwhile. */
  readonly idle?: string;
  onClick(): void;
}

function ActionButton({ action, idle, onClick }: IActionButtonProps): JSX.Element {
  const isIdle = idle !== undefined;
  return (
    <button
      type="button"
      className={LOOKS[action.look]}
      aria-label={action.name}
      aria-disabled={isIdle ? true : undefined}
      title={idle}
      onClick={isIdle ? undefined : onClick}
    >
      {action.label}
    </button>
  );
}
