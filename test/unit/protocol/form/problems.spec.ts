import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import {
  FormError,
  type IFormContext,
  type IFormProblem,
  type ISearchForm
} from '../../../../src/protocol/form.js';
import { obsCoreQuery } from '../../../support/forms.js';

function problems(
  fields: Partial<ISearchForm>,
  context?: IFormContext
): readonly IFormProblem[] {
  try {
    obsCoreQuery(fields, 'ivoa.ObsCore', context);
    return [];
  } catch (error) {
    if (error instanceof FormError) {
      return error.problems;
    }
    throw error;
  }
}

describe('The problems of a form', () => {
  it('are none where everything is left empty', () => {
    expect(problems({})).toEqual([]);
  });

  it.each<[Partial<ISearchForm>, string, RegExp | string]>([
    [
      { position: 'M 83' },
      'position',
      '‘M 83’ is not a position, and no resolver was asked for it. Type degrees like 204.2538 -29.8658 or 13:37:00.9 -29:51:57.'
    ],
    [{ position: '10 91' }, 'position', /^Declination must be/],
    [{ position: '10 20', radius: '0' }, 'radius', 'Radius must be more than 0.'],
    [{ position: '10 20', radius: '' }, 'radius', 'Radius must be more than 0.'],
    [{ position: '10 20', radius: '-1' }, 'radius', 'Radius must be more than 0.'],
    [{ position: '10 20', radius: 'wide' }, 'radius', '‘wide’ is not a number.'],
    [{ position: '10 20', radius: '181' }, 'radius', 'Radius must be at most 180 deg.'],
    [
      { position: '10 20', polygon: '1 2, 2 2, 2 3' },
      'polygon',
      'Give a position or a polygon, not both.'
    ],
    [{ polygon: '1 2, 2 2' }, 'polygon', /at least three different corners/],
    [
      { columns: { t_exptime: { min: '30', max: '10' } } },
      'column:t_exptime',
      'The upper limit is below the lower one.'
    ],
    [
      { columns: { t_exptime: { min: '30 s', max: '' } } },
      'column:t_exptime',
      '‘30 s’ is not a number.'
    ],
    [
      { columns: { calib_level: ['2; DROP'] } },
      'column:calib_level',
      '‘2; DROP’ is not a number.'
    ],
    [{ columns: { no_such: 'x' } }, 'column:no_such', 'This service has no no_such.'],
    [{ from: 'monday' }, 'from', /^‘monday’ is not a time\./],
    [{ from: '2016-09-26', until: '2016-09-25' }, 'until', 'Until is before from.'],
    [{ wavelengthFrom: 'blue' }, 'wavelengthFrom', '‘blue’ is not a number.'],
    [{ wavelengthFrom: '-5' }, 'wavelengthFrom', 'A wavelength must be more than 0.'],
    [
      { wavelengthFrom: '2', wavelengthTo: '2 m', spectralUnit: 'keV' },
      'wavelengthTo',
      'm is no unit of energy; try keV.'
    ],
    [
      { wavelengthFrom: '200 GHz', wavelengthTo: '300' },
      'wavelengthTo',
      'nm is no unit of frequency; try GHz.'
    ],
    [
      { wavelengthFrom: '5 parsec', spectralUnit: 'keV' },
      'wavelengthFrom',
      'parsec is no unit of energy; try keV.'
    ],
    [
      { wavelengthFrom: '200', wavelengthTo: '100 GHz', spectralUnit: 'GHz' },
      'wavelengthTo',
      'The upper limit is below the lower one.'
    ],
    [
      { wavelengthTo: '2 parsec' },
      'wavelengthTo',
      'parsec is no unit of wavelength; try nm.'
    ],
    [
      { wavelengthFrom: '700', wavelengthTo: '400' },
      'wavelengthTo',
      'The upper limit is below the lower one.'
    ],
    [{ rowLimit: 0 }, 'rowLimit', 'Row limit must be a whole number of at least 1.'],
    [
      { rowLimit: '1.5' },
      'rowLimit',
      'Row limit must be a whole number of at least 1.'
    ],
    [{ rowLimit: '' }, 'rowLimit', 'Row limit must be a whole number of at least 1.'],
    [
      { rowLimit: '0x10' },
      'rowLimit',
      'Row limit must be a whole number of at least 1.'
    ],
    [{ position: '10 20', radius: '0x10' }, 'radius', '‘0x10’ is not a number.'],
    [
      { columns: { instrument_name: 'a\0b' } },
      'column:instrument_name',
      /cannot be searched for/
    ]
  ])('%o: %s', (fields, field, message) => {
    const found = problems(fields);
    expect(found).toHaveLength(1);
    expect(found[0].field).toBe(field);
    expect(found[0].message).toMatch(message);
  });

  it('accepts one and the same day as from and until', () => {
    expect(problems({ from: '2016-09-26', until: '2016-09-26' })).toEqual([]);
  });

  it('looks at the radius only where there is a position', () => {
    expect(problems({ radius: 'wide' })).toEqual([]);
  });

  it('reports constraints on columns the table lacks, and only those', () => {
    const columns = ['s_ra', 'S_DEC', 't_min'];
    const fields = {
      position: '10 20',
      from: '2016-09-26',
      columns: { dataproduct_type: ['image'] },
      orderBy: 't_exptime'
    };
    expect(problems(fields, { columns })).toEqual([
      { field: 'from', message: 'This service has no t_max.' },
      {
        field: 'column:dataproduct_type',
        message: 'This service has no dataproduct_type.'
      },
      { field: 'orderBy', message: 'This service has no t_exptime.' }
    ]);
  });

  it('refuses a polygon where the service has none', () => {
    const context = { geometry: new Set(['CONTAINS', 'CIRCLE', 'POINT']) };
    expect(problems({ polygon: '1 2, 2 2, 2 3' }, context)).toEqual([
      { field: 'polygon', message: 'This service cannot search in a polygon.' }
    ]);
  });

  it('searches by the centre where the table has no outline', () => {
    const context = { columns: ['s_ra', 's_dec'], geometry: new Set(['INTERSECTS']) };
    expect(problems({ position: '10 20' }, context)).toEqual([]);
    const { adql } = obsCoreQuery({ position: '10 20' }, 'ivoa.ObsCore', context);
    expect(adql).toContain("CONTAINS(POINT('ICRS', s_ra, s_dec)");
  });

  it('gives all problems at once, in the order of the form', () => {
    try {
      obsCoreQuery({ position: 'M 83', until: 'x', rowLimit: -1 });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FormError);
      expect(error).toBeInstanceOf(ProtocolError);
      expect((error as FormError).fields).toEqual(['position', 'until', 'rowLimit']);
      expect((error as FormError).kind).toBe('rejected');
      expect((error as FormError).message).toMatch(/M 83/);
    }
  });
});
