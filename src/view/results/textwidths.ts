import type { GraphicsContext } from '@lumino/datagrid';

/** What texts are measured with: a canvas, or what DataGrid makes of it. */
export type TextMeasurer = Pick<GraphicsContext, 'measureText'>;

/**
 * Widths of texts in one font, in px.
 *
 * Letters that stand alone are measured once each: asking the canvas for every text is
 * most of what a page of cells costs. Kerning makes little of a difference.
 */
export class TextWidths {
  /** @param gc - has the font of the texts whenever a width is asked for */
  width(gc: TextMeasurer, text: string): number {
    let width = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (!standsAlone(code)) {
        // Letters of other scripts may join or combine: only the whole can be measured.
        return gc.measureText(text).width;
      }
      this._widths[code] ||= gc.measureText(text[index]).width;
      width += this._widths[code];
    }
    return width;
  }

  private readonly _widths = new Float64Array(SIGNS_END);
}

/**
 * The widths of texts in a font, for all who need them: letters that were measured to fit a
 * column need not be measured to paint it, nor for another table.
 */
export function widthsIn(font: string): TextWidths {
  const widths = known.get(font) ?? new TextWidths();
  known.set(font, widths);
  return widths;
}

/** By font; a page has a few. */
const known = new Map<string, TextWidths>();

/** Ends of the Latin letters, and begin and end of punctuation and mathematical signs. */
const LATIN_END = 0x250;
const SIGNS_BEGIN = 0x2010;
const SIGNS_END = 0x2300;

/** True for characters that neither join nor combine with others. */
function standsAlone(code: number): boolean {
  return code < LATIN_END || (code >= SIGNS_BEGIN && code < SIGNS_END);
}
