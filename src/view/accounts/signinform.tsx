import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { SignInField } from '../../archives/account.js';
import type { SignInKind } from '../../archives/archive.js';
import { Sentence, SLOT } from '../shared/sentence.js';
import { RadioGroup } from '../shared/radiogroup.js';
import { AccountIcon } from './icons.js';
import { SignInAlert, WebLink } from './signinalert.js';
import type { SignInState } from './signinstate.js';
import { keepWords, placeWords, secretName, wayWords } from './words.js';

interface ISignInFormProps {
  readonly state: SignInState;
  readonly trans: TranslationBundle;
  /** Take what was found in the place of what would be typed. */
  onUse(): void;
  onRetry(): void;
}

/** Body of the dialog: who sees what is typed, the fields, how long it is kept. */
export function SignInForm(props: ISignInFormProps): JSX.Element {
  const { state, trans } = props;
  const { subject, ways, way, keep, failure } = state;
  return (
    <div className="jp-Obsdeck-SignIn" aria-busy={state.asking}>
      <Destination {...props} />
      <Found {...props} />
      {ways.length > 1 && (
        <RadioGroup
          label={trans.__('Sign in with')}
          choices={ways.map(one => ({ value: one, label: wayWords(one, trans) }))}
          value={way}
          onChange={chosen => state.choose({ way: chosen })}
        />
      )}
      {way.map(field => (
        <SignInInput key={field} field={field} {...props} />
      ))}
      {subject.keep.choices.length > 0 && (
        <RadioGroup
          label={trans.__('Keep me signed in')}
          choices={subject.keep.choices.map(choice => ({
            value: choice,
            label: keepWords(choice, trans)
          }))}
          value={keep}
          onChange={chosen => state.choose({ keep: chosen })}
        />
      )}
      <p className="jp-Obsdeck-Search-hint">{reassurance(state, trans)}</p>
      {failure && <SignInAlert {...props} failure={failure} />}
      {subject.definition.registerUrl && (
        <p>
          <WebLink url={subject.definition.registerUrl}>
            {helpWords(state, trans)}
          </WebLink>
        </p>
      )}
    </div>
  );
}

/** The exact host that sees what is typed, before it is typed. */
function Destination({ state, trans }: ISignInFormProps): JSX.Element {
  return (
    <p className="jp-Obsdeck-SignIn-host">
      <AccountIcon icon="lock" />
      <span>
        <Sentence text={destination(state, trans)}>
          <b>{state.subject.account.host}</b>
        </Sentence>
      </span>
    </p>
  );
}

function destination({ way }: SignInState, trans: TranslationBundle): string {
  if (way.includes('key')) {
    return trans.__('Your API key goes to %1 and nowhere else.', SLOT);
  }
  return way.includes('token')
    ? trans.__('Your token goes to %1 and nowhere else.', SLOT)
    : trans.__('Your password goes to %1 and nowhere else.', SLOT);
}

/** What the archive's own tools left behind, to be used instead of typing. */
function Found({ state, trans, onUse }: ISignInFormProps): JSX.Element | null {
  const { found } = state.subject.account;
  return (
    found && (
      <p className="jp-Obsdeck-SignIn-found">
        <button
          type="button"
          className="jp-Obsdeck-Accounts-link"
          disabled={state.asking}
          onClick={onUse}
        >
          {trans.__('Found in %1: use it', placeWords(found, trans))}
        </button>
      </p>
    )
  );
}

interface ISignInInputProps extends ISignInFormProps {
  readonly field: SignInField;
}

/**
 * A field of the dialog. It is left to the browser what it holds: React keeps no copy of
 * a secret.
 */
function SignInInput({ field, state, trans }: ISignInInputProps): JSX.Element {
  const id = React.useId();
  const isSecret = field !== 'username';
  const problem = state.empty === field ? emptyWords(field, trans) : undefined;
  return (
    <div className="jp-Obsdeck-Search-field">
      <label htmlFor={id}>{fieldLabel(field, trans)}</label>
      <div className="jp-Obsdeck-Search-box" data-bad={problem !== undefined}>
        <AccountIcon icon={isSecret ? 'key' : 'user'} />
        <input
          id={id}
          name={field}
          type={isSecret ? 'password' : 'text'}
          defaultValue={isSecret ? undefined : (state.subject.account.who ?? '')}
          readOnly={state.asking}
          autoComplete={AUTOCOMPLETE[field]}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-help` : undefined}
          onInput={() => state.typing(field)}
        />
      </div>
      {problem && (
        <p id={`${id}-help`} className="jp-Obsdeck-Search-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** As browsers want it; tokens and keys are none of their passwords. */
const AUTOCOMPLETE: Record<SignInField, string> = {
  username: 'username',
  password: 'current-password',
  token: 'off',
  key: 'off'
};

function fieldLabel(field: SignInField, trans: TranslationBundle): string {
  return field === 'username' ? trans.__('User name') : secretName([field], trans);
}

function emptyWords(field: SignInField, trans: TranslationBundle): string {
  switch (field) {
    case 'username':
      return trans.__('Type your user name.');
    case 'password':
      return trans.__('Type your password.');
    case 'token':
      return trans.__('Paste the token.');
    default:
      return trans.__('Paste the API key.');
  }
}

/** Of the page on which one gets what is asked for. */
function helpWords({ way }: SignInState, trans: TranslationBundle): string {
  if (way.includes('key')) {
    return trans.__('How to get an API key');
  }
  return way.includes('token')
    ? trans.__('How to get a token')
    : trans.__('How to get an account');
}

/** Ways of signing in that send the password itself with every request. */
const KEEPS_PASSWORD: ReadonlySet<SignInKind> = new Set<SignInKind>(['basic']);

/** What becomes of what is typed. */
function reassurance({ subject, way }: SignInState, trans: TranslationBundle): string {
  if (!way.includes('password')) {
    return trans.__(
      'It is kept on the Jupyter server, never in this page or a notebook.'
    );
  }
  return KEEPS_PASSWORD.has(subject.account.kind)
    ? trans.__(
        '%1 wants the password with every request, so it is kept as long as you are signed in.',
        subject.name
      )
    : trans.__('The password is used once and forgotten; only the sign-in is kept.');
}
