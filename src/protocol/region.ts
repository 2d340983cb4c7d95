import { galacticToIcrs, type IPosition } from './position.js';

/** A region of the sky in degrees, ICRS; equinoxes are taken for ICRS. */
export type Region =
  | { readonly shape: 'position'; readonly at: IPosition }
  | { readonly shape: 'circle'; readonly at: IPosition; readonly radius: number }
  /** Corners in the order of the text, the first one not repeated. */
  | { readonly shape: 'polygon'; readonly corners: readonly IPosition[] }
  /** Sides along the axes of the frame, through the centre. */
  | {
      readonly shape: 'box';
      readonly at: IPosition;
      readonly width: number;
      readonly height: number;
    }
  /** Half axes; the angle turns the major one from north to east. */
  | {
      readonly shape: 'ellipse';
      readonly at: IPosition;
      readonly major: number;
      readonly minor: number;
      readonly angle: number;
    }
  | {
      readonly shape: 'union' | 'intersection';
      readonly members: readonly Region[];
    }
  | { readonly shape: 'not'; readonly member: Region }
  /** What cannot be read, as it was written. */
  | { readonly shape: 'unknown'; readonly text: string };

/** Texts of more than this are not taken apart; outlines of mosaics have some 100 kB. */
const LONGEST = 1024 * 1024;

/** Unions within unions beyond this are no outlines. */
const DEEPEST = 20;

/**
 * Read an outline as services write `s_region`: STC-S (any case, any frame, reference
 * position and flavour, brackets that touch numbers), or the shapes of DALI 1.1 §3.3, which
 * the column's xtype names where the text does not. What is none of these comes back as
 * text.
 */
export function parseRegion(text: string, xtype: string | null = null): Region {
  const unknown: Region = { shape: 'unknown', text };
  if (text.length > LONGEST) {
    return unknown;
  }
  const words = text.match(/[()]|[^\s(),]+/g) ?? [];
  const named = /^[-+.\d]/.test(words[0] ?? '') ? withShape(words, xtype) : words;
  const reader: IReader = { words: named, at: 0, frame: 'ICRS', depth: 0 };
  const region = readShape(reader);
  return region !== null && reader.at === named.length ? region : unknown;
}

/**
 * Read a DALI shape given as numbers.
 *
 * @param xtype - `point`, `circle`, `polygon` or `range`
 */
export function regionOfNumbers(numbers: readonly number[], xtype: string): Region {
  return parseRegion(numbers.join(' '), xtype);
}

interface IReader {
  readonly words: readonly string[];
  at: number;
  /** That of the union holds for its members. */
  frame: string;
  depth: number;
}

/** Shapes that bare numbers can be, by xtype. */
const BARE: Readonly<Record<string, string>> = {
  point: 'position',
  circle: 'circle',
  polygon: 'polygon',
  range: 'range'
};

function withShape(words: readonly string[], xtype: string | null): readonly string[] {
  const shape = BARE[xtype?.toLowerCase().replace(/^.*:/, '') ?? ''];
  return shape === undefined ? words : [shape, ...words];
}

const FRAMES = /^(ICRS|J2000|B1950|FK[45]|GALACTIC(_II)?|ECLIPTIC|UNKNOWNFRAME)$/i;
const POSITIONS =
  /^(GEOCENTER|BARYCENTER|HELIOCENTER|LSR|TOPOCENTER|RELOCATABLE|UNKNOWNREFPOS|EMBARYCENTER|MOON|LSRK|LSRD)$/i;
const FLAVORS = /^(SPHERICAL[23]?|CART(ESIAN)?[123]|UNITSPHER)$/i;

/** Null for what is no shape. */
function readShape(reader: IReader): Region | null {
  const word = reader.words[reader.at]?.toLowerCase();
  reader.at += 1;
  reader.depth += 1;
  if (word === undefined || reader.depth > DEEPEST) {
    return null;
  }
  const outer = reader.frame;
  readFrame(reader);
  const region = ['union', 'intersection', 'not'].includes(word)
    ? readCompound(reader, word as 'union' | 'intersection' | 'not')
    : makeShape(word, readNumbers(reader), reader.frame);
  reader.frame = outer;
  reader.depth -= 1;
  return region;
}

/** Frame, reference position and flavour, each of which may be missing. */
function readFrame(reader: IReader): void {
  const take = (pattern: RegExp): string | null => {
    const word = reader.words[reader.at] ?? '';
    if (!pattern.test(word)) {
      return null;
    }
    reader.at += 1;
    return word.toUpperCase();
  };
  reader.frame = take(FRAMES) ?? reader.frame;
  take(POSITIONS);
  take(FLAVORS);
}

function readCompound(
  reader: IReader,
  shape: 'union' | 'intersection' | 'not'
): Region | null {
  if (reader.words[reader.at] !== '(') {
    return null;
  }
  reader.at += 1;
  const members: Region[] = [];
  while (reader.words[reader.at] !== ')') {
    const member = readShape(reader);
    if (member === null) {
      return null;
    }
    members.push(member);
  }
  reader.at += 1;
  if (shape === 'not') {
    return members.length === 1 ? { shape, member: members[0] } : null;
  }
  return members.length > 0 ? { shape, members } : null;
}

/** Numbers up to the next word; units are those of STC-S by default, degrees. */
function readNumbers(reader: IReader): readonly number[] {
  const numbers: number[] = [];
  for (;;) {
    const word = reader.words[reader.at] ?? '';
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word)) {
      return numbers;
    }
    numbers.push(Number(word));
    reader.at += 1;
  }
}

function makeShape(
  shape: string,
  numbers: readonly number[],
  frame: string
): Region | null {
  const [lon, lat, one, two, three] = numbers;
  const at = numbers.length >= 2 ? place(lon, lat, frame) : null;
  if (at === null) {
    return null;
  }
  const has = (count: number): boolean => numbers.length === count;
  switch (shape) {
    case 'position':
    case 'point':
      return has(2) ? { shape: 'position', at } : null;
    case 'circle':
      return has(3) && one >= 0 ? { shape, at, radius: one } : null;
    case 'box':
      return has(4) ? { shape, at, width: one, height: two } : null;
    case 'ellipse':
      return has(5) ? { shape, at, major: one, minor: two, angle: three } : null;
    case 'polygon':
      return makePolygon(numbers, frame);
    case 'range':
      return has(4) ? makeRange(lon, lat, one, two) : null;
    default:
      return null;
  }
}

function makePolygon(numbers: readonly number[], frame: string): Region | null {
  const corners = numbers.flatMap((lon, index) =>
    index % 2 === 0 ? [place(lon, numbers[index + 1], frame)] : []
  );
  if (numbers.length % 2 === 1 || corners.includes(null)) {
    return null;
  }
  const known = corners.filter(corner => corner !== null);
  const [first] = known;
  const last = known[known.length - 1];
  const isClosed = first.ra === last.ra && first.dec === last.dec;
  const open = isClosed ? known.slice(0, -1) : known;
  return open.length >= 3 ? { shape: 'polygon', corners: open } : null;
}

/** DALI's range: longitudes from the first to the second, also across 0°. */
function makeRange(
  from: number,
  to: number,
  bottom: number,
  top: number
): Region | null {
  const width = to >= from ? to - from : to - from + 360;
  const at = place(from + width / 2, (bottom + top) / 2, 'ICRS');
  return at && { shape: 'box', at, width, height: top - bottom };
}

/** Longitudes of −180…180 occur as well as those of 0…360. */
function place(lon: number, lat: number, frame: string): IPosition | null {
  if (!(Math.abs(lon) <= 720 && Math.abs(lat) <= 90)) {
    return null;
  }
  return frame.startsWith('GALACTIC')
    ? galacticToIcrs(lon, lat)
    : { ra: ((lon % 360) + 360) % 360, dec: lat };
}
