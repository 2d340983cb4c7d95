import { add, cross, directionOf, dot, type Direction } from './direction.js';
import { explainPosition, parsePosition, type IPosition } from './position.js';

/** More corners than anybody types; services refuse longer ones. */
const MOST_CORNERS = 200;

/** Corners of a polygon on the sky, or one sentence why a text gives none. */
export type PolygonReading =
  { readonly corners: readonly IPosition[] } | { readonly problem: string };

/**
 * Read the corners of a polygon: positions in degrees or sexagesimal, one a line or parted
 * by commas or semicolons, or plain numbers `ra dec ra dec …`, with or without the words
 * `POLYGON ICRS` in front. A first corner that comes again at the end is dropped.
 *
 * The corners come counter-clockwise seen from inside the sphere (DALI 1.1 §3.3.7), in
 * whatever order they were typed. Sides are great circles.
 */
export function parsePolygon(text: string): PolygonReading {
  const plain = text
    .trim()
    .replace(/^polygon\b/i, '')
    .replace(/^\s*(icrs|j2000)\b/i, '');
  const read = readCorners(plain);
  if ('problem' in read) {
    return read;
  }
  const corners = withoutRepeats(read.corners);
  if (corners.length < 3) {
    return { problem: 'A polygon needs at least three different corners.' };
  }
  if (corners.length > MOST_CORNERS) {
    return { problem: `A polygon can have at most ${MOST_CORNERS} corners.` };
  }
  return orientPolygon(corners);
}

function readCorners(text: string): PolygonReading {
  const items = text.split(/[;\r\n]+|,/).filter(item => item.trim() !== '');
  const corners: IPosition[] = [];
  for (const item of paired(items)) {
    const position = parsePosition(item);
    if (position === null) {
      const why = explainPosition(item);
      const what = `\u2018${item.trim()}\u2019 is not a position.`;
      return { problem: why ?? `${what} Type corners like 10 20, 11 20, 11 21.` };
    }
    corners.push(position);
  }
  return { corners };
}

/** Two texts for each corner where only single numbers are parted by commas or blanks. */
function paired(items: readonly string[]): readonly string[] {
  const numbers = items.flatMap(item => item.trim().split(/\s+/));
  const isPlain = numbers.every(item => /^[+\-\u2212]?[\d.]+(e[+-]?\d+)?$/i.test(item));
  const isWhole = items.every(item => item.trim().split(/\s+/).length === 2);
  if (!isPlain || isWhole) {
    return items;
  }
  return numbers.flatMap((_, index) =>
    index % 2 === 0 ? [numbers.slice(index, index + 2).join(' ')] : []
  );
}

function withoutRepeats(corners: readonly IPosition[]): readonly IPosition[] {
  return corners.filter((corner, index) => {
    const next = corners[(index + 1) % corners.length];
    return corners.length === 1 || corner.ra !== next.ra || corner.dec !== next.dec;
  });
}

/**
 * The corners counter-clockwise seen from inside the sphere, or why they enclose nothing:
 * their sides cross, or they lie on one line.
 */
export function orientPolygon(corners: readonly IPosition[]): PolygonReading {
  const vectors = corners.map(directionOf);
  if (crossesItself(vectors)) {
    return { problem: 'The sides of the polygon cross each other.' };
  }
  const centre = vectors.reduce(add);
  const turn = vectors
    .map((vector, index) => cross(vector, vectors[(index + 1) % vectors.length]))
    .reduce(add);
  const side = dot(turn, centre);
  if (Math.abs(side) < FLAT) {
    return { problem: 'The corners of the polygon lie on one line.' };
  }
  return { corners: side < 0 ? corners : [...corners].reverse() };
}

/** Below a millionth of a square arcsecond nothing is inside. */
const FLAT = 1e-17;

/** Two sides that are no neighbours meet. */
function crossesItself(vectors: readonly Direction[]): boolean {
  const sides = vectors.map(
    (vector, index) => [vector, vectors[(index + 1) % vectors.length]] as const
  );
  return sides.some(([a, b], index) =>
    sides
      .slice(index + 2)
      .some(
        ([c, d], offset) =>
          !(index === 0 && index + 2 + offset === sides.length - 1) && meet(a, b, c, d)
      )
  );
}

/** The ends of each arc lie on both sides of the other, on the same half of the sphere. */
function meet(a: Direction, b: Direction, c: Direction, d: Direction): boolean {
  const [one, other] = [cross(a, b), cross(c, d)];
  const parted = dot(one, c) * dot(one, d) <= 0 && dot(other, a) * dot(other, b) <= 0;
  return parted && dot(add(a, b), add(c, d)) > 0;
}
