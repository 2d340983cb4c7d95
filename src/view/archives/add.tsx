import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { ITranslator } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import { AddArchiveForm } from './form.js';
import { AddArchiveState, type IAddArchiveCallbacks } from './state.js';

/**
 * Ask for an archive and add it; the dialog stays open until that worked.
 *
 * @returns true when one was added, false when the user cancelled
 */
export async function addArchive(
  callbacks: IAddArchiveCallbacks,
  translator: ITranslator
): Promise<boolean> {
  const dialog = new AddArchiveDialog(callbacks, translator);
  const { button } = await dialog.launch();
  return button.accept;
}

/** The dialog “Add archive”. */
export class AddArchiveDialog extends Dialog<void> {
  constructor(callbacks: IAddArchiveCallbacks, translator: ITranslator) {
    const trans = translator.load('obsdeck');
    const title = trans.__('Add archive');
    const state = new AddArchiveState(callbacks, trans);
    const body = ReactWidget.create(
      <UseSignal signal={state.changed}>
        {() => <AddArchiveForm state={state} trans={trans} />}
      </UseSignal>
    );
    super({
      title,
      body,
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Add') })
      ],
      focusNodeSelector: 'input'
    });
    this._state = state;
    this.node.setAttribute('aria-label', title);
  }

  /** “Add” closes the dialog only once the archive was added. */
  override resolve(index = ADD): void {
    if (index !== ADD) {
      super.resolve(index);
    } else if (this._state.waiting !== 'add') {
      void this._add();
    }
  }

  /** JupyterLab's dialog swallows Enter on buttons of the body; “Check” needs it. */
  protected override _evtKeydown(event: KeyboardEvent): void {
    const { target } = event;
    const isInBody =
      target instanceof HTMLButtonElement && target.closest('.jp-Dialog-body');
    if (event.key !== 'Enter' || !isInBody) {
      super._evtKeydown(event);
    }
  }

  private async _add(): Promise<void> {
    if (await this._state.add()) {
      super.resolve(ADD);
    } else if (!this.isDisposed) {
      this.node.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }

  private readonly _state: AddArchiveState;
}

/** Index of the button “Add”. */
const ADD = 1;
