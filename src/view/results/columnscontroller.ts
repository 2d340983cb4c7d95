import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import {
  areSameLayouts,
  type IColumnLayout,
  type ILayoutKeeper,
  orderedKeys,
  USUAL_LAYOUT,
  withHidden,
  withMoved,
  withPinned,
  withUnit
} from '../../model/columnlayout.js';
import type { ResultModel } from '../../model/result.js';
import { hasValues } from '../../model/table/hasvalues.js';
import { firstTable } from '../../protocol/adql/index.js';
import { type IResultColumn, shownAs } from './columns.js';
import type { IGridColumns } from './datamodel.js';
import { withoutQuery } from './errorwords.js';
import type { RowsController } from './rowscontroller.js';

/**
 * Which columns of a result are shown, in which order and unit, and which stay at the left:
 * as the user last had them for this table of this archive.
 */
export class ColumnsController implements IDisposable {
  /**
   * @param _rows - whose columns they are
   * @param _keeper - remembers what the user chose; for as long as the panel is there if
   *   missing
   */
  constructor(
    private readonly _result: ResultModel,
    private readonly _rows: RowsController,
    private readonly _keeper: ILayoutKeeper = new Map<string, IColumnLayout>()
  ) {
    _rows.viewChanged.connect(this._onTable, this);
    this._onTable();
  }

  /** Emitted when the user has chosen other columns, or another way to show them. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** How the columns are shown. */
  get layout(): IColumnLayout {
    return this._layout;
  }

  /** All columns as they are ordered, those that are hidden among them. */
  get all(): readonly IResultColumn[] {
    return this._all;
  }

  /** The columns that are shown. */
  get shown(): IGridColumns {
    const columns = this._all.filter(({ key }) => !this.isHidden(key));
    const frozen = columns.filter(({ key }) => this.isPinned(key)).length;
    return { columns, frozen };
  }

  isHidden(key: string): boolean {
    return this._hidden.has(key);
  }

  isPinned(key: string): boolean {
    return this._layout.pinned.includes(key);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  /** Hide columns or show them again; one at least stays. */
  hide(keys: readonly string[], hidden: boolean): void {
    this._take(withHidden(this._layout, keys, hidden));
  }

  pin(key: string, pinned: boolean): void {
    this._take(withPinned(this._layout, key, pinned));
  }

  /** Show a column in a unit, by the id of one of its displays. */
  setUnit(key: string, id: string): void {
    const column = this._all.find(other => other.key === key);
    const isUsual = column?.displays[0].id === id;
    this._take(withUnit(this._layout, key, isUsual ? null : id));
  }

  /** Move a column to a place among all, counted from 0. */
  move(key: string, to: number): void {
    this._take(withMoved(this._layout, this._usual, key, to));
  }

  showAll(): void {
    this._take({ ...this._layout, hidden: [] });
  }

  /** Hide the columns that have no value in any row. */
  showThoseWithValues(): void {
    const store = this._rows.view?.store;
    if (store) {
      const empty = this._all.filter(({ index }) => !hasValues(store, index));
      this._take({ ...this._layout, hidden: empty.map(({ key }) => key) });
    }
  }

  /** All columns in their usual order and units, none of them pinned. */
  reset(): void {
    this._take(USUAL_LAYOUT);
  }

  private _onTable(): void {
    this._usual = this._rows.columns.map(({ key }) => key);
    this._place = this._placeOf();
    this._layout = this._keeper.get(this._place) ?? USUAL_LAYOUT;
    this._arrange();
  }

  private _take(layout: IColumnLayout): void {
    const hidden = new Set(layout.hidden);
    const isEmpty = this._usual.every(key => hidden.has(key));
    if (!isEmpty && !areSameLayouts(layout, this._layout)) {
      this._layout = layout;
      this._arrange();
      this._keeper.set(this._place, layout);
      this._changed.emit();
    }
  }

  private _arrange(): void {
    const columns = new Map(this._rows.columns.map(column => [column.key, column]));
    const { units, hidden } = this._layout;
    this._hidden = new Set(hidden);
    // A kept layout may be of the time when the table had other columns.
    if (this._usual.every(key => this._hidden.has(key))) {
      this._hidden.clear();
    }
    this._all = orderedKeys(this._usual, this._layout)
      .map(key => columns.get(key))
      .filter(column => column !== undefined)
      .map(column => shownAs(column, units[column.key]));
  }

  /** Archive, service and table: what a layout is remembered by. */
  private _placeOf(): string {
    const { provenance } = this._result;
    if (!provenance) {
      return '';
    }
    const { archive, table, query } = provenance;
    const name = firstTable(query.adql) ?? table.name;
    return [archive.definition.id, withoutQuery(table.service), name].join(' ');
  }

  private _layout = USUAL_LAYOUT;
  private _place = '';
  private _usual: readonly string[] = [];
  private _all: readonly IResultColumn[] = [];
  private _hidden = new Set<string>();
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
