import { CellRenderer, type GraphicsContext } from '@lumino/datagrid';

import { NULL_TEXT } from '../shared/format.js';
import type { IResultColumn } from './columns.js';
import { elide } from './elide.js';
import { drawMark } from './markpainter.js';
import type { IRowMark } from './rowmarks.js';
import { type TextWidths, widthsIn } from './textwidths.js';
import type { IGridTheme } from './theme.js';
import type { PaintTarget } from './painttarget.js';

/** Px between a cell's edge and its text. */
export const PADDING = 8;

/** A column of cells that is to be painted, in px of the canvas. */
export interface IPaintColumn {
  /** Index in the order of the grid. */
  readonly column: number;
  readonly x: number;
  readonly width: number;
  /** Upper edge of the first row. */
  readonly y: number;
  readonly rowHeights: readonly number[];
  /** What is drawn before the n-th text, in `room` px; missing where nothing is. */
  readonly marks?: { readonly room: number; of(index: number): IRowMark };
  /** Text of the n-th row, null where there is no value. */
  text(index: number): string | null;
}

/**
 * Paints the texts of the grid's cells, a column at a time.
 *
 * DataGrid's own renderer saves, restores and sets font and alignment for each cell, and
 * measures each text, which is most of what a page of cells costs.
 */
export class TextPainter extends CellRenderer {
  /** @param _columns - columns of the region; null for that of the row numbers */
  constructor(
    private readonly _columns: readonly (IResultColumn | null)[],
    private readonly _theme: IGridTheme
  ) {
    super();
    this._widths = widthsIn(_theme.font);
  }

  /** Paint one cell, as DataGrid asks where it does not draw directly. */
  override paint(gc: GraphicsContext, config: CellRenderer.CellConfig): void {
    const { column, x, y, width, height } = config;
    const value = config.value as string | null;
    const text = (): string | null => value;
    this.paintColumn(gc, { column, x, y, width, rowHeights: [height], text });
  }

  /** Paint a column; `gc` is left with another font, alignment and colour. */
  paintColumn(gc: PaintTarget, cells: IPaintColumn): void {
    const { x, width, rowHeights } = cells;
    const { font, text: color, muted } = this._theme;
    // DataGrid may paint a new table before it has the painters for it.
    const column = this._columns[cells.column];
    const align = column === null ? 'right' : (column?.align ?? 'left');
    gc.font = font;
    gc.textAlign = align;
    gc.textBaseline = 'middle';
    const { marks } = cells;
    const taken = marks?.room ?? 0;
    const left = align === 'left' ? x + PADDING + taken : x + width - PADDING;
    let y = cells.y;
    rowHeights.forEach((height, index) => {
      const text = cells.text(index);
      gc.fillStyle = text === null || column === null ? muted : color;
      const fitting = this._fitting(gc, text ?? NULL_TEXT, width - 2 * PADDING - taken);
      gc.fillText(fitting, left, y + height / 2 + 1);
      if (marks) {
        drawMark(gc, marks.of(index), { x: x + PADDING, y, height }, this._theme);
      }
      y += height;
    });
  }

  private _fitting(gc: PaintTarget, text: string, room: number): string {
    const line = oneLine(text);
    return elide(line, room, part => this._widths.width(gc, part));
  }

  private readonly _widths: TextWidths;
}

/** Letters of a text that are looked at; a cell has room for far fewer. */
const LONGEST = 500;

/** Control characters would be drawn as boxes. */
function oneLine(text: string): string {
  return text.length <= LONGEST && !/\s/.test(text)
    ? text
    : text.slice(0, LONGEST).replace(/\s+/g, ' ');
}
