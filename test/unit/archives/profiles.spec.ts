import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type {
  IArchiveDefinition,
  ISearchTable
} from '../../../src/archives/archive.js';
import { createIvoaArchive } from '../../../src/archives/index.js';
import { EMPTY_FORM, fieldOf, type ISearchForm } from '../../../src/protocol/form.js';
import type {
  IColumnDescription,
  ITableDescription
} from '../../../src/protocol/vosi.js';
import { streamVOTable } from '../../../src/protocol/votable/index.js';
import { FakeTransport } from '../../support/transport.js';

/** A shipped definition as the page gets it. */
function shipped(id: string): IArchiveDefinition {
  const url = new URL(
    `../../../obsdeck/archives/definitions/${id}.json`,
    import.meta.url
  );
  const definition = JSON.parse(readFileSync(url, 'utf8')) as IArchiveDefinition;
  return { ...definition, origin: 'shipped', editable: false };
}

function discover(definition: IArchiveDefinition) {
  const transport = new FakeTransport(() => {
    throw new Error('A form asked a service.');
  });
  return createIvoaArchive(definition, { transport, readVOTable: streamVOTable })
    .discover!;
}

function column(
  name: string,
  over: Partial<IColumnDescription> = {}
): IColumnDescription {
  return {
    name,
    datatype: 'char',
    arraysize: '*',
    unit: null,
    ucd: null,
    utype: null,
    xtype: null,
    description: null,
    indexed: false,
    principal: false,
    std: false,
    ...over
  };
}

function number(name: string, over: Partial<IColumnDescription> = {}) {
  return column(name, { datatype: 'double', arraysize: null, ...over });
}

function described(
  name: string,
  columns: readonly IColumnDescription[]
): ITableDescription {
  return { name, title: null, description: null, utype: null, rows: null, columns };
}

const OBSCORE: ISearchTable = {
  name: 'ivoa.ObsCore',
  title: 'ivoa.ObsCore',
  service: 'https://data.lsst.cloud/api/tap'
};

describe('the form of raw frames of ESO', () => {
  const found = discover(shipped('eso'));
  const raw = found.tables.find(({ name }) => name === 'dbo.raw')!;

  const adql = (fields: Partial<ISearchForm>): string =>
    found.form.search(raw, { ...EMPTY_FORM, ...fields })[0].adql;

  it('has a title in words, and fields of its own', () => {
    expect(raw.title).toBe('ESO raw frames (Observations)');
    const profile = found.profile(raw);
    expect(profile.fields.map(({ label }) => label).slice(0, 7)).toEqual([
      'Category',
      'Instrument',
      'Type',
      'Technique',
      'Night',
      'Programme',
      'Object'
    ]);
    expect(fieldOf(profile, 'calib_level')).toBeUndefined();
    expect(profile).toMatchObject({ key: 'dp_id', release: 'release_date' });
    expect(profile.size).toEqual({ column: 'access_estsize', bytes: 1000 });
  });

  it('finds words among the comma values of dp_type and dp_tech', () => {
    const lines = adql({
      columns: { dp_type: ['FLUX'], dp_tech: ['IMAGE', null] }
    }).split('\n');
    expect(lines.slice(2)).toEqual([
      "WHERE (dp_type = 'FLUX' OR dp_type LIKE 'FLUX,%' OR dp_type LIKE '%,FLUX' OR dp_type LIKE '%,FLUX,%')",
      "  AND (dp_tech = 'IMAGE' OR dp_tech LIKE 'IMAGE,%' OR dp_tech LIKE '%,IMAGE' OR dp_tech LIKE '%,IMAGE,%' OR dp_tech IS NULL)"
    ]);
  });

  it('takes a date for the night that begins on it at the telescopes', () => {
    const night = (date: string) => adql({ columns: { date_obs: date } });
    expect(night('2016-09-26')).toContain(
      "WHERE date_obs >= '2016-09-26T16:00:00'\n  AND date_obs < '2016-09-27T16:00:00'"
    );
    // A moment after midnight lies in the night that began on the day before.
    expect(night('2016-09-27 03:00')).toBe(night('2016-09-26'));
    expect(night('2016-09-26, 2016-10-01')).toContain(
      "WHERE ((date_obs >= '2016-09-26T16:00:00' AND date_obs < '2016-09-27T16:00:00') OR (date_obs >= "
    );
    expect(() => night('last night')).toThrow('‘last night’ is not a date.');
  });

  it('compares times as ISO 8601 texts, by the column of instants', () => {
    expect(adql({ from: '2016-09-26', until: '2016-09-26 03:04:05.5' })).toContain(
      "WHERE exp_start >= '2016-09-26T00:00:00'\n  AND exp_start <= '2016-09-26T03:04:05.500'"
    );
  });

  it('has no wavelengths to search by, and says so', () => {
    expect(() => adql({ wavelengthFrom: '500' })).toThrow(
      'This table has no wavelengths to search by.'
    );
  });
});

describe('the form of Rubin’s ObsCore', () => {
  const found = discover(shipped('rubin'));
  const columns = [
    column('dataproduct_type'),
    number('s_ra', { ucd: 'pos.eq.ra' }),
    number('s_dec', { ucd: 'pos.eq.dec' }),
    column('s_region', { xtype: 'adql:REGION' }),
    column('o_ucd'),
    column('lsst_band', { description: 'Abstract band' }),
    column('lsst_filter'),
    column('"lsst size"'),
    number('lsst_visit', { datatype: 'long', ucd: 'meta.id;obs' }),
    number('lsst_seeing', { unit: 'arcsec' }),
    number('lsst_corners', { arraysize: '8' }),
    column('lsst_day', { xtype: 'timestamp' }),
    column('snr', { datatype: 'float', arraysize: null, principal: true })
  ];
  const wide = found.profile(OBSCORE, described('ivoa.ObsCore', columns));

  it('shows the band among the first fields before anything was asked', () => {
    const labels = found.profile(OBSCORE).fields.map(({ label }) => label);
    expect(labels.indexOf('Band (lsst_band)')).toBeLessThan(
      labels.indexOf('Product subtype')
    );
    expect(fieldOf(found.profile(OBSCORE), 'lsst_band')).toMatchObject({
      facet: true,
      control: 'choice'
    });
  });

  it('gets no more fields than a page can bear', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => column(`c${index}`));
    const { fields } = found.profile(OBSCORE, described('ivoa.ObsCore', many));
    expect(fields.length).toBeGreaterThan(4000);
    expect(fields.length).toBeLessThan(6000);
  });

  it('gets a field for every other column that can be asked for', () => {
    const extra = wide.fields.filter(({ column: name }) => /lsst|snr/.test(name));
    expect(
      extra.map(({ column: name, label, control, values, more = false }) => {
        return [name, label, control, values, more];
      })
    ).toEqual([
      ['lsst_band', 'Band (lsst_band)', 'choice', 'text', false],
      ['lsst_filter', 'Filter (lsst_filter)', 'choice', 'text', true],
      ['"lsst size"', 'lsst size', 'choice', 'text', true],
      ['lsst_visit', 'Visit (lsst_visit)', 'text', 'number', true],
      ['lsst_seeing', 'Seeing (lsst_seeing)', 'range', 'number', true],
      ['lsst_day', 'Day (lsst_day)', 'range', 'time', true],
      ['snr', 'snr', 'range', 'number', false]
    ]);
    expect(fieldOf(wide, 'lsst_seeing')?.unit).toBe('arcsec');
    expect(fieldOf(wide, 'lsst_band')?.description).toBe('Abstract band');
  });

  it('keeps words in labels that say what a column is about', () => {
    const names = [
      'tpl_id',
      'tpl_name',
      'tpl_nexp',
      'tpl_expno',
      'lambda_min',
      'lambda_max'
    ];
    const profile = found.profile(
      OBSCORE,
      described(
        'ivoa.ObsCore',
        names.map(name => column(name))
      )
    );
    expect(profile.fields.map(({ label }) => label).slice(3, 6)).toEqual([
      'Tpl expno (tpl_expno)',
      'Lambda min (lambda_min)',
      'Lambda max (lambda_max)'
    ]);
  });

  it('VO-49: leaves out what the table lacks', () => {
    expect(wide.fields.map(({ column: name }) => name)).not.toContain('t_exptime');
    expect(wide).toMatchObject({ time: null, spectral: null, size: null, key: null });
    expect(wide.position).toEqual({ ra: 's_ra', dec: 's_dec', region: 's_region' });
    const bare = found.profile(OBSCORE, described('ivoa.ObsCore', []));
    expect(bare).toMatchObject({ position: null, fields: [] });
  });

  it('asks for long identifiers digit by digit, several at once', () => {
    const [query] = found.form.search(
      OBSCORE,
      { ...EMPTY_FORM, columns: { lsst_visit: '9007199254740993, 2' } },
      { profile: wide }
    );
    expect(query.adql).toContain('WHERE lsst_visit IN (9007199254740993, 2)');
  });
});

describe('the form of a table nobody knows', () => {
  it('finds position and key by what their columns mean', () => {
    const found = discover(shipped('gaia'));
    const [table] = found.tables;
    const profile = found.profile(
      table,
      described('gaia.source', [
        number('source_id', { datatype: 'long', ucd: 'meta.id;meta.main' }),
        number('ra', { ucd: 'pos.eq.ra;meta.main', unit: 'deg' }),
        number('dec', { ucd: 'pos.eq.dec;meta.main', unit: 'deg' })
      ])
    );
    expect(profile.position).toEqual({ ra: 'ra', dec: 'dec', region: null });
    expect(profile.key).toBe('source_id');
  });
});

it('has a field for each column that can be asked for, also of very wide tables', () => {
  const columns = Array.from({ length: 2000 }, (_, index) => number(`wide_${index}`));
  const { fields } = discover(shipped('rubin')).profile(
    OBSCORE,
    described('ivoa.ObsCore', columns)
  );
  expect(fields).toHaveLength(2000);
});
