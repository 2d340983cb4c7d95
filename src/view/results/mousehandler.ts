import { BasicMouseHandler, type DataGrid } from '@lumino/datagrid';

import { RowSelectionModel } from './selection.js';

/** Px at a header's edges at which Lumino resizes. */
const EDGE = { leading: 5, trailing: 6 };

/** A column as Lumino counts: of the body, or behind the row numbers. */
interface IHeader {
  readonly region: 'body' | 'row-header';
  readonly index: number;
}

/** What the mouse does that Lumino's handler does not know. */
export interface IMouseActions {
  /** A row was clicked or double-clicked. */
  pressed(row: number, double: boolean): void;
  /** The edge of a column header was double-clicked. */
  fit(column: IHeader): void;
  /** A column header was clicked; with Shift, `more` is true. */
  sort(column: IHeader, more: boolean): void;
}

/**
 * Lumino's mouse handling, but a click on a column header sorts, one on a row number
 * always selects the row, cells of columns that do not scroll are cells like others, and
 * rows keep their height (the mirror counts on it).
 */
export class GridMouseHandler extends BasicMouseHandler {
  constructor(private readonly _actions: IMouseActions) {
    super();
  }

  /** Only headers resize, and so only they show it. */
  override onMouseHover(grid: DataGrid, event: MouseEvent): void {
    super.onMouseHover(grid, event);
    const { region } = grid.hitTest(event.clientX, event.clientY);
    if (region === 'row-header') {
      grid.viewport.node.style.cursor = this.cursorForHandle('none');
    }
  }

  override onMouseDown(grid: DataGrid, event: MouseEvent): void {
    const hit = grid.hitTest(event.clientX, event.clientY);
    this._pressedHeader = headerOf(hit);
    this._isDragging = hit.region === 'row-header' && hit.column > 0;
    if (hit.region === 'row-header') {
      selectBeside(grid, hit, event);
    } else if (hit.region === 'body' || resizedColumn(hit) !== null) {
      super.onMouseDown(grid, event);
    }
    if (hit.region === 'body' || hit.region === 'row-header') {
      this._actions.pressed(hit.row, false);
    }
  }

  override onMouseMove(grid: DataGrid, event: MouseEvent): void {
    super.onMouseMove(grid, event);
    const hit = grid.hitTest(event.clientX, event.clientY);
    if (this._isDragging && hit.row >= 0) {
      const selection = grid.selectionModel as RowSelectionModel;
      selection.extendTo(hit.row, selection.focusedColumn);
    }
  }

  override onMouseUp(grid: DataGrid, event: MouseEvent): void {
    const pressed = this._pressedHeader;
    super.onMouseUp(grid, event);
    this._isDragging = false;
    if (pressed === null) {
      return;
    }
    this._pressedHeader = null;
    const released = headerOf(grid.hitTest(event.clientX, event.clientY));
    if (released?.region === pressed.region && released.index === pressed.index) {
      this._actions.sort(pressed, event.shiftKey);
    }
  }

  override onMouseDoubleClick(grid: DataGrid, event: MouseEvent): void {
    const hit = grid.hitTest(event.clientX, event.clientY);
    const column = resizedColumn(hit);
    if (hit.region === 'body' || (hit.region === 'row-header' && hit.column > 0)) {
      this._actions.pressed(hit.row, true);
    } else if (column !== null) {
      this._actions.fit(column);
    }
    this.release();
  }

  override cursorForHandle(
    handle: Parameters<BasicMouseHandler['cursorForHandle']>[0]
  ): string {
    const upright = handle === 'top' || handle === 'bottom';
    return super.cursorForHandle(upright ? 'none' : handle);
  }

  /** Column whose header was pressed, away from its edges. */
  private _pressedHeader: IHeader | null = null;
  /** True while a cell of a column that does not scroll is held. */
  private _isDragging = false;
}

/** The column whose header a press here means, null where it would resize or is none. */
function headerOf(hit: DataGrid.HitTestResult): IHeader | null {
  return resizedColumn(hit) === null ? headed(hit, hit.column) : null;
}

/** The column of a header region; null for that of the row numbers, and elsewhere. */
function headed({ region }: DataGrid.HitTestResult, index: number): IHeader | null {
  if (region === 'corner-header') {
    return index > 0 ? { region: 'row-header', index } : null;
  }
  return region === 'column-header' ? { region: 'body', index } : null;
}

/** Select the row of a row number, or of a cell beside it. */
function selectBeside(
  grid: DataGrid,
  { row, column }: DataGrid.HitTestResult,
  event: MouseEvent
): void {
  const selection = grid.selectionModel;
  if (!(selection instanceof RowSelectionModel)) {
    return;
  }
  const accel = event.ctrlKey || event.metaKey;
  const clear = accel ? 'none' : event.shiftKey ? 'current' : 'all';
  const cell = { r1: row, r2: row, c1: 0, c2: 0, cursorRow: row, cursorColumn: -1 };
  if (column > 0) {
    selection.focus(row, column - 1);
  }
  selection.select({ ...cell, clear });
}

/** The column whose width a press here would change, null when none. */
function resizedColumn(hit: DataGrid.HitTestResult): IHeader | null {
  if (hit.region !== 'column-header' && hit.region !== 'corner-header') {
    return null;
  }
  if (hit.column > 0 && hit.x <= EDGE.leading) {
    return headed(hit, hit.column - 1);
  }
  return hit.width - hit.x <= EDGE.trailing ? headed(hit, hit.column) : null;
}
