import fc from 'fast-check';

import { USUAL_LAYOUT } from '../../../../src/model/columnlayout.js';
import type { ISearchDocument } from '../../../../src/model/document/types.js';
import type { ISearchForm } from '../../../../src/protocol/form/types.js';

/** A form in which nothing was typed, as documents have it. */
export const EMPTY: ISearchForm = {
  position: '',
  radius: '',
  radiusUnit: 'deg',
  polygon: '',
  targets: [],
  from: '',
  until: '',
  wavelengthFrom: '',
  wavelengthTo: '',
  spectralUnit: 'nm',
  columns: {},
  orderBy: '',
  descending: false,
  rowLimit: 1000
};

const COMMON = {
  archive: 'eso',
  service: 'https://archive.example/tap',
  table: 'ivoa.ObsCore',
  rowLimit: 1000,
  others: {}
};

/** A search by form with something of everything. */
export function ofForm(
  form: Partial<ISearchForm> = {}
): Extract<ISearchDocument, { form: ISearchForm }> {
  return {
    ...COMMON,
    form: {
      ...EMPTY,
      position: 'M 83',
      radius: '0.1',
      targets: [
        { name: 'M 83', ra: 204.2538, dec: -29.8658 },
        { name: '"quoted"', ra: 0, dec: 90 }
      ],
      columns: { calib_level: [2, 3], instrument_name: 'MUSE' },
      ...form
    },
    adql: null,
    resolved: [{ name: 'M 83', ra: 204.2538, dec: -29.8658, by: 'Simbad' }],
    layout: {
      order: [],
      hidden: ['s_fov'],
      pinned: ['obs_id'],
      units: { t_min: 'mjd' }
    }
  };
}

/** A search in ADQL. */
export function ofAdql(adql: string): ISearchDocument {
  return { ...COMMON, form: null, adql, resolved: [], layout: USUAL_LAYOUT };
}

const degrees = (limit: number): fc.Arbitrary<number> =>
  fc
    .double({ min: -limit, max: limit, noNaN: true })
    .filter(value => !Object.is(value, -0));

const text = fc.string({ unit: 'binary' });
const filled = text.filter(value => value.trim() !== '');
const target = fc.record({ name: text, ra: degrees(360), dec: degrees(90) });

const form: fc.Arbitrary<Omit<ISearchForm, 'rowLimit'>> = fc.record({
  position: text,
  radius: text,
  radiusUnit: fc.constantFrom('deg', 'arcmin', 'arcsec'),
  polygon: text,
  targets: fc.array(target, { maxLength: 5 }),
  from: text,
  until: text,
  wavelengthFrom: text,
  wavelengthTo: text,
  spectralUnit: fc.constantFrom('nm', 'keV', 'GHz'),
  columns: fc.dictionary(
    text,
    fc.oneof(
      text,
      fc.record({ min: text, max: text }),
      fc.array(fc.oneof(text, degrees(1e300), fc.constant(null)))
    )
  ),
  orderBy: text,
  descending: fc.boolean()
});

/** Any search there can be. */
export const searches: fc.Arbitrary<ISearchDocument> = fc
  .record({
    archive: filled,
    service: filled,
    table: filled,
    rowLimit: fc.nat(),
    form: fc.option(form),
    adql: text,
    resolved: fc.array(
      fc.record({ name: text, ra: degrees(360), dec: degrees(90), by: filled })
    ),
    layout: fc.record({
      order: fc.array(text),
      hidden: fc.array(text),
      pinned: fc.array(text),
      units: fc.dictionary(text, text)
    }),
    others: fc.constant({})
  })
  .map(({ form, adql, ...rest }) =>
    form
      ? { ...rest, form: { ...form, rowLimit: rest.rowLimit }, adql: null }
      : { ...rest, form: null, adql }
  );
