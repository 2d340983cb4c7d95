import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { Asker } from '../archives/account.js';
import type { IArchive, ISearchTable } from '../archives/archive.js';
import { usualAsker } from '../archives/signin.js';
import {
  EMPTY_FORM,
  FormError,
  type FormPlace,
  type IFormProblem,
  type IFormProfile,
  type ISearchForm
} from '../protocol/form.js';
import { type ConstraintKey, constraintsOf, without } from './constraints.js';
import type { IQueryRequest } from './query.js';
import { readSearch, type ISavedSearch } from './savedsearch.js';

/** How far a running search has come. */
export interface ISearchProgress {
  readonly rows: number;
  readonly bytes: number;
  /** Seconds since it was asked. */
  readonly seconds: number;
  /** It waits for a sign-in, or as long as the service asks to: nothing is on its way. */
  readonly isWaiting: boolean;
}

/**
 * The search form: which archive and table, what was typed, and the query it stands for.
 *
 * It never asks an archive anything: running a {@link request} is for the caller.
 */
export class SearchModel implements IDisposable {
  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** True once the archives are known. */
  get isReady(): boolean {
    return this._isReady;
  }

  /** Archives that can be searched, in the order of their rank. */
  get archives(): readonly IArchive[] {
    return this._archives;
  }

  /** The archive that is searched; null where none can be. */
  get archive(): IArchive | null {
    return this._archive;
  }

  /** The table that is searched; null where there is no archive. */
  get table(): ISearchTable | null {
    return this._table;
  }

  /**
   * As whom the query is asked. Chosen anew for each archive and after each reload: anyone,
   * but for archives that answer nothing without an account.
   */
  get as(): Asker {
    return this._as;
  }

  /** What the form of the table offers; null where there is no archive. */
  get profile(): IFormProfile | null {
    const { _archive: archive, _table: table } = this;
    return table ? (archive?.discover?.profile(table) ?? null) : null;
  }

  /** What the fields hold, as typed. */
  get form(): ISearchForm {
    return this._form;
  }

  /** True while no field that leaves rows out is filled. */
  get isEmpty(): boolean {
    return constraintsOf(this._form, this.profile).length === 0;
  }

  /**
   * What is wrong, field by field, as far as it should be shown: a field that is still
   * being typed in for the first time is not called wrong.
   */
  get problems(): readonly IFormProblem[] {
    return this._problems.filter(
      problem => this._submitted || this._left.has(problem.field)
    );
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
    this._choose(this._archive, this._table?.name ?? null);
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
      Signal.clearData(this);
    }
  }

  /**
   * Take over the archives that there are. The chosen one stays when it still is among
   * them; otherwise it is the one that was restored, otherwise the first by rank.
   */
  setArchives(archives: readonly IArchive[]): void {
    this._archives = archives
      .filter(archive => archive.discover)
      .sort((a, b) => a.definition.rank - b.definition.rank);
    this._isReady = true;
    const { archive, table } = this._wanted;
    const current = this._archive?.definition.id ?? null;
    const found = this._find(archive) ?? this._find(current) ?? this._archives[0];
    this._choose(found ?? null, table);
    this._refresh();
  }

  /** Choose an archive; one that is not there is ignored. */
  setArchive(id: string): void {
    const archive = this._find(id);
    if (archive && archive !== this._archive) {
      this._choose(archive, null);
      this._want();
      this._refresh();
    }
  }

  /** Choose a table of the archive; one that it does not offer is ignored. */
  setTable(name: string): void {
    const table = tableOf(this._archive, name);
    if (table && table !== this._table) {
      this._table = table;
      this._want();
      this._refresh();
    }
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

  /** The user is done with a field: from now on its problems are shown. */
  leave(field: FormPlace): void {
    if (!this._left.has(field)) {
      this._left.add(field);
      this._changed.emit();
    }
  }

  /** The query to run; null, with all problems shown, where the form has any. */
  submit(): IQueryRequest | null {
    this._submitted = true;
    this._changed.emit();
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
    this.setArchive(archive.definition.id);
    this._as = as;
    this.setTable(table.name);
    this._form = without(this._form, constraint);
    this._refresh();
    return this.submit();
  }

  /** What is kept over a reload. */
  toJSON(): ISavedSearch {
    const { rowLimit, ...form } = this._form;
    return { ...this._wanted, form: this._ownLimit ? { ...form, rowLimit } : form };
  }

  /**
   * Take over what {@link toJSON} gave; whatever is not of that shape is left out. Runs
   * nothing. An archive that is not there yet is chosen when it comes.
   */
  restore(json: unknown): void {
    const saved = readSearch(json);
    this._wanted = { archive: saved.archive, table: saved.table };
    this._form = { ...this._form, ...saved.form };
    this._ownLimit = 'rowLimit' in saved.form;
    this._choose(this._find(saved.archive) ?? this._archive, saved.table);
    this._refresh();
  }

  private _find(id: string | null): IArchive | undefined {
    const known = new Map(this._archives.map(item => [item.definition.id, item]));
    return id === null ? undefined : known.get(id);
  }

  private _choose(archive: IArchive | null, table: string | null): void {
    if (archive?.definition.id !== this._archive?.definition.id) {
      this._as = archive ? usualAsker(archive.definition) : 'anyone';
    }
    this._archive = archive;
    this._table = tableOf(archive, table) ?? firstTable(archive);
    if (archive?.discover && !this._ownLimit) {
      const rowLimit = this._usualLimit || archive.discover.defaultRowLimit;
      this._form = { ...this._form, rowLimit };
    }
  }

  private _want(): void {
    this._wanted = {
      archive: this._archive?.definition.id ?? null,
      table: this._table?.name ?? null
    };
  }

  private _refresh(): void {
    this._problems = [];
    this._request = this._build();
    this._changed.emit();
  }

  private _build(): IQueryRequest | null {
    const { _archive: archive, _table: table } = this;
    if (!archive?.discover || !table) {
      return null;
    }
    try {
      const [query] = archive.discover.form.search(table, this._form);
      const subject = this._form.position.trim() || table.name;
      const constraints = constraintsOf(this._form, this.profile);
      const form = this._form;
      return { archive, table, query, subject, as: this._as, constraints, form };
    } catch (reason) {
      if (!(reason instanceof FormError)) {
        throw reason;
      }
      this._problems = reason.problems;
      return null;
    }
  }

  private _isReady = false;
  private _archives: readonly IArchive[] = [];
  private _archive: IArchive | null = null;
  private _table: ISearchTable | null = null;
  private _as: Asker = 'anyone';
  private _form: ISearchForm = EMPTY_FORM;
  /** True when the row limit is the user's, not the archive's. */
  private _ownLimit = false;
  private _usualLimit = 0;
  /** What the user chose or restored, also while it is not there. */
  private _wanted: Omit<ISavedSearch, 'form'> = { archive: null, table: null };
  private _problems: readonly IFormProblem[] = [];
  private readonly _left = new Set<FormPlace>();
  private _submitted = false;
  private _request: IQueryRequest | null = null;
  private _handEdited = false;
  private _running: ISearchProgress | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

function tableOf(
  archive: IArchive | null,
  name: string | null
): ISearchTable | undefined {
  return archive?.discover?.tables.find(table => table.name === name);
}

function firstTable(archive: IArchive | null): ISearchTable | null {
  return archive?.discover?.tables[0] ?? null;
}
