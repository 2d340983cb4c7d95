import type { DataGrid } from '@lumino/datagrid';

import { RowSelectionModel } from './selection.js';

/** A cell of the grid's body. */
export interface ICell {
  readonly row: number;
  readonly column: number;
}

/** Size of the table and of what is visible of it. */
export interface IExtent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit into the view. */
  readonly page: number;
}

/**
 * Where a key leads from a cell, null when it leads nowhere. While no cell has
 * the focus (`row` -1) every key that moves leads to the first one.
 *
 * @param key - `KeyboardEvent.key`
 * @param accel - Ctrl, or Cmd on a Mac
 */
export function nextCell(
  key: string,
  accel: boolean,
  cell: ICell,
  extent: IExtent
): ICell | null {
  const { row, column } = cell;
  const last = { row: extent.rows - 1, column: extent.columns - 1 };
  const moves: Record<string, ICell> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - extent.page, column },
    PageDown: { row: row + extent.page, column },
    Home: accel ? { row: 0, column: 0 } : { row, column: 0 },
    End: accel ? last : { row, column: last.column }
  };
  const target = moves[key];
  if (target && row < 0) {
    return { row: 0, column: 0 };
  }
  return target
    ? { row: clamp(target.row, last.row), column: clamp(target.column, last.column) }
    : null;
}

/** What the keys do that do not move. */
export interface IKeyActions {
  /** Enter: show the record of the focused row. */
  open(): void;
  /** Alt and an arrow up or down: sort by the focused column; with Shift, `more` is true. */
  sort(column: number, descending: boolean, more: boolean): void;
}

/** Keyboard of the grid: moving, selecting rows, sorting, opening the record. */
export class GridKeyHandler implements DataGrid.IKeyHandler {
  constructor(private readonly _actions: IKeyActions) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
  }

  onKeyDown(grid: DataGrid, event: KeyboardEvent): void {
    const selection = grid.selectionModel;
    if (!(selection instanceof RowSelectionModel)) {
      return;
    }
    if (
      this._move(grid, selection, event) ||
      this._sort(selection, event) ||
      this._act(selection, event)
    ) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  private _move(
    grid: DataGrid,
    selection: RowSelectionModel,
    event: KeyboardEvent
  ): boolean {
    const cell = { row: selection.cursorRow, column: selection.focusedColumn };
    const accel = isAccel(event);
    const extent = extentOf(grid, selection);
    const target = nextCell(event.key, accel, cell, extent);
    if (!target || event.altKey) {
      return false;
    }
    if (event.shiftKey) {
      selection.extendTo(target.row, target.column);
    } else if (target.row === cell.row || (accel && event.key.startsWith('Arrow'))) {
      selection.focus(target.row, target.column);
    } else {
      selection.selectOnly(target.row, target.column);
    }
    reveal(grid, selection);
    return true;
  }

  private _sort(selection: RowSelectionModel, event: KeyboardEvent): boolean {
    const { key, altKey, shiftKey } = event;
    if (!altKey || isAccel(event) || (key !== 'ArrowUp' && key !== 'ArrowDown')) {
      return false;
    }
    selection.focusSomething();
    this._actions.sort(selection.focusedColumn, key === 'ArrowDown', shiftKey);
    return true;
  }

  private _act(selection: RowSelectionModel, event: KeyboardEvent): boolean {
    if (event.key === 'Enter' && !isAccel(event)) {
      selection.focusSomething();
      this._actions.open();
    } else if (event.key === ' ') {
      selection.focusSomething();
      selection.toggle(selection.cursorRow);
    } else if (event.key.toLowerCase() === 'a' && isAccel(event)) {
      selection.selectAll();
    } else {
      return false;
    }
    return true;
  }

  private _isDisposed = false;
}

/** Bring the focused cell into view; a column that does not scroll is there already. */
function reveal(grid: DataGrid, { cursorRow, cursorColumn }: RowSelectionModel): void {
  if (cursorColumn >= 0) {
    grid.scrollToCursor();
  } else if (grid.pageHeight > 0) {
    grid.scrollToRow(cursorRow);
  }
}

/** Ctrl, or Cmd on a Mac; the other one of the two does no harm. */
function isAccel(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey;
}

function extentOf(grid: DataGrid, selection: RowSelectionModel): IExtent {
  return {
    rows: grid.rowCount('body'),
    columns: selection.columnCount,
    page: Math.max(1, Math.floor(grid.pageHeight / grid.defaultSizes.rowHeight) - 1)
  };
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(value, last));
}
