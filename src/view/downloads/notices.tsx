import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { sharedNote, stillToCome } from '../../model/downloads/groups.js';
import type { IDownload } from '../../model/downloads/types.js';
import { formatClock, formatCount, formatSize } from '../shared/format.js';
import { Hint } from '../shared/troubles.js';
import type {
  IDownloadCallbacks,
  IDownloadsContext,
  IDownloadsSource
} from './types.js';
import { fullWords } from './words.js';

/** Properties of {@link QueueNotices}. */
export interface IQueueNoticesProps {
  readonly source: Pick<IDownloadsSource, 'items' | 'totals'>;
  readonly context: IDownloadsContext;
  readonly callbacks: Pick<IDownloadCallbacks, 'signIn' | 'start'>;
  readonly trans: TranslationBundle;
}

/** What of the whole queue needs the user, and what happened to it. */
export function QueueNotices(props: IQueueNoticesProps): JSX.Element {
  const { items } = props.source;
  const archives = new Set(
    items.filter(({ state }) => state === 'sign-in').map(({ archive }) => archive)
  );
  return (
    <>
      {[...archives].map(archive => (
        <SignInNotice key={archive} archive={archive} {...props} />
      ))}
      <FullNotice {...props} />
      <HeldNotice {...props} />
      <Hint text={sharedNote(items)} role="status" />
    </>
  );
}

function SignInNotice(
  props: IQueueNoticesProps & { readonly archive: string }
): JSX.Element {
  const { archive, context, callbacks, trans } = props;
  const name = context.nameOf(archive);
  const end = context.ranOut(archive);
  const words =
    end === null
      ? trans.__('%1 needs an account for this. Finished files are safe.', name)
      : trans.__(
          'The %1 sign-in ran out at %2. Finished files are safe.',
          name,
          formatClock(end)
        );
  return (
    <div className="jp-Obsdeck-Downloads-notice" role="alert">
      <p>{words}</p>
      <button
        type="button"
        className="jp-Obsdeck-Search-primary"
        onClick={() => callbacks.signIn(archive)}
      >
        {trans.__('Sign in and go on')}
      </button>
    </div>
  );
}

/** Not before something is to come: a disk that is full is nobody's business otherwise. */
function FullNotice({ source, trans }: IQueueNoticesProps): JSX.Element | null {
  const { free, folder } = source.totals;
  const wanted = stillToCome(source.items.filter(isOpen));
  return wanted > 0 && wanted > free ? (
    <div className="jp-Obsdeck-Downloads-notice" role="alert">
      <p>{fullWords(wanted, free, folder, trans)}</p>
    </div>
  ) : null;
}

function isOpen({ state }: IDownload): boolean {
  return state !== 'done' && state !== 'failed';
}

function HeldNotice(props: IQueueNoticesProps): JSX.Element | null {
  const { source, callbacks, trans } = props;
  const held = source.items.filter(({ state }) => state === 'held');
  if (held.length === 0) {
    return null;
  }
  const count = trans._n('%2 file', '%2 files', held.length, formatCount(held.length));
  const bytes = stillToCome(held);
  const words = bytes > 0 ? trans.__('%1, %2', count, formatSize(bytes)) : count;
  return (
    <div className="jp-Obsdeck-Downloads-held">
      <p>{words}</p>
      <button
        type="button"
        className="jp-Obsdeck-Search-primary"
        onClick={() => callbacks.start()}
      >
        {trans.__('Start downloads')}
      </button>
    </div>
  );
}
