import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  parseRegion,
  type Region,
  regionOfNumbers
} from '../../../src/protocol/region.js';

const at = (ra: number, dec: number) => ({ ra, dec });

describe('parseRegion', () => {
  it.each<[string, Region]>([
    ['POSITION J2000 266.4 -29.0', { shape: 'position', at: at(266.4, -29) }],
    ['Circle ICRS 10 20 0.5', { shape: 'circle', at: at(10, 20), radius: 0.5 }],
    [
      'circle icrs TOPOCENTER spherical2 10 +20 5e-1',
      { shape: 'circle', at: at(10, 20), radius: 0.5 }
    ],
    ['CIRCLE 10 20 1', { shape: 'circle', at: at(10, 20), radius: 1 }],
    [
      'Polygon ICRS UNKNOWNRefPos -1 0 1 0 0 1 -1 0',
      { shape: 'polygon', corners: [at(359, 0), at(1, 0), at(0, 1)] }
    ],
    ['BOX FK5 10 20 1 2', { shape: 'box', at: at(10, 20), width: 1, height: 2 }],
    [
      'Ellipse ICRS 10 20 2 1 30',
      { shape: 'ellipse', at: at(10, 20), major: 2, minor: 1, angle: 30 }
    ],
    [
      'UNION J2000 (POLYGON 0 0 1 0 1 1 Circle 5 5 1)',
      {
        shape: 'union',
        members: [
          { shape: 'polygon', corners: [at(0, 0), at(1, 0), at(1, 1)] },
          { shape: 'circle', at: at(5, 5), radius: 1 }
        ]
      }
    ],
    [
      'Intersection ICRS (Not(Circle 1 2 3)Circle 1 2 4)',
      {
        shape: 'intersection',
        members: [
          { shape: 'not', member: { shape: 'circle', at: at(1, 2), radius: 3 } },
          { shape: 'circle', at: at(1, 2), radius: 4 }
        ]
      }
    ]
  ])('reads %s', (text, region) => {
    expect(parseRegion(text)).toEqual(region);
  });

  it('turns galactic coordinates, also within a union', () => {
    const { members } = parseRegion('Union GALACTIC (Circle 0 0 1 Position 0 0)') as {
      members: readonly { at: { ra: number; dec: number } }[];
    };
    for (const member of members) {
      expect(member.at.ra).toBeCloseTo(266.405, 3);
      expect(member.at.dec).toBeCloseTo(-28.936, 3);
    }
  });

  it.each<[string, string, Region]>([
    ['10 20', 'point', { shape: 'position', at: at(10, 20) }],
    ['10 20 1', 'circle', { shape: 'circle', at: at(10, 20), radius: 1 }],
    [
      '0 0 1 0 1 1',
      'polygon',
      { shape: 'polygon', corners: [at(0, 0), at(1, 0), at(1, 1)] }
    ],
    ['350 10 -1 1', 'range', { shape: 'box', at: at(0, 0), width: 20, height: 2 }],
    ['circle 10 20 1', 'shape', { shape: 'circle', at: at(10, 20), radius: 1 }]
  ])('reads %s as DALI’s %s', (text, xtype, region) => {
    expect(parseRegion(text, xtype)).toEqual(region);
  });

  it('reads numbers of a column', () => {
    expect(regionOfNumbers([10, 20, 1], 'circle')).toEqual(
      parseRegion('Circle 10 20 1')
    );
  });

  it.each([
    'Convex ICRS 1 2 3',
    'Circle ICRS 10 20',
    'Circle ICRS 10 20 -1',
    'Circle ICRS ten 20 1',
    'Polygon ICRS 0 0 1 0 1',
    'Polygon ICRS 0 0 1 0',
    'Position ICRS 10 95',
    'Union ICRS (Circle 1 2 3',
    'Union ICRS ()',
    'Circle 1 2 3 leftover',
    '10 20 1',
    ''
  ])('keeps as text what it cannot read: %s', text => {
    expect(parseRegion(text)).toEqual({ shape: 'unknown', text });
  });

  it('is bounded, whatever comes', () => {
    const deep = `${'Union ('.repeat(1e5)}Circle 1 2 3${')'.repeat(1e5)}`;
    expect(parseRegion(deep).shape).toBe('unknown');
    expect(parseRegion(`Circle 1 2 3${' '.repeat(2e6)}`).shape).toBe('unknown');
    const words = fc.constantFrom(
      ...['Union', 'Not', 'Circle', 'Polygon', 'ICRS', '(', ')', '1', '-2', '3e2', 'x']
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), list => {
        expect(() => parseRegion(list.join(' '))).not.toThrow();
      })
    );
  });
});
