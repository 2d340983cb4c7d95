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
export function ProgressView(props: IProgressProps): JSX.Element | null {
  const { progress, trans, onCancel } = props;
  const now = useNow(200);
  if (now - progress.startedAt < QUIET) {
    return null;
  }
  const words = progressWords(trans, progress, now);
  const slow = slowWords(trans, progress, now);
  return (
    <div className="jp-Obsdeck-Results-progress">
      <Bar progress={progress} label={trans.__('Results')} words={words} />
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
  progress: IProgress;
  label: string;
  words: string;
}): JSX.Element {
  const { rows, promised } = props.progress;
  const percent = promised ? Math.min(100, Math.round((100 * rows) / promised)) : null;
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
