import { DataModel } from '@lumino/datagrid';

import type { RowStore } from '../../model/columns.js';
import type { RowView, RowViewChange } from '../../model/rowview.js';
import { type IResultColumn, resultColumns, screenText } from './columns.js';

/**
 * The rows of a {@link RowView} for a Lumino DataGrid. Rows of the grid are *positions* of
 * the view; which row of the store each is, is the view's business.
 *
 * The body's data are texts for the screen, null where there is no value; they are made
 * when a cell is painted, never for a whole table. The row header has the number of the
 * row in the answer, which sorting and filtering do not change.
 */
export class ArrowDataModel extends DataModel {
  /** @param view - rows that may still grow or be arranged anew */
  constructor(readonly view: RowView) {
    super();
    this.columns = resultColumns(view.store.fields);
    view.changed.connect(this._onView, this);
  }

  /** The columns in the order of the grid. */
  readonly columns: readonly IResultColumn[];

  /** The rows themselves. */
  get store(): RowStore {
    return this.view.store;
  }

  override rowCount(region: DataModel.RowRegion): number {
    return region === 'body' ? this.view.rowCount : 1;
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
        return String(this.view.rowAt(row) + 1);
      case 'corner-header':
        return '';
    }
  }

  /** The cell at a position for the screen; null where there is no value. */
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
}
