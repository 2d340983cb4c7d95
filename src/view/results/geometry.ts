import type { DataGrid } from '@lumino/datagrid';

import type { IMirrorGeometry } from './aria.js';
import { HEADER_HEIGHT, ROW_HEIGHT } from './renderers.js';

/** Sizes in px that parts of the grid have at first, and at least. */
export const GRID_SIZES: DataGrid.IOptions = {
  defaultSizes: {
    rowHeight: ROW_HEIGHT,
    columnWidth: 100,
    rowHeaderWidth: 40,
    columnHeaderHeight: HEADER_HEIGHT
  },
  minimumSizes: {
    rowHeight: ROW_HEIGHT,
    columnWidth: 24,
    rowHeaderWidth: 24,
    columnHeaderHeight: HEADER_HEIGHT
  }
};

/** Where Lumino has a column: the frozen ones are behind the row numbers. */
export interface IColumnPlace {
  readonly region: 'row-header' | 'body';
  readonly index: number;
}

/**
 * Where Lumino has a column.
 *
 * @param column - place among all columns of the grid
 * @param frozen - columns at the beginning that do not scroll
 */
export function placeOf(column: number, frozen: number): IColumnPlace {
  return column < frozen
    ? { region: 'row-header', index: column + 1 }
    : { region: 'body', index: column - frozen };
}

/** A column by where Lumino has it; -1 for the row numbers. */
export function columnAt(
  { region, index }: { readonly region: string; readonly index: number },
  frozen: number
): number {
  const isFixed = region === 'row-header' || region === 'corner-header';
  return isFixed ? index - 1 : index + frozen;
}

/** Where a grid paints its cells, px relative to its viewport. */
export function geometryOf(grid: DataGrid, frozen: number): IMirrorGeometry {
  const { headerHeight, scrollX, scrollY } = grid;
  const firstRow = Math.floor(scrollY / ROW_HEIGHT);
  const visible = Math.ceil(Math.max(0, grid.pageHeight) / ROW_HEIGHT) + 1;
  return {
    firstRow,
    // Without a size (hidden, or no layout at all) a screenful still can be read.
    endRow: firstRow + (grid.pageHeight > 0 ? visible : Number.MAX_SAFE_INTEGER),
    numbersWidth: grid.columnSize('row-header', 0),
    scrolled: scrollX,
    headerHeight,
    rowHeight: ROW_HEIGHT,
    width: column => {
      const { region, index } = placeOf(column, frozen);
      return grid.columnSize(region, index);
    },
    top: row => headerHeight + row * ROW_HEIGHT - scrollY
  };
}
