import { NULL_TEXT } from '../shared/format.js';
import { columnWidth } from './columns.js';
import type { ArrowDataModel } from './datamodel.js';
import type { IGridTheme } from './theme.js';

/** Rows whose texts are measured to fit the columns. */
const SAMPLE = 60;

/** Width of each column in px, so that its header and a sample of its cells fit. */
export function fitColumns(model: ArrowDataModel, theme: IGridTheme): number[] {
  const measure = textMeasure();
  const rows = sampleRows(model.rowCount('body'), SAMPLE);
  return model.columns.map(({ field, unitLine }, index) => {
    const header = Math.max(
      measure(field.name, theme.headerFont),
      measure(unitLine, theme.unitFont)
    );
    const cells = rows.map(row =>
      measure(model.text(row, index) ?? NULL_TEXT, theme.font)
    );
    return columnWidth(header, cells);
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

/** Measures texts; by their length where there is no canvas to ask. */
function textMeasure(): (text: string, font: string) => number {
  const gc = document.createElement('canvas').getContext('2d');
  return (text, font) => {
    if (!gc) {
      return text.length * 7;
    }
    gc.font = font;
    return gc.measureText(text).width;
  };
}
