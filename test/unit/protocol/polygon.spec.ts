import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parsePolygon } from '../../../src/protocol/polygon.js';

function corners(text: string): readonly (readonly [number, number])[] {
  const read = parsePolygon(text);
  if ('problem' in read) {
    throw new Error(read.problem);
  }
  return read.corners.map(({ ra, dec }) => [ra, dec] as const);
}

function problem(text: string): string | undefined {
  const read = parsePolygon(text);
  return 'problem' in read ? read.problem : undefined;
}

/** North, east, south, west: counter-clockwise as one looks up. */
const RHOMB = [
  [10, 21],
  [11, 20],
  [10, 19],
  [9, 20]
];

describe('parsePolygon', () => {
  it.each([
    ['pairs with commas', '10 21, 11 20, 10 19, 9 20'],
    ['one corner a line', '10 21\n11 20\n10 19\n9 20\n'],
    ['numbers only', '10 21 11 20 10 19 9 20'],
    ['commas everywhere', '10, 21, 11, 20, 10, 19, 9, 20'],
    ['ADQL and STC-S words', 'POLYGON ICRS 10 21 11 20 10 19 9 20'],
    ['a closing corner', '10 21; 11 20; 10 19; 9 20; 10 21']
  ])('reads %s', (_, text) => {
    expect(corners(text)).toEqual(RHOMB);
  });

  it('reads sexagesimal corners', () => {
    expect(
      corners('00:40:00 +21:00:00, 00:44:00 +20:00:00, 00:40:00 +19:00:00')
    ).toEqual([
      [10, 21],
      [11, 20],
      [10, 19]
    ]);
  });

  it('turns corners round that were typed clockwise', () => {
    expect(corners('9 20, 10 19, 11 20, 10 21')).toEqual(RHOMB);
  });

  it('knows the order across 0° and round a pole', () => {
    expect(corners('0 1, 359 0, 0 -1, 1 0')).toEqual([
      [1, 0],
      [0, -1],
      [359, 0],
      [0, 1]
    ]);
    expect(corners('0 89, 120 89, 240 89')).toEqual(
      [
        [0, 89],
        [120, 89],
        [240, 89]
      ].reverse()
    );
  });

  it.each([
    ['10 20, 11 20', 'A polygon needs at least three different corners.'],
    ['10 20, 10 20, 11 20', 'A polygon needs at least three different corners.'],
    ['10 20, 11 21, 11 20, 10 21', 'The sides of the polygon cross each other.'],
    ['10 0, 11 0, 12 0', 'The corners of the polygon lie on one line.'],
    ['10 20, 11 20, 11 95', 'Declination must be between -90 and 90 deg.'],
    [
      'M 83, 11 20, 11 21',
      '‘M 83’ is not a position. Type corners like 10 20, 11 20, 11 21.'
    ],
    [
      '10 20, 11 20, 11',
      '‘11’ is not a position. Type corners like 10 20, 11 20, 11 21.'
    ]
  ])('refuses %s', (text, message) => {
    expect(problem(text)).toBe(message);
  });

  it('takes an order and its reverse for the same polygon, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 359, noNaN: true }),
        fc.double({ min: -80, max: 80, noNaN: true }),
        (right, up) => {
          // Minus nothing is nothing.
          const [ra, dec] = [right + 0, up + 0];
          const typed = [
            [ra, dec + 1],
            [(ra + 1) % 360, dec],
            [ra, dec - 1]
          ];
          const text = (list: number[][]) =>
            list.map(pair => pair.join(' ')).join(', ');
          expect(corners(text(typed))).toEqual(typed);
          expect(new Set(corners(text([...typed].reverse())).map(String))).toEqual(
            new Set(typed.map(String))
          );
        }
      )
    );
  });
});
