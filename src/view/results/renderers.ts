import {
  CellRenderer,
  type GraphicsContext,
  RendererMap,
  TextRenderer
} from '@lumino/datagrid';

import { NULL_TEXT } from '../shared/format.js';
import type { IResultColumn } from './columns.js';
import type { IGridTheme } from './theme.js';

/** Px between a cell's edge and its text. */
const PADDING = 8;

/** Height of the header with its two lines, px. */
export const HEADER_HEIGHT = 40;

/** Height of a row, px. */
export const ROW_HEIGHT = 24;

/** The painters of the grid's cells, for one table in one theme. */
export function gridRenderers(
  columns: readonly IResultColumn[],
  theme: IGridTheme
): RendererMap {
  const number = new TextRenderer({
    font: theme.font,
    textColor: theme.muted,
    horizontalAlignment: 'right'
  });
  return new RendererMap(
    {
      body: bodyRenderer(columns, theme),
      'column-header': new HeaderRenderer(columns, theme),
      'row-header': number
    },
    number
  );
}

function bodyRenderer(
  columns: readonly IResultColumn[],
  theme: IGridTheme
): TextRenderer {
  return new TextRenderer({
    font: theme.font,
    horizontalPadding: PADDING,
    horizontalAlignment: ({ column }) => columns[column]?.align ?? 'left',
    textColor: ({ value }) => (value === null ? theme.muted : theme.text),
    elideDirection: 'right',
    format: ({ value }) => (value === null ? NULL_TEXT : oneLine(String(value)))
  });
}

/** Control characters would be drawn as boxes; long texts are cut by the cell anyway. */
function oneLine(text: string): string {
  return text.slice(0, 500).replace(/\s+/g, ' ');
}

/** Paints a column header: the name, and below it the unit. */
class HeaderRenderer extends CellRenderer {
  constructor(
    private readonly _columns: readonly IResultColumn[],
    private readonly _theme: IGridTheme
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
    drawLine(gc, config, column.align, column.field.name, NAME_BASELINE);
    gc.font = unitFont;
    gc.fillStyle = muted;
    drawLine(gc, config, column.align, column.unitLine, UNIT_BASELINE);
  }
}

/** Baselines of the header's two lines below its upper edge, px. */
const NAME_BASELINE = 18;
const UNIT_BASELINE = 33;

function drawLine(
  gc: GraphicsContext,
  { x, y, width }: CellRenderer.CellConfig,
  align: IResultColumn['align'],
  text: string,
  baseline: number
): void {
  const room = width - 2 * PADDING;
  const fitting = elide(text, room, part => gc.measureText(part).width);
  const left = align === 'left' ? x + PADDING : x + width - PADDING;
  gc.fillText(fitting, left, y + baseline);
}

/**
 * The longest beginning of a text that fits, with an ellipsis where something was cut.
 *
 * @param room - px
 * @param measure - width of a text, px
 */
export function elide(
  text: string,
  room: number,
  measure: (text: string) => number
): string {
  if (measure(text) <= room) {
    return text;
  }
  const letters = [...text];
  let [fits, cut] = [0, letters.length];
  while (fits + 1 < cut) {
    const middle = (fits + cut) >> 1;
    if (measure(`${letters.slice(0, middle).join('')}\u2026`) <= room) {
      fits = middle;
    } else {
      cut = middle;
    }
  }
  return `${letters.slice(0, fits).join('')}\u2026`;
}
