import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { formatCount } from '../shared/format.js';
import type { AddArchiveState, IArchiveFinding, INewArchive } from './state.js';

interface IAddArchiveFormProps {
  readonly state: AddArchiveState;
  readonly trans: TranslationBundle;
}

/** Body of the dialog: address, name, and what a check found. */
export function AddArchiveForm({ state, trans }: IAddArchiveFormProps): JSX.Element {
  return (
    <div className="jp-Obsdeck-AddArchive">
      <Field state={state} field="url" label={trans.__('Address')}>
        {trans.__('The TAP base URL, such as https://example.org/tap.')}
      </Field>
      <Field state={state} field="name" label={trans.__('Name')} />
      <div className="jp-Obsdeck-AddArchive-check">
        <button
          type="button"
          className="jp-Obsdeck-Search-secondary"
          disabled={state.waiting !== null}
          onClick={() => void state.check()}
        >
          {trans.__('Check')}
        </button>
        <p role="status">{status(state, trans)}</p>
      </div>
    </div>
  );
}

interface IFieldProps {
  readonly state: AddArchiveState;
  readonly field: keyof INewArchive;
  readonly label: string;
  /** A hint; a problem takes its place. */
  readonly children?: React.ReactNode;
}

function Field({ state, field, label, children }: IFieldProps): JSX.Element {
  const id = React.useId();
  const problem = state.problems[field];
  const help = problem ?? children;
  return (
    <div className="jp-Obsdeck-Search-field">
      <label htmlFor={id}>{label}</label>
      <div className="jp-Obsdeck-Search-box" data-bad={problem !== undefined}>
        <input
          id={id}
          type="text"
          value={state[field]}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={help ? `${id}-help` : undefined}
          onChange={event => state.type({ [field]: event.target.value })}
        />
      </div>
      {help && (
        <p
          id={`${id}-help`}
          className={`jp-Obsdeck-Search-${problem ? 'problem' : 'hint'}`}
          role={problem ? 'alert' : undefined}
        >
          {help}
        </p>
      )}
    </div>
  );
}

function status(state: AddArchiveState, trans: TranslationBundle): string {
  switch (state.waiting) {
    case 'check':
      return trans.__('Checking …');
    case 'add':
      return trans.__('Adding …');
    default:
      return state.finding
        ? describe(state.finding, trans)
        : trans.__('Check asks the service what it has, without signing in.');
  }
}

/** What was found, in one sentence each. */
function describe(finding: IArchiveFinding, trans: TranslationBundle): string {
  const { title, tables, obscore, languages, signIn } = finding;
  const count = trans._n('%2 table', '%2 tables', tables, formatCount(tables));
  const has = [count, ...languages].join(', ');
  return [
    title ? `${title}: ${has}.` : `${has}.`,
    obscore
      ? trans.__('It has ObsCore and can be searched by form.')
      : trans.__('It has no ObsCore and can be searched by ADQL only.'),
    signIn.length > 0
      ? trans.__('Sign-in: %1.', signIn.join(', '))
      : trans.__('No account is needed.')
  ].join(' ');
}
