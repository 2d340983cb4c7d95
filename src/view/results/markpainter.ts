import { type IRowMark, MARK_WIDTH } from './rowmarks.js';
import type { PaintTarget } from './painttarget.js';

/** Size of a padlock, and longest side of a picture in a row, px. */
const SIZE = { lock: 12, picture: 22 };

/**
 * Draw what stands before the text of a row: its picture, then a padlock.
 *
 * @param color - of the padlock
 */
export function drawMark(
  gc: PaintTarget,
  { locked, picture }: IRowMark,
  { x, y, height }: { x: number; y: number; height: number },
  color: string
): void {
  const middle = y + height / 2;
  if (picture) {
    drawPicture(gc, picture, x, middle);
  }
  if (locked !== null) {
    gc.fillStyle = gc.strokeStyle = color;
    drawLock(gc, picture ? x + MARK_WIDTH.picture : x, middle - SIZE.lock / 2);
  }
}

function drawPicture(
  gc: PaintTarget,
  image: ImageBitmap,
  x: number,
  middle: number
): void {
  const { width, height } = image;
  const scale = SIZE.picture / Math.max(width, height, 1);
  const [w, h] = [width * scale, height * scale];
  gc.drawImage(image, x + (SIZE.picture - w) / 2, middle - h / 2, w, h);
}

/** A filled padlock, as in the record. */
function drawLock(gc: PaintTarget, x: number, y: number): void {
  gc.fillRect(x + 1, y + 5, 10, 7);
  gc.lineWidth = 1.5;
  gc.beginPath();
  gc.moveTo(x + 3, y + 5);
  gc.lineTo(x + 3, y + 3.5);
  gc.arc(x + 6, y + 3.5, 3, Math.PI, 0);
  gc.lineTo(x + 9, y + 5);
  gc.stroke();
}
