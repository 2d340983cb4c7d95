import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { QueryModel } from '../../model/query.js';
import { ReactView } from '../shared/reactview.js';
import { ResultRecord } from './drawing.js';
import type { ResultGrid } from './grid.js';
import { ResultsSplit } from './split.js';

/** What a {@link RecordPane} is made of. */
export interface IRecordPaneOptions {
  readonly model: QueryModel;
  readonly grid: ResultGrid;
  readonly trans: TranslationBundle;
  /** Row of the store whose record is shown; -1 for none. */
  row(): number;
  /** Puts a text on the clipboard. */
  readonly copy?: (text: string) => void;
  /** Explains why the row is proprietary. */
  readonly why?: () => void;
  /** Called when the record was opened or closed. */
  turned(shown: boolean): void;
}

/** The grid, and beside or below it the record of the focused row. */
export class RecordPane extends ResultsSplit {
  constructor(private readonly _options: IRecordPaneOptions) {
    const { grid, trans } = _options;
    const record = new ReactView('jp-Obsdeck-Results-record', () => this._draw());
    record.node.setAttribute('role', 'complementary');
    record.node.setAttribute('aria-label', trans.__('Record'));
    super(grid, record);
    this._view = record;
  }

  /** Show or hide the record because the user asked for exactly this. */
  turn(shown: boolean): void {
    this._isClosed = !shown;
    this._turn(shown);
  }

  /** Show the record of a row that was chosen, unless the user has closed the record. */
  offer(): void {
    if (!this._isClosed) {
      this._turn(true);
    }
  }

  /** Draw the record anew. */
  refresh(): void {
    this._view.update();
  }

  private _turn(shown: boolean): void {
    this.recordShown = shown;
    this._options.turned(shown);
    this._view.update();
  }

  private _draw(): JSX.Element {
    const { model, trans, row, copy, why } = this._options;
    return (
      <ResultRecord
        rows={model.result.rows}
        row={row()}
        picture={this._picture(row())}
        now={Date.now()}
        trans={trans}
        onClose={this._close}
        onCopy={copy}
        onWhy={why}
      />
    );
  }

  /** Address of the row's picture within the page; none while pictures are off. */
  private _picture(row: number): string | undefined {
    const { marks, store } = this._options.grid;
    const isThere = store !== null && row >= 0 && row < store.rowCount;
    return isThere ? (marks?.originalOf(row) ?? undefined) : undefined;
  }

  private readonly _close = (): void => {
    this.turn(false);
    this._options.grid.activate();
  };

  /** True from when the user has closed the record until they open it. */
  private _isClosed = false;
  private readonly _view: ReactView;
}
