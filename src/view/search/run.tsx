import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ISearchProgress } from '../../model/search.js';
import type { FlowWait } from '../../model/searchflow.js';
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
  /** What is waited for before the search runs; null where nothing is. */
  readonly waiting: FlowWait | null;
  /** Why nothing can be searched now; undefined where it can. */
  readonly blocked?: string;
  readonly trans: TranslationBundle;
  onCancel(): void;
  /** Let the service search by itself; missing where it cannot. */
  onJob?(): void;
}

/**
 * The buttons that search, now or as a job, and how far a search is.
 *
 * “Search” and “Cancel” are one button, so that the focus stays where it is when its
 * meaning changes.
 */
export function Run(props: IRunProps): JSX.Element {
  const { archive, running, waiting, blocked, trans, onCancel } = props;
  const isBusy = running !== null || waiting !== null;
  const shown = useDelayed(isBusy, SHOW_AFTER) && isBusy;
  const cancel = (event: React.MouseEvent) => {
    // The second click of a double click on “Search” is not meant for “Cancel”.
    if (event.detail < 2) {
      onCancel();
    }
  };
  return (
    <>
      <div className="jp-Obsdeck-Search-run">
        <button
          type={shown ? 'button' : 'submit'}
          className={`jp-Obsdeck-Search-${shown ? 'secondary' : 'primary'}`}
          disabled={!shown && blocked !== undefined}
          title={shown ? undefined : blocked}
          onClick={shown ? cancel : undefined}
        >
          {shown ? trans.__('Cancel') : trans.__('Search')}
        </button>
        {!shown && <JobButton {...props} />}
      </div>
      {shown && running === null && waiting !== null && (
        <p className="jp-Obsdeck-Search-hint">{waitWords(waiting, trans)}</p>
      )}
      {shown && running !== null && !running.isWaiting && (
        <Progress archive={archive} progress={running} trans={trans} />
      )}
    </>
  );
}

/** Lets the service search by itself; absent where it cannot. */
function JobButton({ blocked, trans, onJob }: IRunProps): JSX.Element | null {
  const own = useFocusLeftBefore();
  return onJob === undefined ? null : (
    <button
      ref={own}
      type="button"
      className="jp-Obsdeck-Search-secondary"
      disabled={blocked !== undefined}
      title={
        blocked ??
        trans.__('Let the service search by itself; the rows are fetched later')
      }
      onClick={() => onJob()}
    >
      {trans.__('Run as job')}
    </button>
  );
}

/** For a button that may go while it has the focus, which its neighbour before it gets. */
function useFocusLeftBefore(): React.RefObject<HTMLButtonElement> {
  const own = React.useRef<HTMLButtonElement>(null);
  React.useLayoutEffect(() => {
    const button = own.current;
    return () => {
      const before = button?.previousElementSibling;
      if (document.activeElement === button && before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return own;
}

function waitWords(waiting: FlowWait, trans: TranslationBundle): string {
  switch (waiting.for) {
    case 'name':
      return trans.__('Looking up ‘%1’ …', waiting.name);
    case 'job':
      return trans.__('Starting the job …');
  }
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
  const { rows, bytes, seconds, slice } = progress;
  return [
    ...(slice ? [trans.__('slice %1 of %2', slice.number, slice.of)] : []),
    trans._n('%2 row', '%2 rows', rows, formatCount(rows)),
    formatSize(bytes),
    formatSeconds(seconds)
  ].join(', ');
}
