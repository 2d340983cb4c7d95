import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { QueryModel } from '../model/query.js';
import { type ICellQuery, requestOf } from './cellquery.js';
import type { ICellMeans } from './means.js';

/**
 * The query of a cell, whichever views show it.
 *
 * Asks only when the kernel says that a cell was executed, and the cell is shown: a
 * notebook that is opened again, a reloaded page or another view asks nobody.
 */
export class CellBrowser implements IDisposable {
  /** @param _asked - what the kernel wants to be asked, as it stands now */
  constructor(
    private readonly _means: ICellMeans,
    private readonly _asked: () => ICellQuery
  ) {
    this.query = _means.createModel();
    _means.archives.changed.connect(this._openMissing, this);
    void _means.archives.ready.then(() => this.open());
  }

  /** The query and its rows. */
  readonly query: QueryModel;

  /** Why there is nothing to show, one sentence; null where there is, or may soon be. */
  get problem(): string | null {
    return this._problem;
  }

  /** Emitted when there is another problem. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Take over what the kernel wants to be asked; asks nobody. */
  open(): void {
    if (this._isDisposed) {
      return;
    }
    const { archives, words } = this._means;
    const request = requestOf(this._asked(), archives, words);
    if (typeof request === 'string') {
      this._setProblem(request);
      return;
    }
    this._setProblem(null);
    this.query.open(request);
    this._runIfDue();
  }

  /**
   * A cell was executed that shows this query, or asks for it anew.
   *
   * @param run - number of the run; each is done once, however often it is told
   */
  takeRun(run: number): void {
    if (run > this._run) {
      this._run = run;
      this._isDue = true;
      this._runIfDue();
    }
  }

  /** Count a view; the query ends with the last one, as nobody will see its rows. */
  show(): IDisposable {
    this._views += 1;
    this._runIfDue();
    return new DisposableDelegate(() => {
      this._views -= 1;
      if (this._views === 0) {
        this.query.result.cancel();
      }
    });
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._means.archives.changed.disconnect(this._openMissing, this);
    this.query.dispose();
    Signal.clearData(this);
  }

  private _runIfDue(): void {
    if (this._isDue && this._views > 0 && this.query.request) {
      this._isDue = false;
      // Whatever the user chose for their own clicks: code asks in nobody's name.
      this.query.setAs('anyone');
      void this.query.run();
    }
  }

  /** The archive may have been added meanwhile. */
  private _openMissing(): void {
    if (this._problem !== null) {
      this.open();
    }
  }

  private _setProblem(problem: string | null): void {
    if (problem !== this._problem) {
      this._problem = problem;
      this._changed.emit();
    }
  }

  private _problem: string | null = null;
  private _run = 0;
  private _isDue = false;
  private _views = 0;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
