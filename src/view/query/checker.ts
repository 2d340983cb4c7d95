import { type ISignal, Signal } from '@lumino/signaling';
import type { IDisposable } from '@lumino/disposable';

import type { QueryModel } from '../../model/query.js';
import type { QuerySchema } from '../../model/schema/queryschema.js';
import {
  type ICheckContext,
  findProblems,
  type IProblem,
  namesOf
} from '../../protocol/adql/index.js';
import { Throttle } from '../shared/throttle.js';

/** Milliseconds without typing before the text is checked: half a name is none. */
const PAUSE = 500;

/** Without a schema only the text itself can be wrong. */
const NO_SCHEMA: ICheckContext = {
  names: namesOf({ schemas: [] }),
  uploads: new Map(),
  capability: null
};

/** Looks for problems in the text of a query while its editor is open. */
export class QueryChecker implements IDisposable {
  constructor(
    private readonly _model: QueryModel,
    private readonly _schema: QuerySchema | null
  ) {
    _model.changed.connect(this._later, this);
    _schema?.changed.connect(this._later, this);
  }

  /** Emitted when other problems are known. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** As far as the text was checked; errors first. */
  get problems(): readonly IProblem[] {
    return this._problems;
  }

  /** Look now; the problems of the text as it stands. */
  check(): readonly IProblem[] {
    this._soon.stop();
    const context = this._schema?.context ?? NO_SCHEMA;
    const found =
      this._model.adql.trim() === '' ? [] : findProblems(this._model.adql, context);
    if (JSON.stringify(found) !== JSON.stringify(this._problems)) {
      this._problems = found;
      this._changed.emit();
    }
    return found;
  }

  /** True while the editor is open: only then it is worth the work. */
  get active(): boolean {
    return this._active;
  }

  set active(active: boolean) {
    this._active = active;
    if (active) {
      this.check();
    } else {
      this._soon.stop();
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._soon.stop();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private _later(): void {
    if (this._active) {
      this._soon.stop();
      this._soon.soon();
    }
  }

  private _problems: readonly IProblem[] = [];
  private _active = false;
  private _isDisposed = false;
  private readonly _soon = new Throttle(() => this.check(), PAUSE);
  private readonly _changed = new Signal<this, void>(this);
}
