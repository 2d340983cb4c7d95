import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  buildCostQuery,
  buildFacetQuery,
  buildFormQueries,
  FormError,
  type IFormContext,
  type ISearchForm,
  type ITarget,
  writeTargets
} from '../../../../src/protocol/form.js';
import { OBSCORE_PROFILE } from '../../../../src/protocol/obscore.js';
import { child, children, parseXml } from '../../../../src/protocol/xml.js';
import { formOf } from '../../../support/forms.js';
import { typedText } from '../../../support/typed.js';

const TABLE = 'ivoa.ObsCore';

function targets(count: number): readonly ITarget[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `T ${index}`,
    ra: index % 360,
    dec: -30.5
  }));
}

function queries(fields: Partial<ISearchForm>, context?: IFormContext) {
  return buildFormQueries(formOf(fields), OBSCORE_PROFILE, TABLE, context);
}

/** The rows of an uploaded table. */
function rowsOf(votable: string): readonly (readonly string[])[] {
  const table = child(child(parseXml(votable), 'RESOURCE')!, 'TABLE')!;
  const data = child(child(table, 'DATA')!, 'TABLEDATA')!;
  return children(data, 'TR').map(row => children(row, 'TD').map(({ text }) => text));
}

describe('a list of targets', () => {
  it('is joined by outlines or by centres, never by both', () => {
    const geometry = new Set(['CONTAINS', 'INTERSECTS']);
    const [query] = queries({ targets: targets(2), radius: '30' }, { geometry });
    expect(query.adql).toMatch(/ON INTERSECTS\(o\.s_region, CIRCLE\(.*\)\) = 1$/m);
    expect(query.adql).not.toContain(' OR ');
  });

  it('goes along as a table, and the rows say whose they are', () => {
    const [query] = queries({
      targets: targets(2),
      radius: '30',
      radiusUnit: 'arcmin',
      columns: { calib_level: [2] },
      orderBy: 't_min'
    });
    expect(query.adql).toBe(`SELECT t.target AS searched_target, o.*
FROM TAP_UPLOAD.targets AS t
JOIN ivoa.ObsCore AS o
  ON CONTAINS(POINT('ICRS', o.s_ra, o.s_dec), CIRCLE('ICRS', t.target_ra, t.target_dec, 0.5)) = 1
WHERE o.calib_level = 2
ORDER BY t_min`);
    expect(query.uploads?.map(({ name }) => name)).toEqual(['targets']);
    expect(rowsOf(query.uploads![0].votable)).toEqual([
      ['T 0', '0', '-30.5'],
      ['T 1', '1', '-30.5']
    ]);
  });

  it('goes in slices of what a service takes', () => {
    const sizes = (context: IFormContext) =>
      queries({ targets: targets(1000) }, context).map(
        ({ uploads }) => rowsOf(uploads![0].votable).length
      );
    expect(sizes({ uploads: 300 })).toEqual([300, 300, 300, 100]);
    expect(sizes({})).toEqual([1000]);
  });

  it('is written into queries where no table can go along', () => {
    const made = queries(
      { targets: targets(120), columns: { calib_level: [2] } },
      { uploads: 0 }
    );
    expect(made.map(({ adql }) => adql.split('CIRCLE(').length - 1)).toEqual([
      50, 50, 20
    ]);
    expect(made.every(({ uploads }) => uploads === undefined)).toBe(true);
    expect(queries({ targets: targets(2) }, { uploads: 0 })[0].adql).toBe(`SELECT *
FROM ivoa.ObsCore
WHERE (CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 0, -30.5, 0.5)) = 1
    OR CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 1, -30.5, 0.5)) = 1)`);
  });

  it('is counted where it goes in one part, and not otherwise', () => {
    const form = formOf({ targets: targets(3) });
    const cost = buildCostQuery(form, OBSCORE_PROFILE, TABLE);
    expect(cost.adql).toMatch(
      /^SELECT COUNT\(\*\) AS n_rows, COUNT\(o\.access_estsize\)/
    );
    expect(cost.uploads).toHaveLength(1);
    const facet = buildFacetQuery(form, OBSCORE_PROFILE, TABLE, 'calib_level');
    expect(facet.adql).toContain('GROUP BY o.calib_level');
    expect(() => buildCostQuery(form, OBSCORE_PROFILE, TABLE, { uploads: 2 })).toThrow(
      'A list of targets that goes in several parts is not counted.'
    );
  });

  it.each<[string, Partial<ISearchForm>, IFormContext, string]>([
    [
      'with a position',
      { targets: targets(1), position: '1 2' },
      {},
      'Give a list of targets or a place, not both.'
    ],
    [
      'with a negative radius',
      { targets: targets(1), radius: '-1' },
      {},
      'Radius must be more than 0.'
    ],
    [
      'with a place beside the sky',
      { targets: [{ name: 'X', ra: 10, dec: 91 }] },
      {},
      'X has no position on the sky.'
    ],
    [
      'that is too long',
      { targets: targets(1001) },
      { uploads: 0 },
      'At most 1000 targets can be searched in this service.'
    ]
  ])('is refused %s', (_, fields, context, message) => {
    expect(() => queries(fields, context)).toThrow(FormError);
    expect(() => queries(fields, context)).toThrow(message);
  });
});

describe('writeTargets', () => {
  it('lets no name out of its cell', () => {
    fc.assert(
      fc.property(typedText, name => {
        const read = rowsOf(writeTargets([{ name, ra: 1e-7, dec: -0.5 }]));
        const kept = name
          .replace(/\r\n?/g, '\n')
          .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ');
        expect(read).toHaveLength(1);
        expect(read[0][0].replace(/\r\n?/g, '\n')).toBe(kept);
        expect(read[0].slice(1)).toEqual(['1e-7', '-0.5']);
      })
    );
  });
});
