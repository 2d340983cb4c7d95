/** A cell of the grid; row -1 is the header. */
export interface IGridCell {
  readonly row: number;
  readonly column: number;
}

/** How large the grid is. */
export interface IGridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows in sight. */
  readonly page: number;
}

/**
 * Where a key goes (WAI-ARIA, grid); null for keys that go nowhere.
 *
 * @param isTable - with Ctrl or Cmd: Home and End go to the ends of the table
 */
export function gridStep(
  key: string,
  isTable: boolean,
  { row, column }: IGridCell,
  { rows, columns, page }: IGridSize
): IGridCell | null {
  const last = columns - 1;
  const to = (r: number, c: number): IGridCell => ({
    row: Math.max(-1, Math.min(rows - 1, r)),
    column: Math.max(0, Math.min(last, c))
  });
  switch (key) {
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'PageDown':
      return to(row + page, column);
    case 'PageUp':
      return to(Math.max(0, row - page), column);
    case 'Home':
      return isTable ? to(0, 0) : to(row, 0);
    case 'End':
      return isTable ? to(rows - 1, last) : to(row, last);
    default:
      return null;
  }
}
