import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { Asker } from '../archives/account.js';
import type { IArchive, ISearchTable } from '../archives/archive.js';
import { usualAsker } from '../archives/signin.js';
import {
  type Criterion,
  EMPTY_FORM,
  type FormPlace,
  type IFormContext,
  type IFormProblem,
  type ISearchForm,
  spellOut,
  targetName
} from '../protocol/form.js';
import { ArchiveChoice } from './archivechoice.js';
import { CriteriaAside, type IFormOfTable, tableKey } from './aside.js';
import { type ConstraintKey, constraintsOf, without } from './constraints.js';
import { FacetChoices } from './facetchoices.js';
import { requestOf } from './formrequest.js';
import { contextOf, type IOffer, offerOf, orderColumns } from './offer.js';
import type { IQueryRequest } from './query.js';
import { type Resolution, TargetNames } from './resolving.js';
import { type ISavedSearch, readSearch } from './savedsearch.js';
import type { ISchemas } from './schema/types.js';
import { ShownProblems } from './shownproblems.js';
import { TableFields } from './tablefields.js';

/** Targets that are kept over a reload. */
const MOST_KEPT = 5000;

/** How far a running search has come. */
export interface ISearchProgress {
  readonly rows: number;
  readonly bytes: number;
  /** Seconds since it was asked. */
  readonly seconds: number;
  /** It waits for a sign-in, or as long as the service asks to: nothing is on its way. */
  readonly isWaiting: boolean;
  /** Which of several queries runs, counted from 1; missing where there is but one. */
  readonly slice?: { readonly number: number; readonly of: number };
}

/**
 * The search form: which archive and table, what was typed, and the query it stands for.
 *
 * By itself it never asks an archive anything: running a {@link request} is for the
 * caller, and {@link describe} is called by a gesture.
 */
export class SearchModel implements IDisposable {
  /** @param schemas - what services tell of their tables; missing: only what is built in */
  constructor(private readonly _schemas: ISchemas | null = null) {
    this._choice = new ArchiveChoice(_schemas);
    this.fields = new TableFields(_schemas, this._choice);
    this.names.changed.connect(this._refresh, this);
    this.facets.changed.connect(this._refresh, this);
    // More may be known of the archive's tables.
    this.fields.changed.connect(() => this._move(() => this._choice.review()));
  }

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Positions of target names, as far as they were asked for. */
  readonly names = new TargetNames();

  /** Which values are counted, and which of them are in sight. */
  readonly facets = new FacetChoices();

  /** Whether the table's own fields are known. */
  readonly fields: TableFields;

  /** True once the archives are known. */
  get isReady(): boolean {
    return this._choice.isReady;
  }

  /** Archives that can be searched, in the order of their rank. */
  get archives(): readonly IArchive[] {
    return this._choice.archives;
  }

  /** The archive that is searched; null where none can be. */
  get archive(): IArchive | null {
    return this._choice.archive;
  }

  /** Tables of the archive, as far as they are known. */
  get tables(): readonly ISearchTable[] {
    return this._choice.tables;
  }

  /** The table that is searched; null where there is no archive. */
  get table(): ISearchTable | null {
    return this._choice.table;
  }

  /**
   * As whom the query is asked. Chosen anew for each archive and after each reload: anyone,
   * but for archives that answer nothing without an account.
   */
  get as(): Asker {
    return this._as;
  }

  /** What the form of the table offers; null where there is no archive. */
  get offer(): IOffer | null {
    return this._offer;
  }

  /** What the form of any table offers, by what is known of it. */
  offerOf(
    archive: IArchive,
    table: ISearchTable,
    criteria: ISearchForm['columns'] = {}
  ): IOffer | null {
    const { added: facets } = this.facets;
    return offerOf(archive, table, this._schemas, { facets, criteria });
  }

  /** What the form's queries depend on beside the form. */
  get context(): IFormContext {
    const { archive } = this;
    const name = targetName(this._form);
    const resolved = archive ? this.names.resolved(archive, name) : undefined;
    return this._offer ? contextOf(this._offer, resolved) : {};
  }

  /** What the fields hold, as typed. */
  get form(): ISearchForm {
    return this._form;
  }

  /** True while no field that leaves rows out is filled. */
  get isEmpty(): boolean {
    return constraintsOf(this._form, this._offer?.profile ?? null).length === 0;
  }

  /** What is known of the target's name; null where none was typed, or nobody was asked. */
  get resolution(): Resolution | null {
    const { archive } = this;
    const name = targetName(this._form);
    return archive && name !== null ? this.names.get(archive, name) : null;
  }

  /** True while nothing but the target's position is missing for a query. */
  get isNameOpen(): boolean {
    const isName = targetName(this._form) !== null && this.archive?.resolve;
    return Boolean(isName) && this._problems.every(({ field }) => field === 'position');
  }

  /** What is wrong, field by field, as far as it should be shown. */
  get problems(): readonly IFormProblem[] {
    const isName = targetName(this._form) !== null && this.archive?.resolve;
    return this._shown.of(this._problems, isName ? this.resolution : undefined);
  }

  /** The query the form stands for; null while it has problems or there is no archive. */
  get request(): IQueryRequest | null {
    return this._request;
  }

  /** True while the ADQL in front is not the form's any more. */
  get handEdited(): boolean {
    return this._handEdited;
  }

  set handEdited(value: boolean) {
    if (value !== this._handEdited) {
      this._handEdited = value;
      this._changed.emit();
    }
  }

  /** Row limit of a form where none was typed; 0: what the archive proposes. */
  get usualLimit(): number {
    return this._usualLimit;
  }

  set usualLimit(value: number) {
    this._usualLimit = value;
    this._refresh();
  }

  /** How far the running search is; null while none runs. */
  get running(): ISearchProgress | null {
    return this._running;
  }

  set running(value: ISearchProgress | null) {
    if (value !== this._running) {
      this._running = value;
      this._changed.emit();
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.names.dispose();
      this.fields.dispose();
      Signal.clearData(this);
    }
  }

  /** Take over the archives that there are; see {@link ArchiveChoice.setArchives}. */
  setArchives(archives: readonly IArchive[]): void {
    this._move(() => this._choice.setArchives(archives));
  }

  /** Choose an archive; one that is not there is ignored. */
  setArchive(id: string): void {
    this._move(() => this._choice.setArchive(id));
  }

  /** Choose a table of the archive; one that it does not offer is ignored. */
  setTable(name: string): void {
    this._move(() => this._choice.setTable(name));
  }

  /** Choose as whom the query is asked. */
  setAs(asker: Asker): void {
    if (asker !== this._as) {
      this._as = asker;
      this._refresh();
    }
  }

  /** Change some fields. */
  update(fields: Partial<ISearchForm>): void {
    this._form = { ...this._form, ...fields };
    this._ownLimit ||= 'rowLimit' in fields;
    this._refresh();
  }

  /** Ask something else of a column, given by its key. */
  ask(column: string, criterion: Criterion): void {
    this.update({ columns: { ...this._form.columns, [column]: criterion } });
  }

  /**
   * The user is done with a field: from now on its problems are shown, and an outline that
   * was pasted is in the fields that ask for it.
   */
  leave(field: FormPlace): void {
    const isNew = this._shown.leave(field);
    if (!this._spellOut() && isNew) {
      this._changed.emit();
    }
  }

  /** The query to run; null, with all problems shown, where the form has any. */
  submit(): IQueryRequest | null {
    this._shown.submit();
    if (!this._spellOut()) {
      this._changed.emit();
    }
    return this._request;
  }

  /**
   * Empty what a request that found nothing was constrained by.
   *
   * @returns the wider query, for the same archive and table; null as for {@link submit}
   */
  drop(
    constraint: ConstraintKey,
    { archive, table, as = 'anyone' }: IQueryRequest
  ): IQueryRequest | null {
    this.adopt(archive.definition.id, table.name, as);
    this.update(without(this._form, constraint));
    return this.submit();
  }

  /** Take over whom another view asks for what, such as the editor of the ADQL. */
  adopt(archive: string, table: string, as: Asker, form?: Partial<ISearchForm>): void {
    this.setArchive(archive);
    this.setTable(table);
    this._as = as;
    const { rowLimit = this._form.rowLimit, ...fields } = form ?? {};
    // The archive's own limit stays the archive's.
    this.update(rowLimit === this._form.rowLimit ? fields : { ...fields, rowLimit });
  }

  /** What is kept over a reload: not the longest lists, as it is written often. */
  toJSON(): ISavedSearch {
    const { rowLimit, ...fields } = this._form;
    const targets = fields.targets.length > MOST_KEPT ? [] : fields.targets;
    const form = { ...fields, targets };
    return {
      ...this._choice.wanted,
      form: this._ownLimit ? { ...form, rowLimit } : form,
      facets: this.facets.toJSON()
    };
  }

  /**
   * Take over what {@link toJSON} gave; whatever is not of that shape is left out. Runs
   * nothing. An archive that is not there yet is chosen when it comes.
   */
  restore(json: unknown): void {
    const { archive, table, form, facets } = readSearch(json);
    this._form = { ...this._form, ...form };
    this._ownLimit = 'rowLimit' in form;
    this._choice.restore({ archive, table });
    this._chosen = null;
    this._move(() => undefined);
    this.facets.restore(facets);
  }

  /** Put a pasted outline into its fields; false where there is nothing to be put. */
  private _spellOut(): boolean {
    const { form, problem } = spellOut(this._form);
    const isSpelled = problem === null && form !== this._form;
    if (isSpelled) {
      this._form = form;
      this._refresh();
    }
    return isSpelled;
  }

  /** Choose, and take over what goes with the choice. */
  private _move(choose: () => void): void {
    const before = this.archive?.definition.id;
    choose();
    const { archive, table } = this;
    if (archive && archive.definition.id !== before) {
      this._as = usualAsker(archive.definition);
    }
    const offer = archive && table && this.offerOf(archive, table);
    if (offer) {
      this._show({ key: tableKey(archive, table), profile: offer.profile }, offer);
    }
    this.fields.recall();
    this._refresh();
  }

  /** The form of another table is in sight: what it cannot ask is laid aside. */
  private _show(shown: IFormOfTable, offer: IOffer): void {
    if (shown.key === this._chosen?.key) {
      return;
    }
    const columns = this._aside.move(this._form.columns, this._chosen, shown);
    const isKnown = orderColumns(offer).includes(this._form.orderBy);
    const order = isKnown || !this._chosen ? {} : { orderBy: '', descending: false };
    this._form = { ...this._form, columns, ...order };
    this._chosen = shown;
  }

  /** Criteria that stay in sight though nobody described their columns yet. */
  private get _criteria(): ISearchForm['columns'] {
    return this._chosen ? this._form.columns : {};
  }

  private _refresh(): void {
    const { archive, table } = this;
    this._offer = archive && table && this.offerOf(archive, table, this._criteria);
    if (this._chosen && this._offer) {
      this._chosen = { ...this._chosen, profile: this._offer.profile };
    }
    if (archive?.discover && !this._ownLimit) {
      const rowLimit = this._usualLimit || archive.discover.defaultRowLimit;
      this._form = { ...this._form, rowLimit };
    }
    const { form, as, context } = this;
    const made = archive && table && requestOf({ archive, table, as, form, context });
    this._request = made?.request ?? null;
    this._problems = made?.problems ?? [];
    this._changed.emit();
  }

  private readonly _choice: ArchiveChoice;
  private readonly _aside = new CriteriaAside();
  /** The table whose form is in sight. */
  private _chosen: IFormOfTable | null = null;
  private _as: Asker = 'anyone';
  private _offer: IOffer | null = null;
  private _form: ISearchForm = EMPTY_FORM;
  /** True when the row limit is the user's, not the archive's. */
  private _ownLimit = false;
  private _usualLimit = 0;
  private _problems: readonly IFormProblem[] = [];
  private readonly _shown = new ShownProblems();
  private _request: IQueryRequest | null = null;
  private _handEdited = false;
  private _running: ISearchProgress | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
