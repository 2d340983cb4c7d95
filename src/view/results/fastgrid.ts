import { type CellRenderer, type DataModel, DataGrid } from '@lumino/datagrid';

import { TextPainter } from './textpainter.js';

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
  _bufferGC: CanvasRenderingContext2D;
  _buffer: HTMLCanvasElement;
  _drawCells(region: IPaintRegion): void;
  _blitContent(source: HTMLCanvasElement, ...rest: number[]): void;
}

/**
 * A DataGrid that draws its cells on the visible canvas, and texts column by column.
 *
 * The stock one paints each cell into a buffer and copies it: without a GPU every copy
 * costs milliseconds, and a page of cells more than a second. Where a later Lumino has
 * no such members any more, it paints as Lumino does.
 */
export class FastGrid extends DataGrid {}

/** True where the installed DataGrid has the members that direct painting replaces. */
export function canDrawDirect(): boolean {
  const stock = DataGrid.prototype as unknown as Partial<IPainter>;
  return (
    typeof stock._drawCells === 'function' && typeof stock._blitContent === 'function'
  );
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
    painter.paintColumn(gc, { column, x, y, width, rowHeights, text });
    x += width;
  });
  gc.restore();
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

if (canDrawDirect()) {
  drawDirect();
}
