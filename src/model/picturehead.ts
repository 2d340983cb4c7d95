/** What a picture says of itself before it is decoded. */
export interface IPictureHead {
  /** Its content type. */
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Reads width and height of one format; null where the header does not have them. */
type SizeReader = (bytes: DataView) => readonly [number, number] | null;

/**
 * What a picture is, by its bytes: PNG, JPEG, GIF or WebP, and nothing that could hold a
 * script. Null for anything else, and for a header that does not tell a size.
 */
export function readPictureHead(bytes: Uint8Array): IPictureHead | null {
  const type = typeOf(String.fromCharCode(...bytes.subarray(0, 12)));
  if (!type) {
    return null;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const [width, height] = READERS[type](view) ?? [0, 0];
    return width > 0 && height > 0 ? { type, width, height } : null;
  } catch (reason) {
    if (reason instanceof RangeError) {
      // The header ends before it tells.
      return null;
    }
    throw reason;
  }
}

function typeOf(text: string): IPictureHead['type'] | null {
  if (text.startsWith('\x89PNG\r\n\x1a\n')) {
    return 'image/png';
  }
  if (text.startsWith('\xff\xd8\xff')) {
    return 'image/jpeg';
  }
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) {
    return 'image/gif';
  }
  return text.startsWith('RIFF') && text.slice(8) === 'WEBP' ? 'image/webp' : null;
}

const READERS: Readonly<Record<IPictureHead['type'], SizeReader>> = {
  'image/png': sizeOfPng,
  'image/jpeg': sizeOfJpeg,
  'image/gif': sizeOfGif,
  'image/webp': sizeOfWebP
};

/** PNG (third edition) §11.2.1: the first chunk is IHDR. */
function sizeOfPng(bytes: DataView): [number, number] | null {
  return wordAt(bytes, 12) === 'IHDR'
    ? [bytes.getUint32(16), bytes.getUint32(20)]
    : null;
}

/**
 * ITU-T T.81 §B.2.2: in the frame header, which comes after other segments; no height
 * there (it would come after the first scan) is as none.
 */
function sizeOfJpeg(bytes: DataView): [number, number] | null {
  let at = 2;
  while (bytes.getUint8(at) === 0xff) {
    const marker = bytes.getUint8(at + 1);
    if (isFrame(marker)) {
      return [bytes.getUint16(at + 7), bytes.getUint16(at + 5)];
    }
    // Any number of 0xFF may stand before a marker (§B.1.1.2).
    at += marker === 0xff ? 1 : 2 + bytes.getUint16(at + 2);
  }
  return null;
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which are among their numbers. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** GIF89a §18: the logical screen, and §20: the first picture, which may be wider. */
function sizeOfGif(bytes: DataView): [number, number] | null {
  let at = 13 + colourTable(bytes.getUint8(10));
  while (bytes.getUint8(at) === EXTENSION) {
    at = endOfBlocks(bytes, at + 2);
  }
  if (bytes.getUint8(at) !== PICTURE) {
    return null;
  }
  const side = (place: number): number => bytes.getUint16(place, true);
  return [
    Math.max(side(6), side(at + 1) + side(at + 5)),
    Math.max(side(8), side(at + 3) + side(at + 7))
  ];
}

const EXTENSION = 0x21;
const PICTURE = 0x2c;

/** Bytes of the global colour table. */
function colourTable(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * (2 << (flags & 7));
}

/** Where the blocks end that begin at a place: after one of no bytes. */
function endOfBlocks(bytes: DataView, begin: number): number {
  let at = begin;
  while (bytes.getUint8(at) > 0) {
    at += 1 + bytes.getUint8(at);
  }
  return at + 1;
}

/** RFC 9649: the first chunk is one of three (§2.5 to §2.7). */
function sizeOfWebP(bytes: DataView): [number, number] | null {
  switch (wordAt(bytes, 12)) {
    case 'VP8 ':
      return [bytes.getUint16(26, true) & 0x3fff, bytes.getUint16(28, true) & 0x3fff];
    case 'VP8L': {
      const bits = bytes.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X': {
      const side = (place: number): number =>
        (bytes.getUint16(place, true) | (bytes.getUint8(place + 2) << 16)) + 1;
      return [side(24), side(27)];
    }
    default:
      return null;
  }
}

function wordAt(bytes: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map(n => bytes.getUint8(at + n)));
}
