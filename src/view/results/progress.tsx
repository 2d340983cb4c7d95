import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { useNow } from '../shared/hooks.js';
import { type IProgress, progressWords, QUIET, slowWords } from './progresswords.js';

/** Properties of {@link ProgressView}. */
export interface IProgressProps {
  readonly progress: IProgress;
  readonly trans: TranslationBundle;
  onCancel(): void;
}

/** Time between two announcements to assistive technology, ms. */
const ANNOUNCE = 5000;

/** The running query: bar, what has arrived, Cancel; nothing for the first moment. */
export function ProgressView(props: IProgressProps): JSX.Element {
  const { progress, trans, onCancel } = props;
  const { rows, promised, startedAt } = progress;
  return (
    <Running
      label={trans.__('Results')}
      share={promised ? rows / promised : null}
      startedAt={startedAt}
      words={now => progressWords(trans, progress, now)}
      slow={now => slowWords(trans, progress, now)}
      trans={trans}
      onCancel={onCancel}
    />
  );
}

/** Properties of {@link Running}. */
export interface IRunningProps {
  /** Accessible name of the bar: that of the view. */
  readonly label: string;
  /** What of the whole has arrived, 0 to 1; null where the whole is not known. */
  readonly share: number | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly trans: TranslationBundle;
  /** What has arrived, in words. */
  words(now: number): string;
  /** What is said of a service that is silent for long; null while it is not. */
  slow(now: number): string | null;
  onCancel(): void;
}

/** Something that is waited for: bar, words, Cancel; nothing for the first moment. */
export function Running(props: IRunningProps): JSX.Element | null {
  const { label, share, startedAt, trans, onCancel } = props;
  const now = useNow(200);
  if (now - startedAt < QUIET) {
    return null;
  }
  const words = props.words(now);
  const slow = props.slow(now);
  return (
    <div className="jp-Obsdeck-Results-progress">
      <Bar share={share} label={label} words={words} />
      <div className="jp-Obsdeck-Results-progressText">
        <span>{words}</span>
        {slow !== null && <span role="status">{slow}</span>}
        <span className="jp-Obsdeck-Results-space" />
        <button type="button" className="jp-Obsdeck-Results-link" onClick={onCancel}>
          {trans.__('Cancel')}
        </button>
      </div>
      <Announcer words={words} />
    </div>
  );
}

/** Four pixels, as long as the share that has arrived where that is known. */
function Bar(props: {
  share: number | null;
  label: string;
  words: string;
}): JSX.Element {
  const { share } = props;
  const percent = share === null ? null : Math.min(100, Math.round(100 * share));
  return (
    <div
      className="jp-Obsdeck-Results-bar"
      role="progressbar"
      aria-label={props.label}
      aria-valuetext={props.words}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
    >
      {percent === null ? (
        <div className="jp-Obsdeck-Results-barRunning" />
      ) : (
        <div className="jp-Obsdeck-Results-barDone" style={{ width: `${percent}%` }} />
      )}
    </div>
  );
}

/** Says the words aloud, politely and seldom. */
function Announcer({ words }: { words: string }): JSX.Element {
  const latest = React.useRef(words);
  const [said, setSaid] = React.useState('');
  React.useEffect(() => {
    latest.current = words;
  }, [words]);
  React.useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), ANNOUNCE);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="jp-Obsdeck-visuallyHidden" aria-live="polite">
      {said}
    </div>
  );
}
