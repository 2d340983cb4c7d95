/** Bytes of a text whose letters are below 256. */
export const bytesOf = (letters: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(letters, letter => letter.charCodeAt(0));

const big = (value: number, bytes: number): string =>
  Array.from({ length: bytes }, (_, index) =>
    String.fromCharCode((value >>> (8 * (bytes - 1 - index))) & 255)
  ).join('');

const little = (value: number, bytes: number): string =>
  [...big(value, bytes)].reverse().join('');

/** The header of a PNG. */
export const png = (width: number, height: number): string =>
  `\x89PNG\r\n\x1a\n${big(13, 4)}IHDR${big(width, 4)}${big(height, 4)}`;

/** A JPEG up to its frame: a table before, as all have. */
export const jpeg = (width: number, height: number): string =>
  `\xff\xd8\xff\xdb${big(4, 2)}\0\0` +
  `\xff\xc4${big(5, 2)}abc\xff\xc2${big(11, 2)}\x08${big(height, 2)}${big(width, 2)}`;

/** A GIF up to its first picture: two colours, a comment. */
export const gif = (
  width: number,
  height: number,
  first = 10,
  firstHeight = 10
): string =>
  `GIF89a${little(width, 2)}${little(height, 2)}\x80\0\0rgbRGB` +
  `!\xfe\x03abc\x01d\0,\0\0\0\0${little(first, 2)}${little(firstHeight, 2)}`;

/** A WebP whose first chunk is of a kind. */
export function webp(kind: string, width: number, height: number): string {
  const head = `RIFF\0\0\0\0WEBP${kind}\0\0\0\0`;
  switch (kind) {
    case 'VP8 ':
      return `${head}\0\0\0\x9d\x01\x2a${little(width, 2)}${little(height, 2)}`;
    case 'VP8L':
      return `${head}\x2f${little((width - 1) | ((height - 1) << 14), 4)}`;
    default:
      return `${head}\x10\0\0\0${little(width - 1, 3)}${little(height - 1, 3)}`;
  }
}
