import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type Criterion,
  type IFormProfile,
  type ISearchForm,
  readFormQuery
} from '../../../../src/protocol/form.js';
import { OBSCORE_PROFILE } from '../../../../src/protocol/obscore.js';
import { formOf, obsCoreQuery } from '../../../support/forms.js';
import { typedText } from '../../../support/typed.js';

const TABLE = 'ivoa.ObsCore';

function read(adql: string, profile: IFormProfile = OBSCORE_PROFILE) {
  return readFormQuery({ adql, maxrec: 1000 }, profile, TABLE);
}

/** A form back from its own query. */
function back(fields: Partial<ISearchForm>): ISearchForm | null {
  return readFormQuery(obsCoreQuery(fields), OBSCORE_PROFILE, TABLE);
}

describe('readFormQuery', () => {
  it.each<Partial<ISearchForm>>([
    {},
    { rowLimit: 20000, orderBy: 't_min', descending: true },
    { position: '204.2538 -29.8658', radius: '0.1' },
    { polygon: '10 21, 11 20, 10 19, 9 20' },
    { from: '2016-09-26', until: '2016-09-28' },
    { from: '2016-09-26 03:04', until: '2016-09-26 03:04:05' },
    { wavelengthFrom: '400', wavelengthTo: '700.5' },
    { columns: { dataproduct_type: ['image', null], calib_level: [2, 3] } },
    { columns: { instrument_name: ['OmegaCAM'], obs_collection: 'HST*, JWST%' } },
    { columns: { t_exptime: { min: '10', max: '' } } },
    { columns: { s_resolution: { min: '0.1', max: '1' } } },
    { columns: { obs_publisher_did: "ivo://x/y?z='1'" } },
    { columns: { target_name: 'M 83, NGC 1068', dataproduct_subtype: [null] } }
  ])('gives back what was typed: %j', fields => {
    const wanted = formOf(fields);
    const again = back(fields);
    expect(again).not.toBeNull();
    expect(obsCoreQuery(again!)).toEqual(obsCoreQuery(wanted));
    const { columns, ...rest } = again!;
    expect({ ...rest, columns: {} }).toEqual({ ...wanted, columns: {} });
    expect(new Set(Object.keys(columns))).toEqual(new Set(Object.keys(wanted.columns)));
  });

  it.each<Partial<ISearchForm>>([
    { position: '204.2538 -29.8658', radius: '0.1' },
    { polygon: '10 21, 11 20, 10 19, 9 20' }
  ])('gives back a place searched by outlines and centres: %j', fields => {
    const context = { geometry: new Set(['CONTAINS', 'INTERSECTS', 'POLYGON']) };
    const query = obsCoreQuery(fields, TABLE, context);
    expect(query.adql).toContain('INTERSECTS(');
    expect(readFormQuery(query, OBSCORE_PROFILE, TABLE, context)).toMatchObject(fields);
    const other = { ...query, adql: query.adql.replace(/(.*)-29|(.*)21/, '$1$2-28') };
    expect(readFormQuery(other, OBSCORE_PROFILE, TABLE, context)).toBeNull();
  });

  it('does not mind white space, case, comments and the side of “1 =”', () => {
    const adql = `select * from IVOA.obscore -- mine
      where 1=contains(point('ICRS',S_RA,s_dec),circle('ICRS',10,-20,.50))
      And CALIB_LEVEL in(2,3) order by T_MIN desc;`;
    expect(read(adql)).toMatchObject({
      position: '10 -20',
      radius: '0.5',
      columns: { calib_level: [2, 3] },
      orderBy: 'T_MIN',
      descending: true
    });
  });

  it.each([
    'SELECT TOP 5 * FROM ivoa.ObsCore',
    'SELECT s_ra FROM ivoa.ObsCore',
    'SELECT * FROM ivoa.other',
    'SELECT * FROM ivoa.ObsCore WHERE calib_level = 2 OR calib_level = 3',
    'SELECT * FROM ivoa.ObsCore WHERE calib_level > 2',
    'SELECT * FROM ivoa.ObsCore WHERE NOT calib_level = 2',
    'SELECT * FROM ivoa.ObsCore WHERE s_fov + 1 >= 2',
    "SELECT * FROM ivoa.ObsCore WHERE target_name = 'a' AND target_name = 'b'",
    'SELECT * FROM ivoa.ObsCore WHERE t_min <= 57000 AND t_min <= 58000',
    'SELECT * FROM ivoa.ObsCore ORDER BY t_min, s_ra',
    'SELECT * FROM ivoa.ObsCore GROUP BY s_ra',
    "SELECT * FROM ivoa.ObsCore WHERE target_name = 'open",
    'SELECT * FROM ivoa.ObsCore WHERE',
    'SELECT * FROM ivoa.ObsCore WHERE lsst_band = 1',
    "SELECT * FROM ivoa.ObsCore WHERE CONTAINS(POINT('ICRS', s_dec, s_ra), CIRCLE('ICRS', 1, 2, 3)) = 1",
    ''
  ])('does not show in a form what no form says: %s', adql => {
    expect(read(adql)).toBeNull();
  });

  it('never fails, and gives forms of that very query only', () => {
    const pieces = fc.constantFrom(
      ..."SELECT,*,FROM,ivoa.ObsCore,WHERE,AND,OR,(,),=,>=,<=,IN,LIKE,IS,NULL,'x',5,-1,"
        .split(',')
        .concat([
          't_min',
          't_max',
          'calib_level',
          'ORDER BY',
          'CONTAINS',
          'CIRCLE',
          ','
        ])
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), words => {
        const adql = `SELECT * FROM ivoa.ObsCore WHERE ${words.join(' ')}`;
        const form = read(adql);
        const plain = (text: string) => text.replace(/\s/g, '').toLowerCase();
        if (form) {
          expect(plain(obsCoreQuery(form).adql)).toBe(plain(adql));
        }
      })
    );
  });

  it('gives back the query of whatever is typed into texts', () => {
    const criterion: fc.Arbitrary<Criterion> = fc.oneof(
      typedText,
      fc.array(fc.option(typedText), { maxLength: 3 })
    );
    fc.assert(
      fc.property(criterion, criterion, (one, other) => {
        const columns = { target_name: one, instrument_name: other };
        fc.pre(!JSON.stringify(columns).includes('\\u0000'));
        const query = obsCoreQuery({ columns });
        const form = readFormQuery(query, OBSCORE_PROFILE, TABLE);
        expect(form && obsCoreQuery(form).adql).toBe(query.adql);
      })
    );
  });
});
