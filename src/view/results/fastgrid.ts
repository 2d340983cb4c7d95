import { type CellRenderer, type DataModel, DataGrid } from '@lumino/datagrid';

import { ArrowDataModel } from './datamodel.js';
import { placeOf } from './geometry.js';
import { ROW_HEIGHT } from './renderers.js';
import { type IPaintColumn, TextPainter } from './textpainter.js';

/** The rectangle of cells that DataGrid paints at once, in px of the canvas. */
interface IPaintRegion {
  readonly region: DataModel.CellRegion;
  readonly xMin: number;
  readonly yMin: number;
  readonly xMax: number;
  readonly yMax: number;
  /** Left and upper edge of its first cell. */
  readonly x: number;
  readonly y: number;
  /** Its first cell. */
  readonly row: number;
  readonly column: number;
  readonly rowSizes: readonly number[];
  readonly columnSizes: readonly number[];
}

/** What {@link FastGrid} needs of DataGrid's private members. */
interface IPainter {
  readonly dataModel: DataModel | null;
  readonly cellRenderers: DataGrid['cellRenderers'];
  _canvasGC: CanvasRenderingContext2D;
  readonly _overlayGC: CanvasRenderingContext2D;
  _bufferGC: CanvasRenderingContext2D;
  _buffer: HTMLCanvasElement;
  readonly selectionModel: DataGrid['selectionModel'];
  readonly maxScrollX: number;
  readonly maxScrollY: number;
  readonly _viewport: { readonly isVisible: boolean };
  readonly _viewportWidth: number;
  readonly _viewportHeight: number;
  readonly _hScrollBar: { value: number };
  readonly _vScrollBar: { value: number };
  _scrollX: number;
  _scrollY: number;
  paintContent(x: number, y: number, width: number, height: number): void;
  _scrollTo(x: number, y: number): void;
  _paintOverlay(): void;
  readonly _overlay: HTMLCanvasElement;
  _resizeCanvasIfNeeded(width: number, height: number): void;
  _drawCells(region: IPaintRegion): void;
  _drawBackground(region: IPaintRegion, color: string | undefined): void;
  _drawCursor(): void;
  _blitContent(source: HTMLCanvasElement, ...rest: number[]): void;
}

/** What drawing frozen columns needs besides. */
interface IFrozenPainter
  extends
    IPainter,
    Pick<
      FastGrid,
      | 'columnOffset'
      | 'columnSize'
      | 'frozenFocus'
      | 'headerHeight'
      | 'headerWidth'
      | 'pageHeight'
      | 'scrollY'
      | 'style'
    > {}

/** What resizing many columns at once needs of DataGrid's private members. */
interface ISections {
  readonly _columnSections: { resize(index: number, size: number): void };
  readonly _rowHeaderSections: { resize(index: number, size: number): void };
  _syncViewport(): void;
}

/**
 * A DataGrid that draws its cells on the visible canvas, and texts column by column.
 *
 * The stock one paints each cell into a buffer and copies it: without a GPU every copy
 * costs milliseconds, and a page of cells more than a second. Where a later Lumino has
 * no such members any more, it paints as Lumino does.
 */
export class FastGrid extends DataGrid {
  /**
   * Give the first columns these widths, in px.
   *
   * DataGrid paints once for every column that is resized; this paints once for all.
   *
   * @param frozen - so many of them are behind the row numbers, the others in the body
   */
  setColumnWidths(widths: readonly number[], frozen = 0): void {
    const grid = this as unknown as Partial<ISections>;
    const { _columnSections: body, _rowHeaderSections: head } = grid;
    const isFast = body && head && grid._syncViewport;
    widths.forEach((width, column) => {
      const { region, index } = placeOf(column, frozen);
      if (isFast) {
        (region === 'body' ? body : head).resize(index, width);
      } else {
        this.resizeColumn(region, index, width);
      }
    });
    grid._syncViewport?.();
  }

  /**
   * The frozen cell that has the focus; null where none has. DataGrid only draws the focus
   * of cells in its body.
   *
   * @returns the row, and the column counted from that of the row numbers
   */
  frozenFocus: () => { row: number; column: number } | null = () => null;
}

/** True where the installed DataGrid has the members that direct painting replaces. */
export function canDrawDirect(): boolean {
  const stock = DataGrid.prototype as unknown as Partial<IPainter>;
  const replaced = [
    '_drawCells',
    '_drawBackground',
    '_drawCursor',
    '_blitContent',
    '_scrollTo',
    '_paintOverlay',
    '_resizeCanvasIfNeeded'
  ] as const;
  return replaced.every(name => typeof stock[name] === 'function');
}

/** Replace painting through the buffer by painting on the canvas. */
function drawDirect(): void {
  const stock = DataGrid.prototype as unknown as IPainter;
  const fast = FastGrid.prototype as unknown as IPainter;
  const direct = new WeakSet<IPainter>();

  fast._drawCells = function (region) {
    const painter = this.cellRenderers.get(firstCell(region));
    if (painter instanceof TextPainter) {
      drawTexts(this, painter, region);
      return;
    }
    const [canvas, buffer] = [this._canvasGC, this._bufferGC];
    canvas.save();
    clip(canvas, region);
    // Each cell clears its rectangle of the buffer; here it would erase the background.
    canvas.clearRect = () => undefined;
    this._bufferGC = canvas;
    direct.add(this);
    try {
      stock._drawCells.call(this, region);
    } finally {
      direct.delete(this);
      this._bufferGC = buffer;
      Reflect.deleteProperty(canvas, 'clearRect');
      canvas.restore();
    }
  };
  fast._blitContent = function (source, ...rest) {
    if (!direct.has(this) || source !== this._buffer) {
      stock._blitContent.call(this, source, ...rest);
    }
  };
}

/** Paint the cells of a region column by column, without a detour for each. */
function drawTexts(
  { _canvasGC: gc, dataModel }: IPainter,
  painter: TextPainter,
  area: IPaintRegion
): void {
  const { region, row, y, rowSizes: rowHeights } = area;
  let { x } = area;
  gc.save();
  clip(gc, area);
  area.columnSizes.forEach((width, index) => {
    const column = area.column + index;
    const text = (n: number): string | null =>
      (dataModel?.data(region, row + n, column) as string | null) ?? null;
    const marks = marksOf(dataModel, region, column, row);
    painter.paintColumn(gc, { column, x, y, width, rowHeights, text, marks });
    x += width;
  });
  gc.restore();
}

/** What stands before the texts of the first column. */
function marksOf(
  model: DataModel | null,
  region: DataModel.CellRegion,
  column: number,
  first: number
): IPaintColumn['marks'] {
  if (!(model instanceof ArrowDataModel) || !model.isFirst(region, column)) {
    return undefined;
  }
  const { marks, view } = model;
  return marks && marks.width > 0
    ? { room: marks.width, of: index => marks.of(view.rowAt(first + index)) }
    : undefined;
}

function firstCell({ region, row, column }: IPaintRegion): CellRenderer.CellConfig {
  const nowhere = { x: 0, y: 0, width: 0, height: 0 };
  return { ...nowhere, region, row, column, value: null, metadata: {} };
}

function clip(gc: CanvasRenderingContext2D, region: IPaintRegion): void {
  const { xMin, yMin, xMax, yMax } = region;
  gc.beginPath();
  gc.rect(xMin, yMin, xMax - xMin + 1, yMax - yMin + 1);
  gc.clip();
}

/**
 * Paint all of the page when it scrolls. Copying the part that stays makes the browser
 * copy the whole canvas first, which costs more than its texts.
 */
function scrollWhole(): void {
  const fast = FastGrid.prototype as unknown as IPainter;
  fast._scrollTo = function (x, y) {
    const left = Math.max(0, Math.min(Math.floor(x), this.maxScrollX));
    const top = Math.max(0, Math.min(Math.floor(y), this.maxScrollY));
    const isThere = left === this._scrollX && top === this._scrollY;
    if (!this.dataModel) {
      return;
    }
    [this._hScrollBar.value, this._vScrollBar.value] = [left, top];
    [this._scrollX, this._scrollY] = [left, top];
    const { _viewportWidth: width, _viewportHeight: height } = this;
    if (!isThere && this._viewport.isVisible && width > 0 && height > 0) {
      this.paintContent(0, 0, width, height);
      this._paintOverlay();
    }
  };
}

/**
 * Leave the layer of selection and focus alone while there is neither. A canvas that was
 * resized holds a copy of the cells, because Lumino copies both by way of one buffer.
 */
function keepOverlay(): void {
  const stock = DataGrid.prototype as unknown as IPainter;
  const fast = FastGrid.prototype as unknown as IPainter;
  const blank = new WeakSet<IPainter>();
  fast._paintOverlay = function () {
    const isEmpty = this.selectionModel?.isEmpty ?? true;
    if (isEmpty && blank.has(this)) {
      return;
    }
    stock._paintOverlay.call(this);
    if (isEmpty) {
      blank.add(this);
    } else {
      blank.delete(this);
    }
  };
  fast._resizeCanvasIfNeeded = function (width, height) {
    const { width: oldWidth, height: oldHeight } = this._overlay;
    stock._resizeCanvasIfNeeded.call(this, width, height);
    if (this._overlay.width !== oldWidth || this._overlay.height !== oldHeight) {
      blank.delete(this);
    }
  };
}

/** Draw frozen columns as a part of the table: on its background, and with its focus. */
function drawFrozen(): void {
  const stock = DataGrid.prototype as unknown as IPainter;
  const fast = FastGrid.prototype as unknown as IFrozenPainter;
  fast._drawBackground = function (area, color) {
    stock._drawBackground.call(this, area, color);
    const left = Math.max(area.xMin, this.columnSize('row-header', 0));
    if (area.region === 'row-header' && left <= area.xMax) {
      const { backgroundColor } = this.style;
      stock._drawBackground.call(this, { ...area, xMin: left }, backgroundColor);
    }
  };
  fast._drawCursor = function () {
    stock._drawCursor.call(this);
    const focus = this.frozenFocus();
    if (focus) {
      drawFocus(this, focus);
    }
  };
}

/** The focus of a frozen cell, as DataGrid draws that of the others. */
function drawFocus(
  grid: IFrozenPainter,
  { row, column }: { row: number; column: number }
): void {
  const { headerWidth, headerHeight, pageHeight, _overlayGC: gc } = grid;
  const x = grid.columnOffset('row-header', column);
  const y = headerHeight + row * ROW_HEIGHT - grid.scrollY;
  const width = grid.columnSize('row-header', column) - 1;
  gc.save();
  gc.beginPath();
  gc.rect(0, headerHeight, headerWidth, pageHeight);
  gc.clip();
  gc.strokeStyle = grid.style.cursorBorderColor ?? 'transparent';
  gc.lineWidth = 2;
  gc.strokeRect(x, y, width, ROW_HEIGHT - 1);
  gc.restore();
}

if (canDrawDirect()) {
  drawDirect();
  drawFrozen();
  scrollWhole();
  keepOverlay();
}
