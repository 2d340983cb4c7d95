import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Popup } from '../shared/popup.js';
import { ColumnChooser } from './chooser.js';
import type { ColumnsController } from './columnscontroller.js';

/** Opens and closes the column chooser of a panel. */
export class ColumnChooserPopup {
  constructor(
    private readonly _columns: ColumnsController,
    private readonly _trans: TranslationBundle
  ) {}

  /** Open the chooser below a button, or close it where it is open. */
  toggle(opener: HTMLElement): void {
    if (this._popup && !this._popup.isDisposed) {
      this.close();
      return;
    }
    this._popup = new Popup({
      className: 'jp-Obsdeck-Columns',
      label: this._trans.__('Columns'),
      opener,
      draw: () => <ColumnChooser columns={this._columns} trans={this._trans} />
    });
    this._popup.open();
  }

  close(): void {
    this._popup?.close();
    this._popup = null;
  }

  private _popup: Popup | null = null;
}
