import { describe, expect, it } from 'vitest';

import type { IArchive, ISchemaSource } from '../../../src/archives/archive.js';
import { type ISchemaKeeper, Schemas } from '../../../src/model/schema/schemas.js';
import type { IServiceSchema } from '../../../src/model/schema/types.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import type { ITableDescription, ITableSet } from '../../../src/protocol/vosi.js';
import { capability, table, tableSet } from '../protocol/adql/support.js';

const SERVICE = 'https://x.example/tap';
const RAW = { name: 'dbo.raw', title: 'dbo.raw', service: SERVICE };

/** A service with tables, and a note of what it was asked. */
class Service {
  asked: string[] = [];
  fails: ProtocolError | null = null;
  tables: ITableSet = tableSet(table('dbo.raw'), table('ivoa.ObsCore'));
  described: ITableDescription = table('dbo.raw', ['dp_id', 'ra']);

  get archive(): IArchive {
    const schema: ISchemaSource = {
      tables: async (_, detail) => this._ask(`tables ${detail}`, this.tables),
      capability: async () => this._ask('capability', capability(['POINT'])),
      examples: async () => {
        this._ask('examples', null);
        throw new ProtocolError('not-found', 'There are none.');
      }
    };
    const describe = async (): Promise<ITableDescription> =>
      this._ask('describe', this.described);
    return {
      definition: { id: 'x', name: 'X' },
      discover: { schema, describe }
    } as unknown as IArchive;
  }

  private _ask<T>(what: string, answer: T): T {
    this.asked.push(what);
    if (this.fails) {
      throw this.fails;
    }
    return answer;
  }
}

/** Keeps in memory, as JSON, what was kept before. */
function keeper(): ISchemaKeeper & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    fetch: async (archive, service) => {
      const text = kept.get(`${archive} ${service}`);
      return text === undefined ? null : (JSON.parse(text) as IServiceSchema);
    },
    save: async (archive, service, schema) => {
      kept.set(`${archive} ${service}`, JSON.stringify(schema));
    }
  };
}

describe('Schemas', () => {
  it('asks a service once a page, in one question after the other', async () => {
    const service = new Service();
    const schemas = new Schemas(keeper(), () => 42);
    expect(schemas.get('x', SERVICE)).toBeNull();
    const [one, other] = await Promise.all([
      schemas.load(service.archive, SERVICE),
      schemas.load(service.archive, SERVICE)
    ]);
    expect(one).toBe(other);
    expect(one).toMatchObject({ readAt: 42, error: null, examples: [] });
    expect(service.asked).toEqual(['tables min', 'capability', 'examples']);
  });

  it('takes what is kept without asking the service', async () => {
    const store = keeper();
    const service = new Service();
    const first = new Schemas(store, () => 42);
    await first.load(service.archive, SERVICE);
    await first.describe(service.archive, RAW);
    service.asked = [];
    const later = new Schemas(store);
    await later.recall('x', SERVICE);
    expect(later.get('x', SERVICE)?.readAt).toBe(42);
    expect(later.table('x', SERVICE, 'DBO.RAW')?.columns).toHaveLength(2);
    expect(service.asked).toEqual([]);
  });

  it('keeps what it knew, and says why it is not new', async () => {
    const store = keeper();
    const service = new Service();
    await new Schemas(store, () => 42).load(service.archive, SERVICE);
    service.fails = new ProtocolError('unavailable', 'No answer.');
    const schemas = new Schemas(store);
    await expect(schemas.load(service.archive, SERVICE)).rejects.toThrow('No answer.');
    expect(schemas.get('x', SERVICE)).toMatchObject({
      readAt: 42,
      error: { kind: 'unavailable' }
    });
    service.fails = null;
    await schemas.load(service.archive, SERVICE);
    expect(schemas.get('x', SERVICE)?.error).toBeNull();
  });

  it('asks for the columns of a table once, and keeps them when tables are read anew', async () => {
    const service = new Service();
    const schemas = new Schemas();
    await schemas.describe(service.archive, RAW);
    await schemas.describe(service.archive, RAW);
    expect(service.asked).toEqual(['describe']);
    await schemas.load(service.archive, SERVICE);
    expect(schemas.table('x', SERVICE, 'dbo.raw')?.columns).toHaveLength(2);
    expect(schemas.table('x', SERVICE, 'ivoa.ObsCore')).toBeNull();
    expect(schemas.get('x', SERVICE)?.tables.schemas).toHaveLength(2);
  });

  it('knows a table that the service does not list', async () => {
    const service = new Service();
    const schemas = new Schemas();
    await schemas.load(service.archive, SERVICE);
    await schemas.describe(service.archive, { ...RAW, name: 'hidden.t' });
    expect(schemas.table('x', SERVICE, 'hidden.t')?.columns).toHaveLength(2);
  });

  it('tells when something new is known', async () => {
    const service = new Service();
    const schemas = new Schemas();
    const told: unknown[] = [];
    schemas.changed.connect((_, what) => told.push(what));
    await schemas.load(service.archive, SERVICE);
    expect(told).toEqual([{ archive: 'x', service: SERVICE }]);
  });

  it('does not ask for what was given up before its turn', async () => {
    const service = new Service();
    const schemas = new Schemas();
    const stop = new AbortController();
    stop.abort();
    await expect(
      schemas.load(service.archive, SERVICE, stop.signal)
    ).rejects.toMatchObject({ kind: 'cancelled' });
    expect(service.asked).toEqual([]);
  });

  it('bears a keeper that fails', async () => {
    const service = new Service();
    const broken: ISchemaKeeper = {
      fetch: () => Promise.reject(new Error('no database')),
      save: () => Promise.reject(new Error('full'))
    };
    const schemas = new Schemas(broken);
    expect(await schemas.recall('x', SERVICE)).toBeNull();
    await schemas.load(service.archive, SERVICE);
    expect(schemas.get('x', SERVICE)).not.toBeNull();
  });
});
