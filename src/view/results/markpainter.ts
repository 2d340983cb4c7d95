import { type IRowMark, MARK_WIDTH } from './rowmarks.js';
import type { PaintTarget } from './painttarget.js';
import type { IGridTheme } from './theme.js';

/** Size of a padlock and of a screen, and longest side of a picture in a row, px. */
const SIZE = { lock: 12, screen: 14, picture: 22 };

/**
 * Draw what stands before the text of a row: its picture, then a padlock, then a screen with
 * a tick where its file is on disk.
 */
export function drawMark(
  gc: PaintTarget,
  { locked, isHere, picture }: IRowMark,
  { x, y, height }: { x: number; y: number; height: number },
  theme: Pick<IGridTheme, 'locked' | 'good'>
): void {
  const middle = y + height / 2;
  if (picture) {
    drawPicture(gc, picture, x, middle);
  }
  const flags = picture ? x + MARK_WIDTH.picture : x;
  if (locked !== null) {
    gc.fillStyle = gc.strokeStyle = theme.locked;
    drawLock(gc, flags, middle - SIZE.lock / 2);
  }
  if (isHere) {
    gc.strokeStyle = theme.good;
    const left = locked === null ? flags : flags + MARK_WIDTH.flag;
    drawScreen(gc, left, middle - SIZE.screen / 2);
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

/** A screen with a tick, as in the queue. */
function drawScreen(gc: PaintTarget, x: number, y: number): void {
  gc.lineWidth = 1.5;
  gc.beginPath();
  gc.moveTo(x + 1, y + 1);
  gc.lineTo(x + 13, y + 1);
  gc.lineTo(x + 13, y + 10);
  gc.lineTo(x + 1, y + 10);
  gc.lineTo(x + 1, y + 1);
  gc.moveTo(x + 4, y + 13);
  gc.lineTo(x + 10, y + 13);
  gc.moveTo(x + 4, y + 5.5);
  gc.lineTo(x + 6.4, y + 7.6);
  gc.lineTo(x + 10, y + 3.4);
  gc.stroke();
}
