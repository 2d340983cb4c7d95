import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Sentence, SLOT } from '../shared/sentence.js';
import { AccountIcon } from './icons.js';
import type { ISignInFailure, SignInState } from './signinstate.js';

interface ISignInAlertProps {
  readonly state: SignInState;
  readonly failure: ISignInFailure;
  readonly trans: TranslationBundle;
  onRetry(): void;
}

/** Why signing in did not work, in the archive's words, and what to do about it. */
export function SignInAlert(props: ISignInAlertProps): JSX.Element {
  const { failure, trans, onRetry } = props;
  const ref = React.useRef<HTMLDivElement>(null);
  // On a small page the fields above it fill the dialog.
  React.useEffect(() => ref.current?.scrollIntoView?.({ block: 'nearest' }), [failure]);
  return (
    <div ref={ref} className="jp-Obsdeck-SignIn-alert" role="alert">
      <AccountIcon icon="expired" />
      <div>
        <b>{failure.message}</b> <Hint {...props} />
        {failure.mayRetry && (
          <p>
            <button
              type="button"
              className="jp-Obsdeck-Search-secondary"
              onClick={onRetry}
            >
              {trans.__('Try again')}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

/** The hint of the server half; where it speaks of a new password, that is a link. */
function Hint({ state, failure, trans }: ISignInAlertProps): JSX.Element {
  const { name, definition } = state.subject;
  const reset = trans.__('reset the password at %1', name);
  if (!definition.resetUrl || !failure.hint.includes(reset)) {
    return <>{failure.hint}</>;
  }
  return (
    <Sentence text={failure.hint.replace(reset, SLOT)}>
      <WebLink url={definition.resetUrl}>{reset}</WebLink>
    </Sentence>
  );
}

interface IWebLinkProps {
  readonly url: string;
  readonly children: React.ReactNode;
}

/** A page for people, opened beside JupyterLab; it learns nothing of this one. */
export function WebLink({ url, children }: IWebLinkProps): JSX.Element {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
