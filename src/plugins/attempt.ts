import { Notification } from '@jupyterlab/apputils';

import { describeError, ProtocolError } from '../protocol/errors.js';

/** Do something the user asked for; tell them when it fails where nothing else would. */
export function attempt(action: Promise<unknown>): void {
  action.catch((reason: unknown) => {
    Notification.error(sentence(reason), { autoClose: false });
  });
}

function sentence(reason: unknown): string {
  if (reason instanceof ProtocolError) {
    return [describeError(reason), reason.details.hint].filter(Boolean).join(' ');
  }
  return reason instanceof Error ? reason.message : String(reason);
}
