import { NULL_TEXT } from '../shared/format.js';
import { columnWidth } from './columns.js';
import type { ArrowDataModel } from './datamodel.js';
import { type TextMeasurer, widthsIn } from './textwidths.js';
import type { IGridTheme } from './theme.js';

/**
 * Rows whose texts are measured to fit the columns: few before the first rows are painted,
 * since writing and measuring texts is most of what the user waits for then.
 */
const SAMPLE = { rough: 8, fine: 24 };

/** How columns are to be fitted. */
export interface IFitOptions {
  /** The columns that are wanted, in the order of the grid; all if missing. */
  readonly only?: readonly number[];
  readonly sample?: keyof typeof SAMPLE;
}

/**
 * Width of columns in px, so that their header and a sample of their cells fit.
 */
export function fitColumns(
  model: ArrowDataModel,
  theme: IGridTheme,
  { only = [...model.columns.keys()], sample = 'fine' }: IFitOptions = {}
): number[] {
  const [names, units, texts] = [theme.headerFont, theme.unitFont, theme.font].map(
    textMeasure
  );
  const rows = sampleRows(model.rowCount('body'), SAMPLE[sample]);
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
  canvas ??= document.createElement('canvas').getContext('2d');
  const gc = canvas;
  if (!gc) {
    return text => text.length * 7;
  }
  const measurer: TextMeasurer = {
    measureText: text => {
      gc.font = font;
      return gc.measureText(text);
    }
  };
  const widths = widthsIn(font);
  return text => widths.width(measurer, text);
}

/** What texts are measured with; making one takes longer than measuring. */
let canvas: CanvasRenderingContext2D | null = null;
