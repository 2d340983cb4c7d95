import { type ISignal, Signal } from '@lumino/signaling';

/** How the user arranged the values to tick; kept over a reload. */
export interface IFacetChoices {
  /** Keys of the columns whose values are folded away. */
  readonly folded: readonly string[];
  /** Keys of the columns that the user wants counted beside the form's own. */
  readonly added: readonly string[];
}

/** Columns that can be added: each costs a query whenever something is counted. */
const MOST_ADDED = 12;

/** Which columns are counted, and which of them are folded; by column, for all tables. */
export class FacetChoices {
  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Keys of the columns that were added. */
  get added(): readonly string[] {
    return this._added;
  }

  /** True for a column whose values are out of sight: nobody counts them. */
  isFolded(column: string): boolean {
    return this._folded.has(column);
  }

  /** Fold, or unfold, the values of a column. */
  fold(column: string, folded: boolean): void {
    if (folded) {
      this._folded.add(column);
    } else {
      this._folded.delete(column);
    }
    this._changed.emit();
  }

  /** Count the values of a column, too. */
  add(column: string): void {
    this._added = [...this._added.filter(other => other !== column), column].slice(
      -MOST_ADDED
    );
    this._folded.delete(column);
    this._changed.emit();
  }

  /** Count the values of an added column no more. */
  remove(column: string): void {
    this._added = this._added.filter(other => other !== column);
    this._changed.emit();
  }

  /** What is kept. */
  toJSON(): IFacetChoices {
    return { folded: [...this._folded], added: this._added };
  }

  /** Take over what {@link toJSON} gave; what is not of that shape is left out. */
  restore(json: unknown): void {
    const { folded, added } = (json ?? {}) as Partial<Record<string, unknown>>;
    this._folded = new Set(texts(folded));
    this._added = texts(added).slice(0, MOST_ADDED);
    this._changed.emit();
  }

  private _folded = new Set<string>();
  private _added: readonly string[] = [];
  private readonly _changed = new Signal<this, void>(this);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? [...new Set(value.filter(item => typeof item === 'string'))]
    : [];
}
