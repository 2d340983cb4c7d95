import { type DataModel, SelectionModel } from '@lumino/datagrid';

import type { ArrowDataModel } from './datamodel.js';
import { RowSet } from './rowset.js';

/**
 * Selects whole rows, and has a focused cell that need not be selected.
 *
 * What DataGrid calls a row is a position on the screen; what is selected are rows of the
 * store, so that sorting and filtering leave the selection alone. Rows that a filter hides
 * stay selected, but are not given out until they can be seen again.
 *
 * Lumino's own model in `row` mode has no cursor cell and cannot part a range.
 */
export class RowSelectionModel extends SelectionModel {
  constructor(private readonly _model: ArrowDataModel) {
    // In `cell` mode DataGrid draws the cursor; the rows are widened in `selections`.
    super({ dataModel: _model, selectionMode: 'cell' });
  }

  /** Positions that can be seen, the second not included; runs outside are not drawn. */
  visible: () => [number, number] = () => [0, this._count];

  get isEmpty(): boolean {
    return this._rows.size === 0 && this._cursor < 0;
  }

  /** Position of the focused row, -1 before any has the focus. */
  get cursorRow(): number {
    return this._cursor;
  }

  /**
   * The focused column as DataGrid counts: those of its body; -1 for one that does not
   * scroll, and before any has the focus. See {@link focusedColumn}.
   */
  get cursorColumn(): number {
    return Math.max(-1, this._column - this._model.frozen);
  }

  /** Number of columns, those that do not scroll among them. */
  get columnCount(): number {
    return this._model.columns.length;
  }

  /** Place of the focused column among all; -1 before any has the focus. */
  get focusedColumn(): number {
    return this._column;
  }

  /** Row of the store that has the focus, -1 before any has. */
  get focusedRow(): number {
    return this._focused;
  }

  /** True where somebody chose the focused row, so that the focus goes where it goes. */
  get isChosen(): boolean {
    return this._isChosen;
  }

  /** Number of selected rows that are shown. */
  get count(): number {
    this._shown ??= this._countShown();
    return this._shown;
  }

  /** Number of selected rows that a filter hides. */
  get hiddenCount(): number {
    return this._rows.size - this.count;
  }

  /** The selected rows of the store that are shown, ascending. */
  get rows(): readonly number[] {
    this._list ??= this._listShown();
    return this._list;
  }

  /** The selected rows of the store in the order in which they are shown. */
  *inOrder(): IterableIterator<number> {
    for (let position = 0; position < this._count; position++) {
      const row = this._view.rowAt(position);
      if (this._rows.has(row)) {
        yield row;
      }
    }
  }

  /** Count the focused column anew: the columns are elsewhere. */
  moveColumn(column: number): void {
    if (this._column >= 0) {
      this._column = Math.max(0, Math.min(column, this._model.columns.length - 1));
    }
  }

  /** Move the focus to a cell without selecting its row. */
  focus(position: number, column: number): void {
    if (this._moveCursor(position, column)) {
      this.emitChanged();
    }
  }

  /**
   * Focus the first cell where none has the focus yet. Nobody chose its row: the focus
   * stays at the place, not with the row, when the rows are arranged anew.
   */
  focusSomething(): void {
    if (this._cursor < 0 && this._moveCursor(0, 0)) {
      this._isChosen = false;
      this.emitChanged();
    }
  }

  /** Focus a cell and select its row alone. */
  selectOnly(position: number, column: number): void {
    if (this._moveCursor(position, column)) {
      this._rows.clear();
      this._rows.add(this._focused);
      this._anchorAt(this._focused);
    }
  }

  /** Focus a cell and select the rows from the anchor to it. */
  extendTo(position: number, column: number): void {
    const from = this._anchorPosition();
    if (this._moveCursor(position, column)) {
      this._anchor = this._view.rowAt(from);
      this._before ??= this._rows.clone();
      this._rows = this._before.clone();
      const [first, last] = [
        Math.min(from, this._cursor),
        Math.max(from, this._cursor)
      ];
      this._addRange(first, last);
      this._changedRows();
    }
  }

  /** Select a row that is not, or the other way round. */
  toggle(position: number): void {
    if (position < 0 || position >= this._count) {
      return;
    }
    const row = this._view.rowAt(position);
    if (this._rows.has(row)) {
      this._rows.delete(row);
    } else {
      this._rows.add(row);
    }
    this._anchorAt(row);
  }

  /** Select rows of the store, hidden ones too, and no others; the focus goes to the first. */
  selectRows(rows: readonly number[]): void {
    const { rowCount } = this._model.store;
    const there = rows.filter(row => row >= 0 && row < rowCount);
    const first = there.find(row => this._view.positionOf(row) >= 0) ?? -1;
    if (first >= 0) {
      this._moveCursor(this._view.positionOf(first), Math.max(0, this._column));
    }
    this._rows.clear();
    for (const row of there) {
      this._rows.add(row);
    }
    this._anchorAt(first);
  }

  /** Select the rows that are shown, and no others. */
  selectAll(): void {
    if (this._moveCursor(Math.max(0, this._cursor), Math.max(0, this._column))) {
      this._rows.clear();
      this._addRange(0, this._count - 1);
      this._anchorAt(this._focused);
    }
  }

  override isRowSelected(position: number): boolean {
    return (
      position >= 0 &&
      position < this._count &&
      this._rows.has(this._view.rowAt(position))
    );
  }

  /** Never: whole rows would otherwise mark every column header. */
  override isColumnSelected(): boolean {
    return false;
  }

  override currentSelection(): SelectionModel.Selection | null {
    return this.isRowSelected(this._cursor)
      ? this._wide(this._cursor, this._cursor)
      : null;
  }

  /** The runs of selected rows that can be seen. */
  override *selections(): IterableIterator<SelectionModel.Selection> {
    const [first, end] = this.visible();
    let begin = -1;
    for (let position = first; position <= end; position++) {
      const isSelected = position < end && this.isRowSelected(position);
      if (isSelected && begin < 0) {
        begin = position;
      } else if (!isSelected && begin >= 0) {
        yield this._wide(begin, position - 1);
        begin = -1;
      }
    }
  }

  /** What DataGrid's mouse handler asks for: click, shift, accel and drag. */
  override select(args: SelectionModel.SelectArgs): void {
    const { r2, cursorColumn, clear } = args;
    const column =
      cursorColumn >= 0 ? cursorColumn + this._model.frozen : Math.max(0, this._column);
    if (clear === 'none') {
      this._moveCursor(r2, column);
      this.toggle(this._cursor);
    } else if (clear === 'current') {
      this.extendTo(r2, column);
    } else {
      this.selectOnly(r2, column);
    }
  }

  override moveCursorWithinSelections(): void {
    // Enter and Tab, which ask for this, mean something else here.
  }

  override clear(): void {
    if (!this.isEmpty) {
      this._rows.clear();
      this._cursor = this._column = this._focused = -1;
      this._anchorAt(-1);
    }
  }

  /** Find the focused row again, or what is now where it was. */
  protected override onDataModelChanged(
    _: DataModel,
    { type }: DataModel.ChangedArgs
  ): void {
    this._shown = this._list = null;
    if (type !== 'model-reset' || this._cursor < 0) {
      return;
    }
    const followed = this._isChosen ? this._view.positionOf(this._focused) : -1;
    this._cursor = Math.min(followed < 0 ? this._cursor : followed, this._count - 1);
    this._column = Math.min(this._column, this._model.columns.length - 1);
    this._focused = this._cursor < 0 ? -1 : this._view.rowAt(this._cursor);
  }

  private get _view(): ArrowDataModel['view'] {
    return this._model.view;
  }

  private get _count(): number {
    return this._model.rowCount('body');
  }

  private _listShown(): readonly number[] {
    const rows = [...this._rows];
    return this.hiddenCount === 0
      ? rows
      : rows.filter(row => this._view.positionOf(row) >= 0);
  }

  private _countShown(): number {
    if (this._rows.size === 0 || this._count === this._model.store.rowCount) {
      return this._rows.size;
    }
    let count = 0;
    for (let position = 0; position < this._count; position++) {
      count += this._rows.has(this._view.rowAt(position)) ? 1 : 0;
    }
    return count;
  }

  private _addRange(first: number, last: number): void {
    for (let position = first; position <= last; position++) {
      this._rows.add(this._view.rowAt(position));
    }
  }

  /** Where a range begins: at the anchor while it can be seen, else at the focus. */
  private _anchorPosition(): number {
    const position = this._anchor < 0 ? -1 : this._view.positionOf(this._anchor);
    return position < 0 ? Math.max(0, this._cursor) : position;
  }

  /** Let the next range begin at a row. */
  private _anchorAt(row: number): void {
    this._anchor = row;
    this._before = null;
    this._changedRows();
  }

  private _changedRows(): void {
    this._shown = this._list = null;
    this.emitChanged();
  }

  private _wide(r1: number, r2: number): SelectionModel.Selection {
    return { r1, r2, c1: 0, c2: this._model.columnCount('body') - 1 };
  }

  /** @returns false where there is no cell to move to */
  private _moveCursor(position: number, column: number): boolean {
    const [rows, columns] = [this._count, this._model.columns.length];
    if (rows === 0 || columns === 0) {
      return false;
    }
    this._cursor = Math.max(0, Math.min(position, rows - 1));
    this._column = Math.max(0, Math.min(column, columns - 1));
    this._focused = this._view.rowAt(this._cursor);
    this._isChosen = true;
    return true;
  }

  private _rows = new RowSet();
  private _cursor = -1;
  private _column = -1;
  private _focused = -1;
  private _isChosen = false;
  /** Row of the store at which a range began that Shift extends. */
  private _anchor = -1;
  /** What was selected before that range; null until it is extended. */
  private _before: RowSet | null = null;
  /** Selected rows that are shown; null until they are counted. */
  private _shown: number | null = null;
  /** These rows; null until somebody wants them, which many do for each change. */
  private _list: readonly number[] | null = null;
}
