import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { ITranslator } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { INewArchive } from '../../archives/archive.js';
import { AskingDialog } from '../shared/asking.js';
import { ArchiveForm } from './form.js';
import { ArchiveState, type IArchiveCallbacks } from './state.js';

/**
 * Ask for an archive and store it; the dialog stays open until that worked.
 *
 * @param known - the archive of the user's own that is changed; none where one is added
 * @returns true when one was stored, false when the user cancelled
 */
export async function askArchive(
  callbacks: IArchiveCallbacks,
  translator: ITranslator,
  known?: INewArchive
): Promise<boolean> {
  const dialog = new ArchiveDialog(callbacks, translator, known);
  const { button } = await dialog.launch();
  return button.accept;
}

/** The dialog “Add archive”, or “Edit archive” for one that is there. */
class ArchiveDialog extends AskingDialog<void> {
  constructor(
    callbacks: IArchiveCallbacks,
    translator: ITranslator,
    known?: INewArchive
  ) {
    const trans = translator.load('obsdeck');
    const state = new ArchiveState(callbacks, trans, known);
    const body = ReactWidget.create(
      <UseSignal signal={state.changed}>
        {() => <ArchiveForm state={state} trans={trans} />}
      </UseSignal>
    );
    super({
      title: known ? trans.__('Edit archive') : trans.__('Add archive'),
      body,
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: known ? trans.__('Change') : trans.__('Add') })
      ],
      focusNodeSelector: known ? 'select' : 'input'
    });
    this._state = state;
  }

  protected override get isAsking(): boolean {
    return this._state.waiting === 'store';
  }

  protected override ask(): Promise<boolean> {
    return this._state.store();
  }

  private readonly _state: ArchiveState;
}
