import { describe, expect, it } from 'vitest';

import {
  ArchiveRegistry,
  createIvoaArchive,
  type IArchiveDefinition,
  type IArchiveMeans
} from '../../../src/archives/index.js';
import { EMPTY_FORM, FormError } from '../../../src/protocol/form.js';
import { streamVOTable } from '../../../src/protocol/votable/index.js';
import { FakeTransport, votable } from '../../support/transport.js';

const DEFINITION: IArchiveDefinition = {
  id: 'x',
  name: 'Example archive',
  kind: 'ivoa',
  description: 'For tests.',
  services: {
    tap: [
      {
        url: 'https://x.org/tap_obs',
        title: 'Observations',
        tables: ['ivoa.ObsCore', 'dbo.raw'],
        maxrec: 5000
      },
      { url: 'https://x.org/tap_cat', title: 'Catalogues' }
    ]
  },
  signIn: { kind: 'none' },
  origins: ['https://x.org'],
  rank: 1,
  defaultRowLimit: 20000,
  origin: 'shipped',
  editable: false
};

function transport(): FakeTransport {
  return new FakeTransport(() => new Response(votable({ rows: [1, 2] })));
}

function using(way: FakeTransport): IArchiveMeans {
  return { transport: way, readVOTable: streamVOTable };
}

function discover(definition: IArchiveDefinition, way = transport()) {
  const { discover: found } = createIvoaArchive(definition, using(way));
  expect(found).toBeDefined();
  return found!;
}

describe('createIvoaArchive', () => {
  it('offers the tables of every TAP service', () => {
    expect(discover(DEFINITION).tables).toEqual([
      {
        name: 'ivoa.ObsCore',
        title: 'ivoa.ObsCore (Observations)',
        service: 'https://x.org/tap_obs'
      },
      {
        name: 'dbo.raw',
        title: 'dbo.raw (Observations)',
        service: 'https://x.org/tap_obs'
      },
      {
        name: 'TAP_SCHEMA.tables',
        title: 'TAP_SCHEMA.tables (Catalogues)',
        service: 'https://x.org/tap_cat'
      }
    ]);
  });

  it('expects ObsCore at a service the user added, of which nothing is known', () => {
    const added: IArchiveDefinition = {
      ...DEFINITION,
      services: { tap: [{ url: 'https://x.org/tap', title: 'Mine' }] },
      defaultRowLimit: undefined,
      origin: 'user'
    };
    const found = discover(added);
    expect(found.tables.map(({ title }) => title)).toEqual([
      'ivoa.ObsCore',
      'TAP_SCHEMA.tables'
    ]);
    expect(found.defaultRowLimit).toBe(1000);
  });

  it('offers no search without a TAP service', () => {
    expect(
      createIvoaArchive({ ...DEFINITION, services: {} }, using(transport()))
    ).toEqual({
      definition: { ...DEFINITION, services: {} }
    });
  });

  it('asks for no more rows than the service gives', () => {
    const found = discover(DEFINITION);
    const [obscore, , catalogues] = found.tables;
    const form = { ...EMPTY_FORM, rowLimit: 20000 };
    expect(found.defaultRowLimit).toBe(20000);
    expect(found.form.search(obscore, form)[0].maxrec).toBe(5000);
    expect(found.form.search(catalogues, form)).toEqual([
      { adql: 'SELECT *\nFROM TAP_SCHEMA.tables', maxrec: 20000 }
    ]);
  });

  it('does not search tables by columns of ObsCore that are no ObsCore', () => {
    const found = discover(DEFINITION);
    const form = { ...EMPTY_FORM, columns: { calib_level: [1] } };
    const [query] = found.form.search(found.tables[0], form);
    expect(query.adql).toContain('calib_level = 1');
    expect(() => found.form.search(found.tables[1], form)).toThrow(FormError);
  });

  it('runs a query at the service of its table, on behalf of the archive', async () => {
    const way = transport();
    const found = discover(DEFINITION, way);
    const { signal } = new AbortController();
    let rows = 0;
    for await (const event of found.run(
      found.tables[2],
      { adql: 'SELECT n FROM t', maxrec: 3 },
      signal
    )) {
      rows = event.type === 'batch' ? event.rows : rows;
    }
    expect(rows).toBe(2);
    expect(way.seen[0]).toMatchObject({
      archive: 'x',
      request: { url: 'https://x.org/tap_cat/sync', signal }
    });
  });

  it('describes a table', async () => {
    const way = new FakeTransport(
      () =>
        new Response(
          '<table><name>dbo.raw</name><column><name>dp_id</name></column></table>'
        )
    );
    const found = discover(DEFINITION, way);
    const table = await found.describe(found.tables[1], new AbortController().signal);
    expect(table.columns.map(({ name }) => name)).toEqual(['dp_id']);
  });
});

describe('ArchiveRegistry', () => {
  it('treats unknown kinds by the IVOA services they have', () => {
    const registry = new ArchiveRegistry(using(transport()));
    expect(registry.create({ ...DEFINITION, kind: 'new' }).discover).toBeDefined();
    expect(registry.create({ ...DEFINITION, services: {} }).discover).toBeUndefined();
  });

  it('lets the last one registered for a kind win, until it is taken back', () => {
    const means = using(transport());
    const registry = new ArchiveRegistry(means);
    const made: string[] = [];
    const factory = (name: string) => (definition: IArchiveDefinition, by: unknown) => {
      expect(by).toBe(means);
      made.push(name);
      return { definition };
    };
    const takeBackFirst = registry.register('eso', factory('first'));
    const takeBackSecond = registry.register('eso', factory('second'));
    registry.create({ ...DEFINITION, kind: 'eso' });
    takeBackSecond();
    registry.create({ ...DEFINITION, kind: 'eso' });
    takeBackFirst();
    expect(made).toEqual(['second', 'first']);
    expect(registry.create({ ...DEFINITION, kind: 'eso' }).discover).toBeDefined();
    expect(registry.create(DEFINITION).discover).toBeDefined();
  });
});
