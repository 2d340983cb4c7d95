import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readTargets } from '../../../src/protocol/targets.js';

const M83 = { ra: 204.25375, dec: -29.865833333333335 };

describe('readTargets', () => {
  it.each([
    ['204.25375 -29.865833333333335', '204.25375 -29.865833333333335'],
    ['204.25375, -29.865833333333335', '204.25375, -29.865833333333335'],
    ['M 83, 204.25375, -29.865833333333335', 'M 83'],
    ['204.25375,-29.865833333333335,M 83', 'M 83'],
    ['"M 83";204.25375;-29.865833333333335', 'M 83'],
    ['M83\t13:37:00.9\t-29:51:57', 'M83'],
    ['M 83 13:37:00.9 -29:51:57', 'M 83'],
    ['M 83 13 37 00.9 -29 51 57', 'M 83'],
    ['"NGC 5236, a spiral",13h37m00.9s,-29d51m57s', 'NGC 5236, a spiral']
  ])('reads “%s”', (line, name) => {
    const { targets, problems } = readTargets(line);
    expect(problems).toEqual([]);
    expect(targets).toHaveLength(1);
    expect(targets[0].name).toBe(name);
    expect(targets[0].position?.ra).toBeCloseTo(M83.ra, 9);
    expect(targets[0].position?.dec).toBeCloseTo(M83.dec, 9);
  });

  it('leaves names to a resolver', () => {
    expect(readTargets('M 83\n"NGC 1365",\n').targets).toEqual([
      { line: 1, name: 'M 83', position: null },
      { line: 2, name: 'NGC 1365', position: null }
    ]);
  });

  it('finds columns by their headings, in any order and with units', () => {
    const csv = [
      'magnitude,DEC (deg),RA (deg),Target',
      '12.1,-29.5,204.25,M 83',
      '9,,,NGC 1365',
      '11,100,204.25,Nowhere'
    ].join('\n');
    expect(readTargets(csv)).toEqual({
      targets: [
        { line: 2, name: 'M 83', position: { ra: 204.25, dec: -29.5 } },
        { line: 3, name: 'NGC 1365', position: null }
      ],
      problems: [{ line: 4, message: 'Declination must be between -90 and 90 deg.' }]
    });
  });

  it('skips comments and empty lines, and counts them', () => {
    const { targets, problems } = readTargets('\uFEFF# mine\r\n\r\n10 20\r\n17\r\n');
    expect(targets).toEqual([
      { line: 3, name: '10 20', position: { ra: 10, dec: 20 } }
    ]);
    expect(problems).toEqual([
      { line: 4, message: '‘17’ is neither a position nor a name.' }
    ]);
  });

  it('reads or refuses each line of whatever text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string({ unit: fc.constantFrom(...'"\t;, 1h2m-:.x') })
          )
        ),
        lines => {
          const text = lines.join('\n');
          const { targets, problems } = readTargets(text);
          const seen = [...targets, ...problems].map(({ line }) => line);
          expect(new Set(seen).size).toBe(seen.length);
          for (const { position } of targets) {
            expect(position === null || Math.abs(position.dec) <= 90).toBe(true);
          }
        }
      )
    );
  });
});
