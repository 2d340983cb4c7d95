import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { Panel } from '@lumino/widgets';
import * as React from 'react';

import { formatCount } from '../view/shared/format.js';
import { ReactView } from '../view/shared/reactview.js';
import type { CellBrowser } from './cellbrowser.js';
import type { ICellMeans, IRowsPanel } from './means.js';
import { type IKernelLine, SelectionSender } from './selectionsender.js';

/** What a view of a cell is made of. */
export interface ICellPanelOptions {
  readonly browser: CellBrowser;
  readonly means: ICellMeans;
  /** The kernel, which is told which rows are selected. */
  readonly line: IKernelLine;
}

/** A query and its rows in the output of a cell, with what is amiss above them. */
export class CellPanel extends Panel {
  constructor(private readonly _options: ICellPanelOptions) {
    super();
    this.addClass('jp-Obsdeck-Cell');
    // The notebook's keys (arrows, a, b, d d …) are not meant where one walks through rows.
    this.node.dataset.lmSuppressShortcuts = 'true';
    this._notes = new ReactView('jp-Obsdeck-Cell-notes', () => this._draw());
    this.addWidget(this._notes);
    const { browser } = _options;
    browser.changed.connect(this.refresh, this);
    this._shown = browser.show();
    void this._load();
  }

  /** The kernel went, or is there again. */
  refreshLine(): void {
    this._sender?.refresh();
    this.refresh();
  }

  /** Draw what is amiss again. */
  refresh(): void {
    this._notes.update();
    this._rows?.setHidden(this._options.browser.problem !== null);
  }

  /** Select rows, and no others. */
  selectRows(rows: readonly number[]): void {
    this._rows?.selectRows(rows);
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._options.browser.changed.disconnect(this.refresh, this);
    this._sender?.dispose();
    this._shown.dispose();
    super.dispose();
    Signal.clearData(this);
  }

  private async _load(): Promise<void> {
    const { browser, means, line } = this._options;
    const rows = await means.createPanel(browser.query);
    if (this.isDisposed) {
      rows.dispose();
      return;
    }
    this._rows = rows;
    this._sender = new SelectionSender(
      rows,
      browser.query.result,
      signal => means.pausing(signal),
      line
    );
    this._sender.changed.connect(() => this.refresh());
    this.addWidget(rows);
    this.refresh();
  }

  private _draw(): JSX.Element | null {
    const { browser, means, line } = this._options;
    const { words } = means;
    const tooMany = this._sender?.tooMany ?? null;
    if (browser.problem !== null) {
      return <div role="alert">{browser.problem}</div>;
    }
    if (!line.isLive()) {
      return <div role="status">{words.noKernel}</div>;
    }
    return tooMany === null ? null : (
      <div role="status">
        {words.tooMany(formatCount(tooMany.count), formatCount(tooMany.most))}
      </div>
    );
  }

  private readonly _notes: ReactView;
  private readonly _shown: IDisposable;
  private _rows: IRowsPanel | null = null;
  private _sender: SelectionSender | null = null;
}
