import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import { buildCostQuery, type ISearchForm } from '../../../../src/protocol/form.js';
import { OBSCORE_PROFILE } from '../../../../src/protocol/obscore.js';
import { formOf, obsCoreQuery } from '../../../support/forms.js';
import { typedText } from '../../../support/typed.js';

function adql(fields: Partial<ISearchForm>): string {
  return obsCoreQuery(fields).adql;
}

/** The conditions of a query, one a line. */
function conditions(fields: Partial<ISearchForm>): string[] {
  return adql(fields)
    .split('\n')
    .filter(line => /^(WHERE| {2}AND) /.test(line))
    .map(line => line.slice(6));
}

function columns(criteria: ISearchForm['columns']): string[] {
  return conditions({ columns: criteria });
}

describe('buildFormQuery', () => {
  it('takes everything for an empty form, with the row limit as MAXREC and no TOP', () => {
    expect(obsCoreQuery({})).toEqual({
      adql: 'SELECT *\nFROM ivoa.ObsCore',
      maxrec: 1000
    });
  });

  it('writes one constraint a line', () => {
    const query = obsCoreQuery({
      position: '03:42:59.2 -32:17:10',
      radius: '30',
      radiusUnit: 'arcmin',
      from: '2016-09-26',
      until: '2016-09-27',
      wavelengthFrom: '400',
      wavelengthTo: '700',
      columns: {
        dataproduct_type: ['image', 'cube'],
        calib_level: [2, 3],
        obs_collection: 'LSST.DP02, HST',
        instrument_name: 'LSSTCam*'
      },
      orderBy: 't_min',
      descending: true,
      rowLimit: '20,000'
    });
    expect(query.maxrec).toBe(20000);
    expect(query.adql).toBe(`SELECT *
FROM ivoa.ObsCore
WHERE CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 55.74666666666667, -32.28611111111111, 0.5)) = 1
  AND t_max >= 57657
  AND t_min <= 57659
  AND em_max >= 4E-7
  AND em_min <= 7E-7
  AND dataproduct_type IN ('image', 'cube')
  AND calib_level IN (2, 3)
  AND obs_collection IN ('LSST.DP02', 'HST')
  AND instrument_name LIKE 'LSSTCam%'
ORDER BY t_min DESC`);
  });

  it('compares with = when there is one choice or no wildcard', () => {
    expect(
      columns({
        dataproduct_type: ['image'],
        calib_level: [-1],
        obs_collection: 'HST',
        dataproduct_subtype: 'lsst.calexp_x',
        instrument_name: ' ACS/WFC '
      })
    ).toEqual([
      "dataproduct_type = 'image'",
      'calib_level = -1',
      "obs_collection = 'HST'",
      "instrument_name = 'ACS/WFC'",
      "dataproduct_subtype = 'lsst.calexp_x'"
    ]);
  });

  it('finds rows without a product type', () => {
    expect(columns({ dataproduct_type: [null] })).toEqual(['dataproduct_type IS NULL']);
    expect(columns({ dataproduct_type: ['image', null] })).toEqual([
      "(dataproduct_type = 'image' OR dataproduct_type IS NULL)"
    ]);
  });

  it('turns frequencies and energies round: the upper limit is the shorter wave', () => {
    expect(
      conditions({
        wavelengthFrom: '100',
        wavelengthTo: '300 THz',
        spectralUnit: 'GHz'
      })
    ).toEqual(['em_max >= 9.99308193333333E-7', 'em_min <= 0.00299792458']);
    expect(conditions({ wavelengthFrom: '2', spectralUnit: 'keV' })).toEqual([
      'em_min <= 6.19920992166001E-10'
    ]);
  });

  it('takes a unit behind a number at its word, whatever unit is chosen', () => {
    const thz = { wavelengthFrom: '0.1 THz', wavelengthTo: '300 GHz' };
    const chosen = ['nm', 'GHz', 'keV'].map(spectralUnit =>
      conditions({ ...thz, spectralUnit })
    );
    expect(chosen).toEqual(
      Array(3).fill(['em_max >= 0.000999308193333333', 'em_min <= 0.00299792458'])
    );
    expect(conditions({ wavelengthFrom: '2 keV' })).toEqual([
      'em_min <= 6.19920992166001E-10'
    ]);
    expect(conditions({ wavelengthTo: '2 m', spectralUnit: 'keV' })).toEqual([
      'em_min <= 2'
    ]);
  });

  it('searches whole fields where the service can', () => {
    const geometry = new Set(['CONTAINS', 'INTERSECTS']);
    const fields = { position: '10 20', radius: '1' };
    expect(obsCoreQuery(fields, 'ivoa.ObsCore', { geometry }).adql).toContain(
      "INTERSECTS(s_region, CIRCLE('ICRS', 10, 20, 1)) = 1"
    );
  });

  it('misses no row that has a centre inside and no outline', () => {
    const geometry = new Set(['CONTAINS', 'INTERSECTS']);
    const fields = { position: '10 20', radius: '1' };
    expect(obsCoreQuery(fields, 'ivoa.ObsCore', { geometry }).adql).toContain(
      "OR (s_region IS NULL AND CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 10, 20, 1)) = 1))"
    );
    const context = { geometry, columns: ['s_region'] };
    expect(obsCoreQuery(fields, 'ivoa.ObsCore', context).adql).toMatch(
      /\nWHERE INTERSECTS\(.*\) = 1$/
    );
  });

  it('writes no INTERSECTS for a service that lists none', () => {
    const geometry = new Set(['POINT', 'CIRCLE', 'DISTANCE', 'POLYGON', 'CONTAINS']);
    const fields = { polygon: '10 21, 11 20, 10 19, 9 20' };
    expect(obsCoreQuery(fields, 'ivoa.ObsCore', { geometry }).adql).toContain(
      "CONTAINS(POINT('ICRS', s_ra, s_dec), POLYGON('ICRS', 10, 21, 11, 20, 10, 19, 9, 20)) = 1"
    );
  });

  it('finds a file by the UUID inside its address', () => {
    const uuid = '0f0e1c2d-3b4a-5968-7786-95a4b3c2d1e0';
    expect(columns({ obs_publisher_did: uuid })).toEqual([
      `(obs_publisher_did = '${uuid}' OR access_url LIKE '%${uuid}%')`
    ]);
    const did = 'ivo://org.rubinobs/usdac/dp1?repo=dp1&id=x';
    expect(columns({ obs_publisher_did: did })).toEqual([
      `obs_publisher_did = '${did}'`
    ]);
  });

  it('writes numbers as numbers only, whole ones digit by digit', () => {
    expect(columns({ calib_level: '9007199254740993, −1, 1.50' })).toEqual([
      'calib_level IN (9007199254740993, -1, 1.5)'
    ]);
    expect(columns({ t_exptime: { min: '−5', max: '1e4' } })).toEqual([
      't_exptime >= -5',
      't_exptime <= 10000'
    ]);
  });

  it('uses the names of the service', () => {
    const columns = ['S_RA', '"s_Dec"', 'T_MIN', 'size'];
    const query = obsCoreQuery(
      { position: '10 20', radius: '1', orderBy: 'size' },
      '"my obs".ObsCore',
      { columns }
    );
    expect(query.adql).toContain('FROM "my obs".ObsCore\n');
    expect(query.adql).toContain(`POINT('ICRS', S_RA, "s_Dec")`);
    expect(query.adql).toContain('ORDER BY "size"');
  });

  it('lets nothing that is typed out of its literal', () => {
    const typed = typedText.filter(text => !/[\0,]/.test(text) && text.trim() !== '');
    fc.assert(
      fc.property(typed, text => {
        const [condition] = obsCoreQuery({ columns: { instrument_name: text } })
          .adql.split('WHERE ')
          .slice(1);
        const literal = /^instrument_name (?:=|LIKE) '((?:[^']|'')*)'$/.exec(condition);
        expect(literal?.[1].replaceAll("''", "'")).toBe(
          text.trim().replaceAll('*', '%')
        );
      })
    );
  });
});

describe('whatever is typed', () => {
  const texts = fc.oneof(
    typedText,
    fc.constantFrom(
      "' OR 1=1 --",
      "''",
      "\\' --",
      "*/ '/*",
      '%\u2019\n',
      '\u0027',
      '1; DROP'
    )
  );
  const criterion = fc.oneof(
    texts,
    fc.array(fc.oneof(texts, fc.integer(), fc.constant(null)), { maxLength: 3 }),
    fc.record({ min: texts, max: texts })
  );
  const { fields } = OBSCORE_PROFILE;
  const all = fields.map(({ column }) => column);
  const words = fields.filter(({ values }) => values === 'text');
  const readable = fc.record({
    orderBy: texts,
    columns: fc.dictionary(
      fc.constantFrom(...words.map(({ column }) => column)),
      fc.oneof(texts, fc.array(fc.option(texts), { maxLength: 3 }))
    )
  });
  const any = fc.record(
    {
      position: texts,
      polygon: texts,
      radius: texts,
      from: texts,
      until: texts,
      wavelengthFrom: texts,
      wavelengthTo: texts,
      orderBy: texts,
      rowLimit: texts,
      columns: fc.dictionary(fc.constantFrom(...all), criterion)
    },
    { requiredKeys: [] }
  );

  /** A query without its literals and delimited names. */
  const skeleton = (text: string): string =>
    text.replace(/'(?:[^']|'')*'/g, '\u00a7').replace(/"(?:[^"]|"")*"/g, 'x');

  it('stays in its literal, or is refused with a sentence', () => {
    let made = 0;
    fc.assert(
      fc.property(fc.oneof(readable, any), typed => {
        try {
          const text = skeleton(obsCoreQuery(typed).adql);
          expect(text).toMatch(
            /^SELECT \*\nFROM ivoa\.ObsCore(\n[\w .,()=<>+\-\u00a7]+)*$/
          );
          expect(text).not.toMatch(/--|;|\/\*|[^\u0020-\u007e\n\u00a7]/);
          made += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
          expect((error as ProtocolError).message).toMatch(/ .*\.$/s);
        }
      }),
      { numRuns: 1000 }
    );
    expect(made).toBeGreaterThan(50);
  });
});

describe('buildCostQuery', () => {
  it('counts rows and sums their sizes as doubles, which no integer of a service holds', () => {
    const form = formOf({ columns: { obs_collection: 'DP02' } });
    const { adql, maxrec } = buildCostQuery(form, OBSCORE_PROFILE, 'ivoa.ObsCore');
    expect(adql.split('\n')).toEqual([
      'SELECT COUNT(*) AS n_rows, COUNT(access_estsize) AS n_sized, ' +
        'SUM(1.0 * access_estsize) AS sum_size',
      'FROM ivoa.ObsCore',
      "WHERE obs_collection = 'DP02'"
    ]);
    expect(maxrec).toBe(2);
  });
});
