import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import * as React from 'react';

import { findEntries, type HistoryModel } from '../../model/history/history.js';
import type { IHistoryEntry } from '../../model/history/types.js';
import { Popup } from '../shared/popup.js';
import { HistoryList } from './list.js';

/** What the history is shown with. */
export interface IHistoryOptions {
  readonly model: HistoryModel;
  readonly trans: TranslationBundle;
  /** What was pressed; has the focus again when the history closes. */
  readonly opener: HTMLElement;
  /** Name of an archive; undefined for one that is not there any more. */
  nameOf(archive: string): string | undefined;
  /** Puts a query into the editor; runs nothing. */
  choose(entry: IHistoryEntry): void;
  /** Asks whether all is to be forgotten. */
  confirmClear(): Promise<boolean>;
}

/** The queries that were run last, to search in and to take one of. */
export class HistoryPopup extends Popup {
  constructor(options: IHistoryOptions) {
    const { model, trans, opener } = options;
    super({
      className: 'jp-Obsdeck-History',
      label: trans.__('History'),
      opener,
      draw: () => (
        <HistoryList
          entries={findEntries(model.entries, this._words)}
          isEmpty={model.entries.length === 0}
          words={this._words}
          trans={trans}
          nameOf={options.nameOf}
          onWords={words => this._find(words)}
          onChoose={entry => {
            this.close();
            options.choose(entry);
          }}
          onRemove={entry => model.remove(entry)}
          onClear={() => void this._clear(options)}
        />
      )
    });
    model.changed.connect(this.update, this);
  }

  override dispose(): void {
    Signal.disconnectReceiver(this);
    super.dispose();
  }

  private _find(words: string): void {
    this._words = words;
    this.update();
  }

  /** The question takes the focus, by which the history closes. */
  private async _clear({ model, confirmClear }: IHistoryOptions): Promise<void> {
    if (await confirmClear()) {
      model.clear();
    }
  }

  private _words = '';
}
