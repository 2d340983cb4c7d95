import { BasicMouseHandler, type DataGrid } from '@lumino/datagrid';

/** Px at a header's edges at which Lumino resizes. */
const EDGE = { leading: 5, trailing: 6 };

/** What the mouse does that Lumino's handler does not know. */
export interface IMouseActions {
  /** A row was clicked or double-clicked. */
  pressed(row: number, double: boolean): void;
  /** The edge of a column header was double-clicked. */
  fit(column: number): void;
}

/**
 * Lumino's mouse handling, but a click on a column header selects nothing, one on a row
 * number always selects the row, and rows keep their height (the mirror counts on it).
 */
export class GridMouseHandler extends BasicMouseHandler {
  constructor(private readonly _actions: IMouseActions) {
    super();
  }

  override onMouseDown(grid: DataGrid, event: MouseEvent): void {
    const hit = grid.hitTest(event.clientX, event.clientY);
    if (hit.region === 'row-header') {
      selectByNumber(grid, hit.row, event);
    } else if (hit.region === 'body' || resizedColumn(hit) !== null) {
      super.onMouseDown(grid, event);
    }
    if (hit.region === 'body' || hit.region === 'row-header') {
      this._actions.pressed(hit.row, false);
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
