import { BasicMouseHandler, type DataGrid } from '@lumino/datagrid';

/** Px at a header's edges at which Lumino resizes. */
const EDGE = { leading: 5, trailing: 6 };

/** What the mouse does that Lumino's handler does not know. */
export interface IMouseActions {
  /** A row was clicked or double-clicked. */
  pressed(row: number, double: boolean): void;
  /** The edge of a column header was double-clicked. */
  fit(column: number): void;
  /** A column header was clicked; with Shift, `more` is true. */
  sort(column: number, more: boolean): void;
}

/**
 * Lumino's mouse handling, but a click on a column header sorts, one on a row number
 * always selects the row, and rows keep their height (the mirror counts on it).
 */
export class GridMouseHandler extends BasicMouseHandler {
  constructor(private readonly _actions: IMouseActions) {
    super();
  }

  override onMouseDown(grid: DataGrid, event: MouseEvent): void {
    const hit = grid.hitTest(event.clientX, event.clientY);
    this._pressedHeader = headerColumn(hit);
    if (hit.region === 'row-header') {
      selectByNumber(grid, hit.row, event);
    } else if (hit.region === 'body' || resizedColumn(hit) !== null) {
      super.onMouseDown(grid, event);
    }
    if (hit.region === 'body' || hit.region === 'row-header') {
      this._actions.pressed(hit.row, false);
    }
  }

  override onMouseUp(grid: DataGrid, event: MouseEvent): void {
    const pressed = this._pressedHeader;
    super.onMouseUp(grid, event);
    if (pressed === null) {
      return;
    }
    this._pressedHeader = null;
    if (headerColumn(grid.hitTest(event.clientX, event.clientY)) === pressed) {
      this._actions.sort(pressed, event.shiftKey);
    }
  }

  override onMouseDoubleClick(grid: DataGrid, event: MouseEvent): void {
    const hit = grid.hitTest(event.clientX, event.clientY);
    const column = resizedColumn(hit);
    if (hit.region === 'body') {
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
  private _pressedHeader: number | null = null;
}

/** The column whose header a press here means, null where it would resize or is none. */
function headerColumn(hit: DataGrid.HitTestResult): number | null {
  return hit.region === 'column-header' && resizedColumn(hit) === null
    ? hit.column
    : null;
}

function selectByNumber(grid: DataGrid, row: number, event: MouseEvent): void {
  const accel = event.ctrlKey || event.metaKey;
  const clear = accel ? 'none' : event.shiftKey ? 'current' : 'all';
  const cell = { r1: row, r2: row, c1: 0, c2: 0, cursorRow: row, cursorColumn: -1 };
  grid.selectionModel?.select({ ...cell, clear });
}

/** The column whose width a press here would change, null when none. */
function resizedColumn(hit: DataGrid.HitTestResult): number | null {
  if (hit.region !== 'column-header') {
    return null;
  }
  if (hit.column > 0 && hit.x <= EDGE.leading) {
    return hit.column - 1;
  }
  return hit.width - hit.x <= EDGE.trailing ? hit.column : null;
}
