import { type ISignal, Signal } from '@lumino/signaling';

import { valueKind } from '../../../model/table/chunks.js';
import type { ColumnFilter } from '../../../model/table/filters.js';
import type { ScalarValue } from '../../../model/table/tasks.js';
import type { IResultColumn } from '../columns.js';
import { type IRange, parseRange } from './bounds.js';

/** How a column is filtered: by a part of its text, a range, or a choice of values. */
export type FilterKind = ColumnFilter['kind'];

/** A filter as the user is writing it; what the other kinds hold is kept meanwhile. */
export interface IFilterDraft {
  /** Unique among the drafts of a tab. */
  readonly id: number;
  /** Index of the column in the order of the document. */
  readonly column: number;
  readonly kind: FilterKind;
  readonly text: string;
  readonly matchCase: boolean;
  /** Bounds as typed. */
  readonly from: string;
  readonly until: string;
  readonly values: readonly ScalarValue[];
}

/** A change of a draft. */
export type DraftChange = Partial<Omit<IFilterDraft, 'id' | 'column'>>;

/** The ways in which a column can be filtered, the usual one first; none for arrays. */
export function filterKinds({ field }: IResultColumn): readonly FilterKind[] {
  switch (valueKind(field)) {
    case 'text':
      return ['text', 'set'];
    case 'number':
    case 'long':
      return ['range', 'set'];
    case 'boolean':
      return ['set'];
    case null:
      return [];
  }
}

/** The range that a draft asks for, with what is wrong with it. */
export function draftRange(column: IResultColumn, draft: IFilterDraft): IRange {
  return parseRange(column, draft.from, draft.until);
}

/** What a draft asks for; null while it asks for nothing or is not understood. */
export function filterOf(
  shown: IResultColumn,
  draft: IFilterDraft
): ColumnFilter | null {
  const { kind, column, text, matchCase, values } = draft;
  switch (kind) {
    case 'text':
      return text === '' ? null : { kind, column, text, matchCase };
    case 'set':
      return values.length === 0 ? null : { kind, column, values };
    case 'range': {
      const { min, max, from, until } = draftRange(shown, draft);
      const isOpen = min === null && max === null;
      return from || until || isOpen ? null : { kind, column, min, max };
    }
  }
}

/** The filters of a tab as the user is writing them. */
export class FilterDrafts {
  /** Emitted when a draft was added, changed or removed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The drafts in the order in which they were added. */
  get list(): readonly IFilterDraft[] {
    return this._list;
  }

  /** Begin a filter by a column; its kind is the usual one unless given. */
  add(column: IResultColumn, more: Partial<IFilterDraft> = {}): void {
    const kind = filterKinds(column)[0];
    if (kind) {
      const blank = { text: '', matchCase: false, from: '', until: '', values: [] };
      const draft = { ...blank, id: this._next++, column: column.index, kind, ...more };
      this._set([...this._list, draft]);
    }
  }

  /** Change what a draft asks of its column. */
  update(id: number, change: Partial<Omit<IFilterDraft, 'id' | 'column'>>): void {
    this._set(
      this._list.map(draft => (draft.id === id ? { ...draft, ...change } : draft))
    );
  }

  /** Let a draft be about another column; what was written for the old one is dropped. */
  move(id: number, column: IResultColumn): void {
    const kind = filterKinds(column)[0];
    if (kind) {
      const blank = { text: '', from: '', until: '', values: [] };
      this._set(
        this._list.map(draft =>
          draft.id === id ? { ...draft, ...blank, kind, column: column.index } : draft
        )
      );
    }
  }

  remove(id: number): void {
    this._set(this._list.filter(draft => draft.id !== id));
  }

  clear(): void {
    this._set([]);
  }

  /** Forget signals' receivers. */
  dispose(): void {
    Signal.clearData(this);
  }

  private _set(list: readonly IFilterDraft[]): void {
    this._list = list;
    this._changed.emit();
  }

  private _list: readonly IFilterDraft[] = [];
  private _next = 1;
  private readonly _changed = new Signal<this, void>(this);
}
