import { DataModel } from '@lumino/datagrid';

import type { RowStore } from '../../model/columns.js';
import { type IResultColumn, resultColumns, screenText } from './columns.js';

/**
 * The rows of a {@link RowStore} for a Lumino DataGrid.
 *
 * The body's data are texts for the screen, null where there is no value; they are made
 * when a cell is painted, never for a whole table.
 */
export class ArrowDataModel extends DataModel {
  /** @param store - rows that may still grow; tell {@link rowsInserted} when they did */
  constructor(readonly store: RowStore) {
    super();
    this.columns = resultColumns(store.fields);
    this._rowCount = store.rowCount;
  }

  /** The columns in the order of the grid. */
  readonly columns: readonly IResultColumn[];

  /** Tell the grid about the rows at the end of the store that it does not know yet. */
  rowsInserted(): void {
    const index = this._rowCount;
    const span = this.store.rowCount - index;
    if (span > 0) {
      this._rowCount = this.store.rowCount;
      this.emitChanged({ type: 'rows-inserted', region: 'body', index, span });
    }
  }

  override rowCount(region: DataModel.RowRegion): number {
    return region === 'body' ? this._rowCount : 1;
  }

  override columnCount(region: DataModel.ColumnRegion): number {
    return region === 'body' ? this.columns.length : 1;
  }

  override data(
    region: DataModel.CellRegion,
    row: number,
    column: number
  ): string | null {
    switch (region) {
      case 'body':
        return this.text(row, column);
      case 'column-header':
        return this.columns[column].field.name;
      case 'row-header':
        return String(row + 1);
      case 'corner-header':
        return '';
    }
  }

  /** A cell for the screen; null where there is no value. */
  text(row: number, column: number): string | null {
    const shown = this.columns[column];
    return screenText(shown, this.store.value(row, shown.index));
  }

  private _rowCount: number;
}
