import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { CutoutSession } from '../../model/cutout/session.js';
import { mendedBySignIn } from '../../model/signingate.js';
import { Footprint } from './footprint.js';
import { type IFormActions, ServiceForm } from './form.js';

/** What a cutout's panel is made of. */
export interface ICutoutPanelOptions {
  /** Belongs to the panel. */
  readonly session: CutoutSession;
  /** Name of the archive. */
  readonly archive: string;
  /** There is no picture on which the shape could be drawn: the footprint takes its place. */
  readonly hasFootprint: boolean;
  readonly actions: IFormActions;
  readonly trans: TranslationBundle;
}

/** Specifies and runs a cutout, or another described service. Asks nobody before it is told to. */
export class CutoutPanel extends ReactWidget {
  constructor(private readonly _options: ICutoutPanelOptions) {
    super();
    this.addClass('jp-Obsdeck-Cutout');
  }

  /** What it shows. */
  get session(): CutoutSession {
    return this._options.session;
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._options.session.dispose();
      super.dispose();
    }
  }

  /** Put the focus into the first field. */
  protected override onActivateRequest(): void {
    void this.renderPromise?.then(() =>
      this.node.querySelector<HTMLElement>('input, select, button')?.focus()
    );
  }

  protected override render(): JSX.Element {
    // Not by `update`, which comes later: a field must hold at once what was typed into it.
    return (
      <UseSignal signal={this._options.session.changed}>
        {() => <Cutout {...this._options} />}
      </UseSignal>
    );
  }
}

function Cutout(props: ICutoutPanelOptions): JSX.Element {
  const { session, archive, hasFootprint, actions, trans } = props;
  return (
    <>
      <Reading {...props} />
      {session.model && hasFootprint && (
        <Footprint area={session} title={session.subject.title} trans={trans} />
      )}
      <ServiceForm
        session={session}
        archive={archive}
        actions={actions}
        trans={trans}
      />
    </>
  );
}

/** The links are not read yet, are being read, or could not be. */
function Reading(props: ICutoutPanelOptions): JSX.Element | null {
  switch (props.session.state) {
    case 'unread':
      return <Unread {...props} />;
    case 'reading':
      return <Asking {...props} />;
    case 'failed':
      return <Failed {...props} />;
    case 'ready':
      return null;
  }
}

function Unread({ session, trans }: ICutoutPanelOptions): JSX.Element {
  return (
    <div className="jp-Obsdeck-Cutout-note">
      <p>{trans.__('Not asked yet what can be cut out.')}</p>
      <button
        type="button"
        className="jp-Obsdeck-Cutout-button"
        onClick={() => void session.load()}
      >
        {trans.__('Read links')}
      </button>
    </div>
  );
}

function Asking({ session, archive, trans }: ICutoutPanelOptions): JSX.Element {
  return (
    <div className="jp-Obsdeck-Cutout-note">
      <progress aria-label={trans.__('Cut out')} />
      <p role="status">{trans.__('Asking %1 what can be cut out \u2026', archive)}</p>
      <button
        type="button"
        className="jp-Obsdeck-Cutout-button"
        onClick={() => session.stop()}
      >
        {trans.__('Cancel')}
      </button>
    </div>
  );
}

function Failed(props: ICutoutPanelOptions): JSX.Element {
  const { session, archive, actions, trans } = props;
  const { error } = session;
  return (
    <div className="jp-Obsdeck-Cutout-failed" role="alert">
      <p>{trans.__('%1: %2', archive, error?.message ?? '')}</p>
      {mendedBySignIn(error) && (
        <button
          type="button"
          className="jp-Obsdeck-Cutout-button"
          onClick={actions.signIn}
        >
          {trans.__('Sign in')}
        </button>
      )}
      <button
        type="button"
        className="jp-Obsdeck-Cutout-button"
        onClick={() => void session.load()}
      >
        {trans.__('Try again')}
      </button>
    </div>
  );
}
