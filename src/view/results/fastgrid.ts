import { DataGrid } from '@lumino/datagrid';

/** The rectangle of cells that DataGrid paints at once, in px of the canvas. */
interface IPaintRegion {
  readonly xMin: number;
  readonly yMin: number;
  readonly xMax: number;
  readonly yMax: number;
}

/** What {@link FastGrid} needs of DataGrid's private members. */
interface IPainter {
  _canvasGC: CanvasRenderingContext2D;
  _bufferGC: CanvasRenderingContext2D;
  _buffer: HTMLCanvasElement;
  _drawCells(region: IPaintRegion): void;
  _blitContent(source: HTMLCanvasElement, ...rest: number[]): void;
}

/**
 * A DataGrid that draws its cells on the visible canvas.
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

function clip(gc: CanvasRenderingContext2D, region: IPaintRegion): void {
  const { xMin, yMin, xMax, yMax } = region;
  gc.beginPath();
  gc.rect(xMin, yMin, xMax - xMin + 1, yMax - yMin + 1);
  gc.clip();
}

if (canDrawDirect()) {
  drawDirect();
}
