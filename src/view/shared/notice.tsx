import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { warningIcon } from './icons.js';

/**
 * How the page and the Jupyter server get along:
 *
 * - `ready`: as they should
 * - `missing`: the server has no Obsdeck
 * - `older`: it has one that is older than this page
 * - `newer`: it was updated while this page was open
 * - `offline`: the Jupyter server does not answer
 */
export type ServerHalf =
  | { readonly state: 'ready' | 'missing' | 'offline' }
  | {
      readonly state: 'older' | 'newer';
      readonly server: string;
      readonly page: string;
    };

interface INoticeProps {
  readonly server: ServerHalf;
  readonly trans: TranslationBundle;
  /** Put a text on the clipboard. */
  onCopy(text: string): void;
}

/** What is wrong with the server half and the line that mends it; nothing when it is ready. */
export function Notice({ server, trans, onCopy }: INoticeProps): JSX.Element | null {
  if (server.state === 'ready') {
    return null;
  }
  const command = COMMANDS[server.state];
  return (
    <div className="jp-Obsdeck-Notice" role="alert">
      <warningIcon.react tag="span" />
      <div>
        <p>{sentence(server, trans)}</p>
        {command && (
          <div className="jp-Obsdeck-Notice-command">
            <code>{command}</code>
            <button
              type="button"
              className="jp-Obsdeck-Search-secondary"
              onClick={() => onCopy(command)}
            >
              {trans.__('Copy')}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}

/** Why the archives cannot be asked now; undefined where they can. */
export function whyBlocked(
  server: ServerHalf,
  trans: TranslationBundle
): string | undefined {
  const { state } = server;
  return state === 'missing' || state === 'offline'
    ? sentence(server, trans)
    : undefined;
}

/** What mends it, for a terminal. */
const COMMANDS = {
  missing: 'pip install obsdeck',
  older: 'pip install --upgrade obsdeck',
  newer: null,
  offline: null
} as const;

/** What is wrong, in one sentence. */
function sentence(server: ServerHalf, trans: TranslationBundle): string {
  switch (server.state) {
    case 'missing':
      return trans.__('The server half of Obsdeck is missing.');
    case 'older':
      return trans.__(
        'The server half of Obsdeck is older (%1) than this page (%2).',
        server.server,
        server.page
      );
    case 'newer':
      return trans.__(
        'The server half of Obsdeck is newer (%1) than this page (%2). Reload the page.',
        server.server,
        server.page
      );
    default:
      return trans.__('No connection to the Jupyter server. What is on screen stays.');
  }
}
