import { describe, expect, it } from 'vitest';

import type { IServiceSchema } from '../../../../src/model/schema/types.js';
import { SchemaKeeper } from '../../../../src/plugins/search/schemakeeper.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { table, tableSet } from '../../protocol/adql/support.js';

/** A request that is answered in the next turn, as a database does. */
function request(work: () => unknown): IDBRequest {
  const made = { result: undefined as unknown, onsuccess: null as (() => void) | null };
  setTimeout(() => {
    made.result = work();
    made.onsuccess?.();
  }, 0);
  return made as unknown as IDBRequest;
}

/** As much of a database as is used: one store, by key, with an index of times. */
function database(rows: Map<string, { key: string; savedAt: number }>): IDBFactory {
  const copy = <T>(value: T): T => structuredClone(value);
  const store = {
    get: (key: string) => request(() => copy(rows.get(key))),
    put: (row: { key: string; savedAt: number }) =>
      request(() => void rows.set(row.key, copy(row))),
    delete: (key: string) => request(() => void rows.delete(key)),
    index: () => ({
      getAllKeys: () =>
        request(() =>
          [...rows.values()].sort((a, b) => a.savedAt - b.savedAt).map(({ key }) => key)
        )
    }),
    createIndex: () => undefined
  };
  const opened = {
    objectStoreNames: [],
    createObjectStore: () => store,
    transaction: () => ({ objectStore: () => store })
  };
  return { open: () => request(() => opened) } as unknown as IDBFactory;
}

const SCHEMA: IServiceSchema = {
  tables: tableSet(table('dbo.raw', ['dp_id'])),
  capability: null,
  examples: [],
  readAt: 42,
  error: null
};

describe('SchemaKeeper', () => {
  it('keeps what a service told, without why it last failed', async () => {
    const keeper = new SchemaKeeper(database(new Map()));
    const error = new ProtocolError('unavailable', 'No answer.');
    await keeper.save('x', 'https://x.example/tap', { ...SCHEMA, error });
    expect(await keeper.fetch('x', 'https://x.example/tap')).toEqual(SCHEMA);
    expect(await keeper.fetch('y', 'https://x.example/tap')).toBeNull();
  });

  it('forgets the services that were read longest ago', async () => {
    const rows = new Map<string, { key: string; savedAt: number }>();
    let now = 0;
    const keeper = new SchemaKeeper(database(rows), () => (now += 1));
    for (let index = 0; index < 30; index += 1) {
      await keeper.save(`a${index}`, 's', SCHEMA);
    }
    expect(rows.size).toBe(24);
    expect(await keeper.fetch('a0', 's')).toBeNull();
    expect(await keeper.fetch('a29', 's')).not.toBeNull();
  });

  it('does not believe what has another shape', async () => {
    for (const schema of [
      null,
      {},
      { ...SCHEMA, tables: null },
      { ...SCHEMA, tables: { schemas: [{ tables: [{ name: 1 }] }] } },
      { ...SCHEMA, readAt: 'yesterday' }
    ]) {
      const row = { key: 'x s', savedAt: 1, schema };
      const keeper = new SchemaKeeper(database(new Map([['x s', row]])));
      expect(await keeper.fetch('x', 's')).toBeNull();
    }
  });

  it('keeps nothing where there is no database', async () => {
    const keeper = new SchemaKeeper(undefined);
    await keeper.save('x', 's', SCHEMA);
    expect(await keeper.fetch('x', 's')).toBeNull();
  });
});
