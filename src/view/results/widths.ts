import { NULL_TEXT } from '../shared/format.js';
import { columnWidth } from './columns.js';
import type { ArrowDataModel } from './datamodel.js';
import { TextWidths } from './textwidths.js';
import type { IGridTheme } from './theme.js';

/** Rows whose texts are measured to fit the columns. */
const SAMPLE = 24;

/**
 * Width of columns in px, so that their header and a sample of their cells fit.
 *
 * @param only - the columns that are wanted, in the order of the grid; all if missing
 */
export function fitColumns(
  model: ArrowDataModel,
  theme: IGridTheme,
  only: readonly number[] = [...model.columns.keys()]
): number[] {
  const [names, units, texts] = [theme.headerFont, theme.unitFont, theme.font].map(
    textMeasure
  );
  const rows = sampleRows(model.rowCount('body'), SAMPLE);
  return only.map(index => {
    const { field, unitLine } = model.columns[index];
    const header = Math.max(names(field.name), units(unitLine));
    const cells = rows.map(row => texts(model.text(row, index) ?? NULL_TEXT));
    const marks = index === 0 ? (model.marks?.width ?? 0) : 0;
    return columnWidth(
      header,
      cells.map(width => width + marks)
    );
  });
}

/** Width in px of the column of row numbers. */
export function rowNumberWidth(rows: number): number {
  const digits = String(Math.max(rows, 99)).length;
  return 20 + digits * 9;
}

/** Rows spread evenly over a table, `count` at most. */
export function sampleRows(rows: number, count: number): number[] {
  const step = Math.max(1, Math.floor(rows / count));
  const size = Math.min(count, rows);
  return Array.from({ length: size }, (_, index) => index * step);
}

/** Measures texts in a font; by their length where there is no canvas to ask. */
function textMeasure(font: string): (text: string) => number {
  const gc = document.createElement('canvas').getContext('2d');
  if (!gc) {
    return text => text.length * 7;
  }
  const widths = new TextWidths();
  gc.font = font;
  return text => widths.width(gc, text);
}
