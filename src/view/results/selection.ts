import { type DataModel, SelectionModel } from '@lumino/datagrid';

/** Rows `first` to `last`, both included; `first` ≤ `last`. */
export interface IRowRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Selects whole rows, and has a focused cell that need not be selected.
 *
 * Lumino's own model in `row` mode has no cursor cell and cannot part a range.
 */
export class RowSelectionModel extends SelectionModel {
  constructor(dataModel: DataModel) {
    // In `cell` mode DataGrid draws the cursor; the rows are widened in `selections`.
    super({ dataModel, selectionMode: 'cell' });
  }

  get isEmpty(): boolean {
    return this._ranges.length === 0 && this._row < 0;
  }

  get cursorRow(): number {
    return this._row;
  }

  get cursorColumn(): number {
    return this._column;
  }

  /** The selected rows: sorted, disjoint, not touching. */
  get ranges(): readonly IRowRange[] {
    return mergeRanges(this._ranges);
  }

  /** Number of selected rows. */
  get count(): number {
    return this.ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  }

  /** Move the focus to a cell without selecting its row. */
  focus(row: number, column: number): void {
    if (this._moveCursor(row, column)) {
      this.emitChanged();
    }
  }

  /** Focus the first cell where none has the focus yet. */
  focusSomething(): void {
    if (this._row < 0) {
      this.focus(0, 0);
    }
  }

  /** Focus a cell and select its row alone. */
  selectOnly(row: number, column: number): void {
    if (this._moveCursor(row, column)) {
      this._anchor = this._row;
      this._ranges = [range(this._row, this._row)];
      this.emitChanged();
    }
  }

  /** Focus a cell and select the rows from the anchor to it. */
  extendTo(row: number, column: number): void {
    const anchor = this._anchor < 0 ? Math.max(0, this._row) : this._anchor;
    if (this._moveCursor(row, column)) {
      this._anchor = anchor;
      this._ranges = [...this._ranges.slice(0, -1), range(anchor, this._row)];
      this.emitChanged();
    }
  }

  /** Select a row that is not, or the other way round. */
  toggle(row: number): void {
    if (row < 0 || row >= this._rows) {
      return;
    }
    this._anchor = row;
    this._ranges = this.isRowSelected(row)
      ? withoutRow(this.ranges, row)
      : [...this._ranges, range(row, row)];
    this.emitChanged();
  }

  /** Select all rows that have arrived. */
  selectAll(): void {
    if (this._rows > 0) {
      this._ranges = [range(0, this._rows - 1)];
      this._moveCursor(Math.max(0, this._row), Math.max(0, this._column));
      this.emitChanged();
    }
  }

  override isRowSelected(index: number): boolean {
    return this._ranges.some(({ first, last }) => index >= first && index <= last);
  }

  /** Never: whole rows would otherwise mark every column header. */
  override isColumnSelected(): boolean {
    return false;
  }

  override currentSelection(): SelectionModel.Selection | null {
    const last = this._ranges.at(-1);
    return last ? this._wide(last) : null;
  }

  override *selections(): IterableIterator<SelectionModel.Selection> {
    for (const rows of this._ranges) {
      yield this._wide(rows);
    }
  }

  /** What DataGrid's mouse handler asks for: click, shift, accel and drag. */
  override select(args: SelectionModel.SelectArgs): void {
    const { r2, cursorColumn, clear } = args;
    const column = cursorColumn >= 0 ? cursorColumn : Math.max(0, this._column);
    if (clear === 'none') {
      this._moveCursor(r2, column);
      this.toggle(this._row);
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
      this._ranges = [];
      this._row = this._column = this._anchor = -1;
      this.emitChanged();
    }
  }

  private get _rows(): number {
    return this.dataModel.rowCount('body');
  }

  private _wide({ first, last }: IRowRange): SelectionModel.Selection {
    return { r1: first, r2: last, c1: 0, c2: this.dataModel.columnCount('body') - 1 };
  }

  /** @returns false where there is no cell to move to */
  private _moveCursor(row: number, column: number): boolean {
    const [rows, columns] = [this._rows, this.dataModel.columnCount('body')];
    if (rows === 0 || columns === 0) {
      return false;
    }
    this._row = Math.max(0, Math.min(row, rows - 1));
    this._column = Math.max(0, Math.min(column, columns - 1));
    return true;
  }

  private _ranges: readonly IRowRange[] = [];
  private _row = -1;
  private _column = -1;
  /** Row at which a range began that Shift extends. */
  private _anchor = -1;
}

/** The same rows as sorted ranges that neither overlap nor touch. */
export function mergeRanges(ranges: readonly IRowRange[]): IRowRange[] {
  const merged: IRowRange[] = [];
  for (const next of [...ranges].sort((a, b) => a.first - b.first)) {
    const previous = merged.at(-1);
    if (previous && next.first <= previous.last + 1) {
      merged[merged.length - 1] = range(
        previous.first,
        Math.max(previous.last, next.last)
      );
    } else {
      merged.push(next);
    }
  }
  return merged;
}

/** The rows of `ranges` but one. */
export function withoutRow(ranges: readonly IRowRange[], row: number): IRowRange[] {
  return ranges.flatMap(({ first, last }) => {
    if (row < first || row > last) {
      return [{ first, last }];
    }
    return [
      { first, last: row - 1 },
      { first: row + 1, last }
    ].filter(part => part.first <= part.last);
  });
}

function range(a: number, b: number): IRowRange {
  return { first: Math.min(a, b), last: Math.max(a, b) };
}
