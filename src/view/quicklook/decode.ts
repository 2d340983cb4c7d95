import type { IGreyPicture } from '../../model/quicklook/parts.js';

/**
 * Reads the grey levels of a PNG by the browser's own decoder, as they are in the file.
 *
 * @throws DOMException for what is no picture
 */
export async function decodePicture(png: Blob): Promise<IGreyPicture> {
  const bitmap = await createImageBitmap(png, {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none'
  });
  const { width, height } = bitmap;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const data = context?.getImageData(0, 0, width, height).data ?? [];
  return greyOf(data, width, height);
}

/** Levels and blank pixels of RGBA data. */
export function greyOf(
  data: ArrayLike<number>,
  width: number,
  height: number
): IGreyPicture {
  const levels = new Uint8Array(width * height);
  const opaque = new Uint8Array(width * height);
  let isWhole = true;
  for (let pixel = 0; pixel < levels.length; pixel++) {
    levels[pixel] = data[4 * pixel];
    opaque[pixel] = data[4 * pixel + 3];
    isWhole = isWhole && opaque[pixel] === 255;
  }
  return { width, height, levels, opaque: isWhole ? null : opaque };
}
