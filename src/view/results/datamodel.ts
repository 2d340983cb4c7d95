import { DataModel } from '@lumino/datagrid';

import type { RowStore } from '../../model/columns.js';
import type { RowView, RowViewChange } from '../../model/rowview.js';
import type { RowMarks } from './rowmarks.js';
import { type IResultColumn, resultColumns, screenText } from './columns.js';

/** The columns of a grid: which, in which order, and how many stay at the left. */
export interface IGridColumns {
  readonly columns: readonly IResultColumn[];
  /** Columns at the beginning that do not scroll. */
  readonly frozen: number;
}

/**
 * The rows of a {@link RowView} for a Lumino DataGrid. Rows of the grid are *positions* of
 * the view; which row of the store each is, is the view's business.
 *
 * The body's data are texts for the screen, null where there is no value; they are made
 * when a cell is painted, never for a whole table. The row header has the number of the
 * row in the answer, which sorting and filtering do not change, and behind it the columns
 * that do not scroll: nothing else of a DataGrid stays where it is.
 */
export class ArrowDataModel extends DataModel {
  /**
   * @param view - rows that may still grow or be arranged anew
   * @param shown - the columns; all of them in their usual order if missing
   */
  constructor(
    readonly view: RowView,
    shown: IGridColumns = { columns: resultColumns(view.store.fields), frozen: 0 }
  ) {
    super();
    this._shown = shown;
    view.changed.connect(this._onView, this);
  }

  /** The columns in the order of the grid. */
  get columns(): readonly IResultColumn[] {
    return this._shown.columns;
  }

  /** Columns at the beginning that do not scroll. */
  get frozen(): number {
    return this._shown.frozen;
  }

  /** What the first column shows before its text; null where it shows nothing. */
  marks: RowMarks | null = null;

  /** Draw the first column again: its marks are others. */
  remark(): void {
    const all = { row: 0, rowSpan: this.view.rowCount, column: 0, columnSpan: 2 };
    for (const region of ['body', 'row-header'] as const) {
      const columnSpan = Math.min(2, this.columnCount(region));
      this.emitChanged({ type: 'cells-changed', region, ...all, columnSpan });
    }
  }

  /** True for the first column, by where Lumino has it. */
  isFirst(region: DataModel.CellRegion, column: number): boolean {
    return this.frozen > 0
      ? region === 'row-header' && column === 1
      : region === 'body' && column === 0;
  }

  /** The rows themselves. */
  get store(): RowStore {
    return this.view.store;
  }

  /** Show other columns. */
  arrange(shown: IGridColumns): void {
    this._shown = shown;
    this.emitChanged({ type: 'model-reset' });
  }

  override rowCount(region: DataModel.RowRegion): number {
    return region === 'body' ? this.view.rowCount : 1;
  }

  override columnCount(region: DataModel.ColumnRegion): number {
    return region === 'body' ? this.columns.length - this.frozen : 1 + this.frozen;
  }

  override data(
    region: DataModel.CellRegion,
    row: number,
    column: number
  ): string | null {
    switch (region) {
      case 'body':
        return this.text(row, column + this.frozen);
      case 'column-header':
        return this.columns[column + this.frozen].field.name;
      case 'row-header':
        return column > 0
          ? this.text(row, column - 1)
          : String(this.view.rowAt(row) + 1);
      case 'corner-header':
        return column > 0 ? this.columns[column - 1].field.name : '';
    }
  }

  /**
   * The cell at a position for the screen; null where there is no value.
   *
   * @param column - place among all columns of the grid
   */
  text(position: number, column: number): string | null {
    const shown = this.columns[column];
    return screenText(shown, this.store.value(this.view.rowAt(position), shown.index));
  }

  private _onView(_: RowView, change: RowViewChange): void {
    if (change.kind === 'reordered') {
      this.emitChanged({ type: 'model-reset' });
    } else {
      const { first: index, count: span } = change;
      this.emitChanged({ type: 'rows-inserted', region: 'body', index, span });
    }
  }

  private _shown: IGridColumns;
}
