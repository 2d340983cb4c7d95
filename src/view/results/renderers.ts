import { CellRenderer, type GraphicsContext, RendererMap } from '@lumino/datagrid';

import type { ISortKey } from '../../model/table/filters.js';
import type { IResultColumn } from './columns.js';
import type { IGridColumns } from './datamodel.js';
import { elide } from './elide.js';
import { columnSort, type IColumnSort } from './sorting.js';
import { PADDING, TextPainter } from './textpainter.js';
import type { IGridTheme } from './theme.js';

/** Height of the header with its two lines, px. */
export const HEADER_HEIGHT = 40;

/** Height of a row, px. */
export const ROW_HEIGHT = 24;

/** The painters of the grid's cells, for one table in one order and theme. */
export function gridRenderers(
  { columns, frozen }: IGridColumns,
  theme: IGridTheme,
  keys: readonly ISortKey[]
): RendererMap {
  const fixed = [null, ...columns.slice(0, frozen)];
  const body = columns.slice(frozen);
  const numbers = new TextPainter(fixed, theme);
  return new RendererMap(
    {
      body: new TextPainter(body, theme),
      'column-header': new HeaderRenderer(body, theme, keys),
      'corner-header': new HeaderRenderer(fixed, theme, keys),
      'row-header': numbers
    },
    numbers
  );
}

/** Paints a column header: the name, below it the unit and, where sorted, an arrow. */
class HeaderRenderer extends CellRenderer {
  constructor(
    private readonly _columns: readonly (IResultColumn | null)[],
    private readonly _theme: IGridTheme,
    private readonly _keys: readonly ISortKey[]
  ) {
    super();
  }

  override paint(gc: GraphicsContext, config: CellRenderer.CellConfig): void {
    const column = this._columns[config.column];
    if (!column) {
      return;
    }
    const { headerFont, unitFont, text, muted } = this._theme;
    gc.textBaseline = 'alphabetic';
    gc.textAlign = column.align;
    gc.font = headerFont;
    gc.fillStyle = text;
    const room = config.width - 2 * PADDING;
    drawLine(gc, config, column.align, column.field.name, NAME_BASELINE, room);
    const sort = columnSort(this._keys, column.index);
    gc.font = unitFont;
    const mark = sort ? drawSort(gc, config, column.align, sort) : 0;
    gc.fillStyle = muted;
    drawLine(gc, config, column.align, column.unitLine, UNIT_BASELINE, room - mark);
  }
}

/** Size of the arrow of a sorted column, px. */
const ARROW = { width: 9, height: 7 };

/**
 * An arrow up for ascending, down for descending, with its rank where there are several
 * keys; opposite to the unit, which leaves the name its room.
 *
 * @returns width taken, px
 */
function drawSort(
  gc: GraphicsContext,
  { x, y, width }: CellRenderer.CellConfig,
  align: IResultColumn['align'],
  { descending, rank, of }: IColumnSort
): number {
  const text = of > 1 ? String(rank) : '';
  const taken = ARROW.width + (text ? 2 + gc.measureText(text).width : 0);
  const left = align === 'left' ? x + width - PADDING - taken : x + PADDING;
  const base = y + UNIT_BASELINE - (descending ? ARROW.height : 0);
  gc.beginPath();
  gc.moveTo(left, base);
  gc.lineTo(left + ARROW.width, base);
  gc.lineTo(left + ARROW.width / 2, base + (descending ? ARROW.height : -ARROW.height));
  gc.closePath();
  gc.fill();
  gc.textAlign = 'left';
  gc.fillText(text, left + ARROW.width + 2, y + UNIT_BASELINE);
  gc.textAlign = align;
  return taken + PADDING / 2;
}

/** Baselines of the header's two lines below its upper edge, px. */
const NAME_BASELINE = 18;
const UNIT_BASELINE = 33;

function drawLine(
  gc: GraphicsContext,
  { x, y, width }: CellRenderer.CellConfig,
  align: IResultColumn['align'],
  text: string,
  baseline: number,
  room: number
): void {
  const fitting = elide(text, room, part => gc.measureText(part).width);
  const left = align === 'left' ? x + PADDING : x + width - PADDING;
  gc.fillText(fitting, left, y + baseline);
}
