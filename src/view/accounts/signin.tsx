import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { ISignInRequest } from '../../archives/account.js';
import { AskingDialog } from '../shared/asking.js';
import { SignInForm } from './signinform.js';
import {
  type ISignInCallbacks,
  type ISignInSubject,
  SignInState
} from './signinstate.js';

/**
 * Ask for what signing in needs, and sign in; the dialog stays open until that worked.
 *
 * @returns true once signed in, false when the user cancelled
 */
export async function askSignIn(
  subject: ISignInSubject,
  callbacks: ISignInCallbacks,
  translator: ITranslator
): Promise<boolean> {
  const { button } = await new SignInDialog(subject, callbacks, translator).launch();
  return button.accept;
}

/** The dialog “Sign in to ⟨archive⟩”. What is typed is in its fields and nowhere else. */
export class SignInDialog extends AskingDialog<void> {
  constructor(
    subject: ISignInSubject,
    callbacks: ISignInCallbacks,
    translator: ITranslator
  ) {
    const trans = translator.load('obsdeck');
    const state = new SignInState(subject, callbacks, trans);
    const body = ReactWidget.create(
      <UseSignal signal={state.changed}>
        {() => (
          <SignInForm
            state={state}
            trans={trans}
            onUse={() => this._use()}
            onRetry={() => this.resolve()}
          />
        )}
      </UseSignal>
    );
    super({
      title: trans.__('Sign in to %1', subject.name),
      body,
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Sign in') })
      ],
      focusNodeSelector: subject.account.who
        ? 'input[type="password"]'
        : 'input[type="text"], input[type="password"]'
    });
    this._state = state;
    this._trans = trans;
    state.changed.connect(() => this._showAsking());
  }

  protected override get isAsking(): boolean {
    return this._state.asking;
  }

  /** Cancelled or done: nothing stays of what was typed. */
  override dispose(): void {
    if (!this.isDisposed) {
      this._state.stop();
      this._secrets().forEach(wipe);
      super.dispose();
    }
  }

  protected override async ask(): Promise<boolean> {
    const done = await this._state.signIn(this._typed());
    const secrets = this._secrets();
    const { failure } = this._state;
    if (done || (failure && !failure.mayRetry)) {
      secrets.forEach(wipe);
    }
    if (!done) {
      const next = secrets.find(({ value }) => value === '') ?? secrets[0];
      next?.focus({ preventScroll: failure !== null });
    }
    return done;
  }

  /** Take what was found; closes like a sign-in. */
  private _use(): void {
    const { found } = this._state.subject.account;
    if (found) {
      void this.accept(() => this._state.use(found));
    }
  }

  /** What stands in the fields now. */
  private _typed(): ISignInRequest['fields'] {
    // Blanks may belong to a password; around all else they come from copying.
    const fields = this._fields().map(({ name, value }) => [
      name,
      name === 'password' ? value : value.trim()
    ]);
    return Object.fromEntries(fields) as ISignInRequest['fields'];
  }

  private _fields(): HTMLInputElement[] {
    return [...this.node.querySelectorAll<HTMLInputElement>('input[name]')].filter(
      ({ type }) => type !== 'radio'
    );
  }

  private _secrets(): HTMLInputElement[] {
    return this._fields().filter(({ type }) => type === 'password');
  }

  /** The button tells that the archive is being asked. */
  private _showAsking(): void {
    const { asking } = this._state;
    this.relabel(asking ? this._trans.__('Signing in …') : this._trans.__('Sign in'));
  }

  private readonly _state: SignInState;
  private readonly _trans: TranslationBundle;
}

/** Empty a field; the browser forgets with it what was typed there. */
function wipe(field: HTMLInputElement): void {
  field.value = '';
}
