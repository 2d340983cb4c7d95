import type { DataGrid } from '@lumino/datagrid';

import { columnAt, placeOf } from './geometry.js';
import { ROW_HEIGHT } from './renderers.js';
import type { RowSelectionModel } from './selection.js';

/** A menu is wanted: where, px of the window, and about what. */
export interface IGridMenuRequest {
  readonly x: number;
  readonly y: number;
  /** Position of a row; -1 for the header. */
  readonly position: number;
  /** Place of the column among all; -1 for the row numbers. */
  readonly column: number;
}

/** Keys that ask for a menu. */
export function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

/** The menu that a press of the second mouse button asks for; null beside the table. */
export function menuAtPointer(
  grid: DataGrid,
  frozen: number,
  { clientX: x, clientY: y }: MouseEvent
): IGridMenuRequest | null {
  const { region, row, column: index } = grid.hitTest(x, y);
  if (region === 'void') {
    return null;
  }
  const column = columnAt({ region, index }, frozen);
  const isHeader = region === 'column-header' || region === 'corner-header';
  return isHeader && column < 0
    ? null
    : { x, y, position: isHeader ? -1 : row, column };
}

/** The menu of the focused cell; null where none has the focus. */
export function menuAtFocus(
  grid: DataGrid,
  frozen: number,
  selection: RowSelectionModel
): IGridMenuRequest | null {
  const { cursorRow: position, focusedColumn: column } = selection;
  if (position < 0 || column < 0) {
    return null;
  }
  const { left, top, right, bottom } = grid.viewport.node.getBoundingClientRect();
  const { region, index } = placeOf(column, frozen);
  const begin = region === 'body' ? grid.headerWidth - grid.scrollX : 0;
  const x = left + begin + grid.columnOffset(region, index);
  const y = top + grid.headerHeight + (position + 1) * ROW_HEIGHT - grid.scrollY;
  return {
    x: Math.max(left, Math.min(x, right)),
    y: Math.max(top, Math.min(y, bottom)),
    position,
    column
  };
}

/**
 * Listen for what asks for a menu: the second mouse button, and the keys for it.
 *
 * @param state - the columns that do not scroll, and the selection, as they are then
 */
export function listenForMenus(
  grid: DataGrid,
  state: () => { frozen: number; selection: RowSelectionModel | null },
  ask: (request: IGridMenuRequest) => void
): void {
  const { node } = grid.viewport;
  const answer = (event: Event, request: IGridMenuRequest | null): void => {
    event.preventDefault();
    event.stopPropagation();
    if (request) {
      ask(request);
    }
  };
  let byKey = false;
  node.addEventListener('keydown', event => {
    const { frozen, selection } = state();
    byKey = isMenuKey(event);
    if (byKey && selection) {
      selection.focusSomething();
      answer(event, menuAtFocus(grid, frozen, selection));
    }
  });
  node.addEventListener('contextmenu', event => {
    // Browsers make one of the key press, too.
    const request = byKey ? null : menuAtPointer(grid, state().frozen, event);
    byKey = false;
    answer(event, request);
  });
}
