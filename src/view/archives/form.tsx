import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { INewSignIn } from '../../archives/archive.js';
import { Select } from '../search/fields.js';
import { TextField } from './field.js';
import type { ArchiveState, IArchiveFinding, ServiceKind } from './state.js';

interface IArchiveFormProps {
  readonly state: ArchiveState;
  readonly trans: TranslationBundle;
}

/** Body of the dialog: what it is, where it is, what a check found, and how one signs in. */
export function ArchiveForm({ state, trans }: IArchiveFormProps): JSX.Element {
  return (
    <div className="jp-Obsdeck-AddArchive">
      {state.known === null ? (
        <Where state={state} trans={trans} />
      ) : (
        <Known {...state} />
      )}
      <Check state={state} trans={trans} />
      <SignIn state={state} trans={trans} />
    </div>
  );
}

/** Kind, address and name of a new archive. */
function Where({ state, trans }: IArchiveFormProps): JSX.Element {
  const kinds: readonly { value: ServiceKind; label: string }[] = [
    { value: 'ivoa', label: trans.__('TAP service') },
    { value: 'pyobs', label: trans.__('pyobs-archive') }
  ];
  return (
    <>
      <Select
        label={trans.__('Kind of service')}
        value={state.kind}
        choices={kinds}
        onChange={value => state.choose(value as ServiceKind)}
      />
      <TextField
        label={trans.__('Address')}
        value={state.url}
        problem={state.problems.url}
        hint={
          state.kind === 'pyobs'
            ? trans.__('The start page of the archive, such as https://example.org/.')
            : trans.__('The TAP base URL, such as https://example.org/tap.')
        }
        onChange={url => state.type({ url })}
      />
      <TextField
        label={trans.__('Name')}
        value={state.name}
        problem={state.problems.name}
        onChange={name => state.type({ name })}
      />
    </>
  );
}

/** What of an archive that is here already is not to be changed. */
function Known({ name, url }: Pick<ArchiveState, 'name' | 'url'>): JSX.Element {
  return (
    <p className="jp-Obsdeck-AddArchive-known">
      <b>{name}</b>
      <span>{url}</span>
    </p>
  );
}

function Check({ state, trans }: IArchiveFormProps): JSX.Element {
  return (
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
      {state.known !== null && state.problems.url && (
        <p className="jp-Obsdeck-Search-problem" role="alert">
          {state.problems.url}
        </p>
      )}
    </div>
  );
}

/** How one signs in, and who will see what is typed then. */
function SignIn({ state, trans }: IArchiveFormProps): JSX.Element {
  return (
    <>
      <div className="jp-Obsdeck-AddArchive-way">
        <Select
          label={trans.__('Sign in with')}
          value={state.signIn.kind}
          choices={state.ways.map(way => ({
            value: way.kind,
            label: wayWords(trans, way)
          }))}
          problem={state.problems.signIn}
          onChange={value => state.signInWith(value as INewSignIn['kind'])}
        />
        <Recipient state={state} trans={trans} />
      </div>
      {state.signIn.kind === 'api-key' && (
        <TextField
          label={trans.__('Header of the key')}
          value={state.header}
          problem={state.problems.header}
          hint={trans.__('The documentation of the service names it.')}
          onChange={header => state.type({ header })}
        />
      )}
      {state.known !== null && (
        <p className="jp-Obsdeck-Search-hint">
          {trans.__('A change forgets the sign-in that is stored for this archive.')}
        </p>
      )}
    </>
  );
}

/** Way to sign in, as the user chooses it. */
function wayWords(trans: TranslationBundle, { kind, tokenUrl }: INewSignIn): string {
  switch (kind) {
    case 'basic':
      return trans.__('User name and password');
    case 'bearer':
      return trans.__('Token');
    case 'api-key':
      return trans.__('API key');
    case 'drf-token':
      return trans.__('pyobs-archive');
    case 'ivoa-bearer':
      return trans.__(
        'User name and password, at %1',
        tokenUrl && URL.canParse(tokenUrl) ? new URL(tokenUrl).host : ''
      );
    default:
      return trans.__('None');
  }
}

/** The exact host, before anything secret can be typed. */
function Recipient({ state, trans }: IArchiveFormProps): JSX.Element {
  const { host, signIn } = state;
  return (
    <p className="jp-Obsdeck-Search-hint">
      {signIn.kind === 'none'
        ? trans.__('All questions are asked without an account.')
        : host === null
          ? trans.__(
              'Type the address first: it is who will see what you sign in with.'
            )
          : recipientWords(trans, signIn.kind, host)}
    </p>
  );
}

function recipientWords(
  trans: TranslationBundle,
  kind: INewSignIn['kind'],
  host: string
): string {
  switch (kind) {
    case 'bearer':
      return trans.__('Your token will go to %1 and nowhere else.', host);
    case 'api-key':
      return trans.__('Your key will go to %1 and nowhere else.', host);
    default:
      return trans.__('Your password will go to %1 and nowhere else.', host);
  }
}

function status(state: ArchiveState, trans: TranslationBundle): string {
  switch (state.waiting) {
    case 'check':
      return trans.__('Checking …');
    case 'store':
      return state.known === null ? trans.__('Adding …') : trans.__('Changing …');
    default:
      return state.finding
        ? describe(state.finding, trans)
        : trans.__('Check asks the service what it has, without signing in.');
  }
}

/** What was found, in one sentence each. */
function describe(finding: IArchiveFinding, trans: TranslationBundle): string {
  const { title, has, signIn, needsAccount } = finding;
  const ways =
    signIn.length > 0
      ? trans.__('Sign-in: %1.', signIn.join(', '))
      : trans.__('It names no way to sign in.');
  const account = needsAccount
    ? trans.__('It needs an account.')
    : trans.__('No account is needed.');
  return [title ? `${title}: ${has}` : has, ways, account].filter(Boolean).join(' ');
}
