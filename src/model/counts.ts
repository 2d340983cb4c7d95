import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { columnKey, FormError, type IFormField } from '../protocol/form.js';
import type { RowStore } from './columns.js';
import { type Cost, costOf } from './cost.js';
import { facetOf, type IFacet, tickedOf } from './facetvalues.js';
import type { IQuestion } from './question.js';
import { Pace } from './pace.js';
import type { IQueryRequest } from './query.js';
import type { SearchModel } from './search.js';
import { type Tally, Tallies } from './tallies.js';
import { Timer } from './timer.js';

/** Seconds of quiet before a changed form is counted anew. */
const PAUSE = 0.6;

/** What is to be counted for a form as it stands. */
interface IPlan {
  readonly cost: IQuestion;
  /** By the key of the column. */
  readonly facets: ReadonlyMap<string, IQuestion>;
}

/**
 * Rows, size and values of what the search form stands for, counted by the service.
 *
 * Nothing is counted before the user has pressed “Count” or “Search” for the archive, and
 * nothing while a search runs: its rows come first. A column's values are counted for all
 * that the form asks of the other columns.
 */
export class SearchCounts implements IDisposable {
  /** @param _model - the form */
  constructor(private readonly _model: SearchModel) {
    _model.changed.connect(this._onForm, this);
    _model.facets.changed.connect(this._replan, this);
    this._tallies.changed.connect(() => this._changed.emit());
  }

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** How fast services answered, as far as searches were measured. */
  readonly pace = new Pace();

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._timer.set(null, () => undefined);
      this._model.changed.disconnect(this._onForm, this);
      this._model.facets.changed.disconnect(this._replan, this);
      this._tallies.dispose();
      Signal.clearData(this);
    }
  }

  /** Count now; what failed before is asked again. From now on counts follow the form. */
  count(): void {
    this.allow();
    this._ask(true);
  }

  /** Count the values of one column of the form now, and by this nothing else. */
  countValues(column: string): void {
    const question = this._plan?.facets.get(columnKey(column));
    if (question) {
      const others = this._isAllowed ? this._questions : [];
      this._tallies.want([question, ...others], true);
    }
  }

  /** The user has asked this archive something: from now on counts follow the form. */
  allow(): void {
    const id = this._model.archive?.definition.id;
    if (id !== undefined && !this._allowed.has(id)) {
      this._allowed.add(id);
      this._replan();
    }
  }

  /** Stop counting until the form changes, or “Count” is pressed. */
  cancel(): void {
    this._timer.set(null, () => undefined);
    this._isDue = false;
    this._tallies.want([]);
  }

  /** True while something is being counted. */
  get isBusy(): boolean {
    return this._tallies.isBusy;
  }

  /** Forget what was counted in the user's name. */
  forget(archive: string): void {
    this._tallies.forget(archive);
  }

  /** What the search costs, as far as it was counted. */
  get cost(): Cost {
    const { archive, table, offer, request } = this._model;
    if (!archive || !table || !request || !this._plan) {
      return { state: 'unknown' };
    }
    return costOf(this._tallyOf(this._plan.cost), {
      archive,
      table,
      sizeUnit: offer?.profile.size?.bytes ?? null,
      rowLimit: request.query.maxrec,
      pace: this.pace
    });
  }

  /** The values of a column, as far as they were counted. */
  facet(field: IFormField): IFacet {
    const key = columnKey(field.column);
    const question = this._plan?.facets.get(key);
    const tally = question ? this._tallyOf(question) : null;
    if (tally?.state === 'done') {
      this._last.set(this._placeOf(key), tally.rows);
    }
    const ticked = tickedOf(this._model.form.columns[key]);
    return facetOf(field, tally, ticked, this._last.get(this._placeOf(key)));
  }

  private _tallyOf(question: IQuestion): Tally | null {
    const tally = this._tallies.get(question);
    return tally ?? (this._isDue ? { state: 'waiting' } : null);
  }

  /** Values stay in sight while those of a changed form are counted. */
  private _placeOf(column: string): string {
    const { archive, table } = this._model;
    return JSON.stringify([
      archive?.definition.id,
      table?.service,
      table?.name,
      column
    ]);
  }

  /** Progress of a search changes the model, too, but no question. */
  private _onForm(): void {
    if (this._model.request !== this._planned) {
      this._replan();
    } else if (this._isDue && !this._model.running && !this._timer.isSet) {
      this._schedule();
    }
  }

  private _replan(): void {
    this._planned = this._model.request;
    this._plan = this._makePlan();
    const questions = this._questions;
    this._tallies.keep(questions);
    this._isDue = this._isAllowed && questions.some(item => !this._tallies.get(item));
    this._schedule();
    this._changed.emit();
  }

  /** Ask after a pause; a search that runs comes first. */
  private _schedule(): void {
    const isNow = this._isDue && !this._model.running;
    this._timer.set(isNow ? PAUSE : null, () => this._ask());
  }

  private _ask(again = false): void {
    this._timer.set(null, () => undefined);
    if (again || !this._model.running) {
      this._isDue = false;
      this._tallies.want(this._questions, again);
    }
  }

  private get _questions(): readonly IQuestion[] {
    return this._plan ? [this._plan.cost, ...this._plan.facets.values()] : [];
  }

  private get _isAllowed(): boolean {
    return this._allowed.has(this._model.archive?.definition.id ?? '');
  }

  /** The questions for the form as it stands; null where it cannot be understood. */
  private _makePlan(): IPlan | null {
    const { archive, table, as, form, context, offer, facets, request } = this._model;
    const queries = archive?.discover?.form;
    if (!archive || !table || !offer || !request || !queries) {
      return null;
    }
    const fields = offer.profile.fields.filter(
      ({ column, facet }) => facet && !facets.isFolded(columnKey(column))
    );
    try {
      const ask = { archive, table, as };
      return {
        cost: { ...ask, query: queries.cost(table, form, context) },
        facets: new Map(
          fields.map(({ column }) => [
            columnKey(column),
            { ...ask, query: queries.facet(table, form, column, context) }
          ])
        )
      };
    } catch (reason) {
      if (reason instanceof FormError) {
        return null;
      }
      throw reason;
    }
  }

  private readonly _tallies = new Tallies();
  private readonly _timer = new Timer();
  /** Ids of the archives that the user has asked something. */
  private readonly _allowed = new Set<string>();
  /** Values counted last, by table and column. */
  private readonly _last = new Map<string, RowStore>();
  private _plan: IPlan | null = null;
  /** The request that the plan is for. */
  private _planned: IQueryRequest | null = null;
  /** Something is to be counted after the pause. */
  private _isDue = false;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
