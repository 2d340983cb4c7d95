import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { RowStore } from '../columns.js';
import type { ResultModel } from '../result.js';
import type { Pause } from '../table/tasks.js';
import { type HereQueue, RowsHere } from './here.js';

/** Follows a result, and knows which of its rows have their file on disk. */
export class ResultHere implements IDisposable {
  /** @param _pause - lets the page have its turn */
  constructor(
    private readonly _result: ResultModel,
    private readonly _queue: HereQueue,
    private readonly _pause: Pause
  ) {
    _result.stateChanged.connect(this._onState, this);
    this._onState();
  }

  /** Emitted when another row has its file on disk. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._rows?.dispose();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  /** Whether the file of a row of a table is on disk. */
  has(store: RowStore, row: number): boolean {
    return this._store === store && this._rows?.has(row) === true;
  }

  /** How many rows of a table have their file on disk. */
  countOf(store: RowStore | null): number {
    return this._rows && this._store === store ? this._rows.count : 0;
  }

  /** Rows that are still coming are asked about once all are here. */
  private _onState(): void {
    const { rows: store, provenance, state } = this._result;
    const isNew = store !== null && store !== this._store && state !== 'loading';
    if (!isNew || !provenance?.archive.links) {
      return;
    }
    this._rows?.dispose();
    this._store = store;
    this._rows = new RowsHere(store, provenance.archive, this._queue);
    this._rows.changed.connect(() => this._changed.emit());
    void this._rows.ask(this._pause);
  }

  private _store: RowStore | null = null;
  private _rows: RowsHere | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
