import { describe, expect, it } from 'vitest';

import { TapDiscovery } from '../../src/archives/ivoa/discovery.js';
import type { IArchiveDefinition } from '../../src/archives/archive.js';
import { EMPTY_FORM, serviceContext } from '../../src/protocol/form.js';
import { parseRegion } from '../../src/protocol/region.js';
import { parseCapabilities, parseTables } from '../../src/protocol/vosi.js';
import { streamVOTable } from '../../src/protocol/votable/index.js';
import { fixture } from '../support/fixtures.js';
import { FakeTransport } from '../support/transport.js';

const SERVICE = 'https://x.org/tap';

function discovery(profiles: object = {}): TapDiscovery {
  const definition: IArchiveDefinition = {
    id: 'x',
    name: 'Example',
    kind: 'ivoa',
    description: '',
    services: { tap: [{ url: SERVICE, title: 'Example', ...profiles }] },
    signIn: { kind: 'none' },
    origins: ['https://x.org'],
    rank: 1,
    origin: 'user',
    editable: true
  };
  const transport = new FakeTransport(() => new Response(''));
  return new TapDiscovery(definition, { transport, readVOTable: streamVOTable });
}

function capability(models: readonly string[]) {
  const text = `<capabilities><capability standardID="ivo://ivoa.net/std/TAP">${models
    .map(id => `<dataModel ivo-id="${id}">x</dataModel>`)
    .join('')}</capability></capabilities>`;
  return parseCapabilities(text)[0].tap;
}

describe('ObsCore', () => {
  it.each([
    'ivo://ivoa.net/std/ObsCore#core-1.1',
    'ivo://ivoa.net/std/ObsCore/v1.1',
    'ivo://ivoa.net/std/obscore/v1.0',
    'ivo://ivoa.net/std/ObsCore#table-1.1',
    'ivo://ivoa.net/std/ObsCore-1.0'
  ])('VO-48: is found by the data model %s', id => {
    const set = parseTables(
      '<tableset><schema><table><name>a.b</name></table></schema></tableset>'
    );
    const names = (tap: ReturnType<typeof capability>) =>
      discovery()
        .tablesOf(SERVICE, set, tap)
        .map(({ name }) => name);
    expect(names(capability([id]))).toEqual(['ivoa.ObsCore', 'a.b']);
    expect(names(capability(['ivo://ivoa.net/std/RegTAP#1.1']))).toEqual(['a.b']);
  });

  it('VO-48: is found under other names by the utype of its table', () => {
    const found = discovery();
    const set =
      parseTables(`<tableset><schema><table><name>TAP_SCHEMA.tables</name></table>
      <table><name>my.images</name><utype>ivo://ivoa.net/std/ObsCore#table-1.1</utype>
      <column><name>s_ra</name></column><column><name>s_dec</name></column></table>
      <table><name>other.t</name></table></schema></tableset>`);
    const tables = found.tablesOf(SERVICE, set, null);
    expect(tables.map(({ name }) => name)).toEqual([
      'my.images',
      'other.t',
      'TAP_SCHEMA.tables'
    ]);
    const described = set.schemas[0].tables[1];
    expect(found.profile(tables[0], described).position).toMatchObject({ ra: 's_ra' });
  });

  it('VO-49: without half of its columns is searched by the other half', () => {
    const found = discovery();
    const [table] = found.tables;
    const names = ['s_ra', 'S_DEC', 'calib_level', 'access_url'];
    const [description] = parseTables(
      `<table><name>ivoa.ObsCore</name>${names
        .map(name => `<column><name>${name}</name></column>`)
        .join('')}</table>`
    ).schemas[0].tables;
    const profile = found.profile(table, description);
    expect(profile.fields.map(({ column }) => column)).toEqual(['calib_level']);
    const context = { profile, columns: names };
    const search = (fields: object) =>
      found.form.search(table, { ...EMPTY_FORM, ...fields }, context)[0].adql;
    expect(search({ position: '10 20', columns: { calib_level: [2] } })).toContain(
      "POINT('ICRS', s_ra, S_DEC)"
    );
    // A search that was kept from before still asks for it.
    expect(() => search({ columns: { t_exptime: { min: '1', max: '' } } })).toThrow(
      'This service has no t_exptime.'
    );
    const cost = found.form.cost(table, EMPTY_FORM, context);
    expect(cost.adql).not.toContain('access_estsize');
  });

  it.each([
    ['Circle', 'CIRCLE J2000 10 20 1', 'circle'],
    ['Polygon', 'polygon icrs 0 0 1 0 1 1', 'polygon'],
    ['Union', 'UNION J2000 ( POLYGON 0 0 1 0 1 1 POLYGON 5 5 6 5 6 6 )', 'union'],
    ['Position', 'Position GALACTIC 0 0', 'position'],
    ['Box', 'BOX FK5 TOPOCENTER 10 20 1 2', 'box']
  ])('VO-51: %s is read in any case and frame', (_, text, shape) => {
    expect(parseRegion(text).shape).toBe(shape);
  });

  it('VO-51: unknown shapes are kept as text', () => {
    const text = 'Convex ICRS 0 0 1 0.5';
    expect(parseRegion(text)).toEqual({ shape: 'unknown', text });
  });
});

describe('Rubin', () => {
  it('RUBIN-12: its capabilities have no INTERSECTS, so none is written', context => {
    const text = new TextDecoder().decode(
      fixture(context, 'rubin/rsp_tap-capabilities.xml')
    );
    const tap = parseCapabilities(text).find(found => found.tap)?.tap ?? null;
    const service = serviceContext(tap);
    expect([...(service.geometry ?? [])].sort()).toEqual([
      'CIRCLE',
      'CONTAINS',
      'DISTANCE',
      'POINT',
      'POLYGON'
    ]);
    const found = discovery({ tables: ['ivoa.ObsCore'] });
    const adql = (fields: object, where: object) =>
      found.form.search(found.tables[0], { ...EMPTY_FORM, ...fields }, where)[0].adql;
    const circle = { position: '10 20' };
    expect(adql(circle, service)).toMatch(/CONTAINS\(POINT\(/);
    expect(adql(circle, service)).not.toContain('INTERSECTS');
    expect(adql({ polygon: '1 2, 2 2, 2 3' }, service)).not.toContain('INTERSECTS');
    const other = { geometry: new Set([...(service.geometry ?? []), 'INTERSECTS']) };
    expect(adql(circle, other)).toContain('INTERSECTS(s_region, CIRCLE(');
  });

  it('RUBIN-13: MAXREC is part of every query a form makes', () => {
    const found = discovery({ tables: ['ivoa.ObsCore'] });
    const [table] = found.tables;
    const [search] = found.form.search(table, { ...EMPTY_FORM, rowLimit: '2,500' });
    expect(search.maxrec).toBe(2500);
    const cost = found.form.cost(table, EMPTY_FORM);
    const facet = found.form.facet(table, EMPTY_FORM, 'calib_level');
    const slice = found.form.nextSlice(table, search, { key: 'x' });
    for (const query of [search, cost, facet, slice]) {
      expect(query?.maxrec).toBeGreaterThan(0);
      expect(query?.maxrec).toBeLessThanOrEqual(5000);
    }
    for (const rowLimit of ['', '0', 'many']) {
      expect(() => found.form.search(table, { ...EMPTY_FORM, rowLimit })).toThrow(
        'Row limit must be a whole number of at least 1.'
      );
    }
  });
});
