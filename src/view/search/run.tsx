import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ISearchProgress } from '../../model/search.js';
import { formatCount, formatSeconds, formatSize } from '../shared/format.js';
import { useDelayed, useEvery, useSilence } from './timing.js';

/** Milliseconds before a wait is shown; a shorter one would only flicker. */
const SHOW_AFTER = 300;
/** Milliseconds between two announcements to assistive technology. */
const ANNOUNCE_EVERY = 5000;
/** Seconds without a byte after which the wait is put into words. */
const SLOW_AFTER = 10;

interface IRunProps {
  readonly archive: string;
  readonly running: ISearchProgress | null;
  /** Why nothing can be searched now; undefined where it can. */
  readonly blocked?: string;
  readonly trans: TranslationBundle;
  onCancel(): void;
}

/**
 * The button that searches or cancels, and how far a search is.
 *
 * It is one button, so that the focus stays where it is when its meaning changes.
 */
export function Run(props: IRunProps): JSX.Element {
  const { archive, running, blocked, trans, onCancel } = props;
  const shown = useDelayed(running !== null, SHOW_AFTER) && running !== null;
  const cancel = (event: React.MouseEvent) => {
    // The second click of a double click on “Search” is not meant for “Cancel”.
    if (event.detail < 2) {
      onCancel();
    }
  };
  return (
    <>
      <button
        type={shown ? 'button' : 'submit'}
        className={`jp-Obsdeck-Search-${shown ? 'secondary' : 'primary'}`}
        disabled={!shown && blocked !== undefined}
        title={shown ? undefined : blocked}
        onClick={shown ? cancel : undefined}
      >
        {shown ? trans.__('Cancel') : trans.__('Search')}
      </button>
      {shown && !running.isWaiting && (
        <Progress archive={archive} progress={running} trans={trans} />
      )}
    </>
  );
}

interface IProgressProps {
  readonly archive: string;
  readonly progress: ISearchProgress;
  readonly trans: TranslationBundle;
}

function Progress({ archive, progress, trans }: IProgressProps): JSX.Element {
  const silence = useSilence(progress.bytes);
  // The seconds given are those of the last byte; without one they still go by.
  const seconds = progress.seconds + silence;
  const text = progressText({ ...progress, seconds }, trans);
  const announced = useEvery(text, ANNOUNCE_EVERY);
  const slow = trans.__(
    '%1 has not answered for %2 s. It may take two minutes.',
    archive,
    silence
  );
  return (
    <div className="jp-Obsdeck-Search-progress">
      <div
        className="jp-Obsdeck-Search-bar"
        role="progressbar"
        aria-label={trans.__('Search')}
        aria-valuetext={text}
      />
      <span aria-hidden="true">{text}</span>
      <span className="jp-Obsdeck-visuallyHidden" aria-live="polite">
        {announced}
      </span>
      {silence >= SLOW_AFTER && <p role="status">{slow}</p>}
    </div>
  );
}

/** What has arrived so far: “3,200 rows, 2.1 MB, 1.4 s”. */
function progressText(progress: ISearchProgress, trans: TranslationBundle): string {
  const { rows, bytes, seconds } = progress;
  return [
    trans._n('%2 row', '%2 rows', rows, formatCount(rows)),
    formatSize(bytes),
    formatSeconds(seconds)
  ].join(', ');
}
