import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { CutoutResult, CutoutState } from '../../model/cutout/types.js';
import { mendedBySignIn } from '../../model/signingate.js';
import type { ProtocolError } from '../../protocol/errors.js';
import { formatSize } from '../shared/format.js';

/** What can be done about the state of a service. */
export interface IStateActions {
  cancel(): void;
  /** Open the sign-in dialog of the archive. */
  signIn(): void;
  /** Show a saved file. */
  openFile(path: string): void;
}

interface IStateProps extends IStateActions {
  readonly state: CutoutState;
  /** Name of the archive. */
  readonly archive: string;
  /** What is under way, for the progress bar. */
  readonly label: string;
  readonly trans: TranslationBundle;
}

/** What a service is doing, what came back, or what it said instead. */
export function State(props: IStateProps): JSX.Element | null {
  const { state, trans } = props;
  switch (state.phase) {
    case 'idle':
      return null;
    case 'running':
      return <Running {...props} state={state} />;
    case 'done':
      return (
        <ul className="jp-Obsdeck-Cutout-results" aria-label={trans.__('Cutouts')}>
          {state.results.map((result, index) => (
            <li key={index}>
              <Result result={result} trans={trans} openFile={props.openFile} />
            </li>
          ))}
        </ul>
      );
    case 'failed':
      return <Failed {...props} error={state.error} />;
  }
}

type Running = CutoutState & { readonly phase: 'running' };

function Running(props: IStateProps & { readonly state: Running }): JSX.Element {
  const { state, label, archive, trans, cancel, signIn } = props;
  const { received, total, note, isSignedOut } = state;
  return (
    <div className="jp-Obsdeck-Cutout-running">
      <progress
        aria-label={label}
        max={total ?? undefined}
        value={total === null ? undefined : received}
      />
      <p role={isSignedOut ? 'alert' : 'status'}>
        {isSignedOut
          ? note || trans.__('The %1 sign-in ran out.', archive)
          : note || progressWords(trans, received, total)}
      </p>
      {isSignedOut && (
        <button type="button" className="jp-Obsdeck-Cutout-button" onClick={signIn}>
          {trans.__('Sign in and go on')}
        </button>
      )}
      <button type="button" className="jp-Obsdeck-Cutout-button" onClick={cancel}>
        {trans.__('Cancel')}
      </button>
    </div>
  );
}

function progressWords(
  trans: TranslationBundle,
  received: number,
  total: number | null
): string {
  if (received === 0) {
    return trans.__('Waiting for the service.');
  }
  return total === null
    ? formatSize(received)
    : trans.__('%1 of %2', formatSize(received), formatSize(total));
}

function Failed(props: IStateProps & { readonly error: ProtocolError }): JSX.Element {
  const { error, archive, trans, signIn } = props;
  const { hint } = error.details;
  return (
    <div className="jp-Obsdeck-Cutout-failed" role="alert">
      <p>{trans.__('%1: %2', archive, shortened(error.message))}</p>
      {hint && <p className="jp-Obsdeck-Cutout-muted">{hint}</p>}
      {mendedBySignIn(error) && (
        <button type="button" className="jp-Obsdeck-Cutout-button" onClick={signIn}>
          {trans.__('Sign in')}
        </button>
      )}
    </div>
  );
}

/** Letters of a service's words that are shown. */
const LONGEST = 4000;

function shortened(words: string): string {
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}\u2026` : words;
}

interface IResultProps {
  readonly result: CutoutResult;
  readonly trans: TranslationBundle;
  openFile(path: string): void;
}

function Result({ result, trans, openFile }: IResultProps): JSX.Element {
  switch (result.kind) {
    case 'file':
      return (
        <>
          <span role="status">{trans.__('Saved as %1.', result.path)}</span>
          <button
            type="button"
            className="jp-Obsdeck-Cutout-button"
            onClick={() => openFile(result.path)}
          >
            {trans.__('Quick look')}
          </button>
        </>
      );
    case 'text':
      return (
        <pre role="status" tabIndex={0} aria-label={trans.__('Answer')}>
          {result.text}
        </pre>
      );
    case 'table':
      return <span role="status">{trans.__('The table is in a Results tab.')}</span>;
  }
}
