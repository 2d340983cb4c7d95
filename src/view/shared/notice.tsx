import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { warningIcon } from './icons.js';

/**
 * How the page and the Jupyter server get along:
 *
 * - `ready`: as they should
 * - `missing`: the server has no Obsdeck
 * - `older`: it has one that is older than this page
 * - `offline`: the Jupyter server does not answer
 */
export type ServerHalf =
  | { readonly state: 'ready' | 'missing' | 'offline' }
  | { readonly state: 'older'; readonly server: string; readonly page: string };

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

/** What mends it, for a terminal. */
const COMMANDS = {
  missing: 'pip install obsdeck',
  older: 'pip install --upgrade obsdeck',
  offline: null
} as const;

function sentence(
  server: Exclude<ServerHalf, { state: 'ready' }>,
  trans: TranslationBundle
): string {
  switch (server.state) {
    case 'missing':
      return trans.__('The server half of Obsdeck is missing.');
    case 'older':
      return trans.__(
        'The server half of Obsdeck is older (%1) than this page (%2).',
        server.server,
        server.page
      );
    default:
      return trans.__('No connection to the Jupyter server. What is on screen stays.');
  }
}
