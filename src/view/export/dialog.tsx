import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { ExportState } from '../../model/export/state.js';
import type { IExported } from '../../model/export/types.js';
import { AskingDialog } from '../shared/asking.js';
import { ExportForm } from './form.js';

/** What the dialog needs beside what is exported. */
export interface IExportDialogOptions {
  readonly state: ExportState;
  readonly trans: TranslationBundle;
  /** Lets the user choose a folder; null where they gave up. Missing where nobody can. */
  readonly chooseFolder?: (folder: string) => Promise<string | null>;
}

/**
 * Ask where and how rows are saved, and save them; the dialog stays open until that worked.
 *
 * @returns the file; null where the user gave up
 */
export async function askExport(
  options: IExportDialogOptions
): Promise<IExported | null> {
  const dialog = new ExportDialog(options);
  const { button } = await dialog.launch();
  return button.accept ? options.state.exported : null;
}

/** The dialog “Export”. */
class ExportDialog extends AskingDialog<void> {
  constructor({ state, trans, chooseFolder }: IExportDialogOptions) {
    const choose =
      chooseFolder &&
      (async (): Promise<void> => {
        const folder = await chooseFolder(state.choice.folder);
        if (folder !== null) {
          state.choose({ folder });
        }
      });
    const body = ReactWidget.create(
      <UseSignal signal={state.changed}>
        {() => (
          <ExportForm
            state={state}
            trans={trans}
            {...(choose && { onFolder: () => void choose() })}
          />
        )}
      </UseSignal>
    );
    super({
      title: trans.__('Export'),
      body,
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Export') })
      ],
      focusNodeSelector: 'input[type="text"]'
    });
    this._state = state;
    this._trans = trans;
    state.changed.connect(this._showButton, this);
  }

  protected override get isAsking(): boolean {
    return this._state.progress !== null;
  }

  /** Cancelled or done: nothing goes on. */
  override dispose(): void {
    if (!this.isDisposed) {
      this._state.changed.disconnect(this._showButton, this);
      this._state.cancel();
      super.dispose();
    }
  }

  protected override ask(): Promise<boolean> {
    return this._state.run();
  }

  /** A file that is there is replaced only by a button that says so. */
  private _showButton(): void {
    const { isThere } = this._state;
    this.relabel(isThere ? this._trans.__('Replace') : this._trans.__('Export'));
  }

  private readonly _state: ExportState;
  private readonly _trans: TranslationBundle;
}
