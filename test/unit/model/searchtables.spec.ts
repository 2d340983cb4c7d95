import { describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../src/archives/archive.js';
import { createIvoaArchive } from '../../../src/archives/index.js';
import { Schemas } from '../../../src/model/schema/schemas.js';
import { SearchModel } from '../../../src/model/search.js';
import { streamVOTable } from '../../../src/protocol/votable/index.js';
import { FakeTransport } from '../../support/transport.js';
import { capability, table, tableSet } from '../protocol/adql/support.js';
import { archiveOf } from './rows.js';

const SERVICE = 'https://x.example/tap';

/** A service that the user added: which tables it has only the service can tell. */
function added(...names: readonly string[]): IArchive {
  const { definition } = archiveOf(async function* () {});
  const archive = createIvoaArchive(
    {
      ...definition,
      id: 'x',
      origin: 'user',
      services: { tap: [{ url: SERVICE, title: 'X' }] }
    },
    {
      transport: new FakeTransport(() => new Response('', { status: 500 })),
      readVOTable: streamVOTable
    }
  );
  const schema = {
    tables: vi.fn(async () => tableSet(...names.map(name => table(name, ['s_ra'])))),
    capability: async () => capability([]),
    examples: async () => []
  };
  const describe = async () => table('ivoa.ObsCore', ['s_ra']);
  return { ...archive, discover: proxied(archive, { schema, describe }) };
}

/** A discovery whose questions the test answers. */
function proxied(
  { discover }: IArchive,
  own: object
): NonNullable<IArchive['discover']> {
  return Object.assign(Object.create(discover!), own) as NonNullable<typeof discover>;
}

function modelOf(archive: IArchive, schemas: Schemas): SearchModel {
  const model = new SearchModel(schemas);
  model.setArchives([archive]);
  return model;
}

const names = (model: SearchModel) => model.tables.map(({ name }) => name);

describe('Tables of a service that the user added', () => {
  it('are those that are likely until the service has listed its own', async () => {
    const archive = added('my.stars', 'ivoa.ObsCore', 'TAP_SCHEMA.tables');
    const schemas = new Schemas();
    const model = modelOf(archive, schemas);
    expect(names(model)).toEqual(['ivoa.ObsCore', 'TAP_SCHEMA.tables']);
    expect(archive.discover!.schema.tables).not.toHaveBeenCalled();
    await schemas.load(archive, SERVICE);
    expect(names(model)).toEqual(['ivoa.ObsCore', 'my.stars', 'TAP_SCHEMA.tables']);
    expect(model.table?.name).toBe('ivoa.ObsCore');
    model.setTable('my.stars');
    expect(model.request?.query.adql).toContain('FROM my.stars');
  });

  it('are not fewer because one of them was described', async () => {
    const archive = added('ivoa.ObsCore');
    const schemas = new Schemas();
    const model = modelOf(archive, schemas);
    await schemas.describe(archive, model.table!);
    expect(names(model)).toEqual(['ivoa.ObsCore', 'TAP_SCHEMA.tables']);
  });

  it('take the place of one that the service turns out not to have', async () => {
    const archive = added('my.images', 'my.stars');
    const schemas = new Schemas();
    const model = modelOf(archive, schemas);
    await schemas.load(archive, SERVICE);
    expect(model.table?.name).toBe('my.images');
  });

  it('are chosen again after a reload once they are known', async () => {
    const archive = added('my.images', 'my.stars');
    const schemas = new Schemas();
    const model = modelOf(archive, schemas);
    model.restore({ archive: 'x', table: 'my.stars' });
    expect(model.table?.name).toBe('ivoa.ObsCore');
    await schemas.load(archive, SERVICE);
    expect(model.table?.name).toBe('my.stars');
  });
});
