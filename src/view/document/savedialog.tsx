import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import * as React from 'react';

import { TextField } from '../archives/field.js';
import { AskingDialog } from '../shared/asking.js';

/** What the dialog needs to save a search. */
export interface ISaveOptions {
  /** Name proposed. */
  readonly name: string;
  readonly trans: TranslationBundle;
  /** Path of the file of a name. */
  path(name: string): string;
  /**
   * Write the file.
   *
   * @returns false where it is there already and shall not be replaced
   */
  write(path: string, replace: boolean): Promise<boolean>;
}

/**
 * Ask for a name and save a search; the dialog stays open until that worked.
 *
 * @returns path of the file; null where the user gave up
 */
export async function askSave(options: ISaveOptions): Promise<string | null> {
  const state = new SaveState(options);
  const { button } = await new SaveDialog(state, options.trans).launch();
  return button.accept ? state.path : null;
}

/** What was typed, and what came of it. */
class SaveState {
  constructor(private readonly _options: ISaveOptions) {
    this._name = _options.name;
  }

  readonly changed = new Signal<this, void>(this);

  get name(): string {
    return this._name;
  }

  set name(name: string) {
    this._name = name;
    this._problem = undefined;
    this.changed.emit();
  }

  get path(): string {
    return this._options.path(this._name.trim());
  }

  get problem(): string | undefined {
    return this._problem;
  }

  /** True where saving once more replaces a file. */
  get isThere(): boolean {
    return this._taken === this.path;
  }

  get isSaving(): boolean {
    return this._isSaving;
  }

  async save(): Promise<boolean> {
    const { trans, write } = this._options;
    const { path, isThere } = this;
    if (!/^[^/\\:]+$/.test(this._name.trim())) {
      this._fail(
        trans.__('A name has no slash, backslash or colon, and is not empty.')
      );
      return false;
    }
    this._isSaving = true;
    try {
      if (await write(path, isThere)) {
        return true;
      }
      this._taken = path;
      this._fail(trans.__('%1 is there already.', path));
    } catch (reason) {
      this._fail(reason instanceof Error ? reason.message : String(reason));
    } finally {
      this._isSaving = false;
    }
    return false;
  }

  private _fail(problem: string): void {
    this._problem = problem;
    this.changed.emit();
  }

  private _name: string;
  private _problem: string | undefined;
  /** Path of a file of which the user was told that it is there. */
  private _taken: string | null = null;
  private _isSaving = false;
}

/** The dialog “Save search”. */
class SaveDialog extends AskingDialog<void> {
  constructor(state: SaveState, trans: TranslationBundle) {
    super({
      title: trans.__('Save search'),
      body: ReactWidget.create(
        <UseSignal signal={state.changed}>
          {() => (
            <TextField
              label={trans.__('Name')}
              value={state.name}
              problem={state.problem}
              hint={trans.__('Saved as %1', state.path)}
              onChange={name => (state.name = name)}
            />
          )}
        </UseSignal>
      ),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Save') })
      ],
      focusNodeSelector: 'input[type="text"]'
    });
    this._state = state;
    state.changed.connect(() =>
      this.relabel(state.isThere ? trans.__('Replace') : trans.__('Save'))
    );
  }

  protected override get isAsking(): boolean {
    return this._state.isSaving;
  }

  protected override ask(): Promise<boolean> {
    return this._state.save();
  }

  private readonly _state: SaveState;
}
