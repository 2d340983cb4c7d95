import type { ISchemaKeeper } from '../../model/schema/schemas.js';
import type { IServiceSchema } from '../../model/schema/types.js';

const DATABASE = 'obsdeck-schemas';
const STORE = 'services';

/** Changes whenever what is kept has another shape; what has an old one is forgotten. */
const SHAPE = 1;

/** So many services are kept; the one read longest ago goes first. */
const MOST_SERVICES = 24;

/** What is kept of one service. */
interface IKept {
  readonly key: string;
  readonly savedAt: number;
  readonly schema: IServiceSchema;
}

/**
 * Keeps what services tell of themselves in the browser's own database (IndexedDB): public
 * descriptions, so that completion works without the service. Where there is no such
 * database, nothing is kept.
 */
export class SchemaKeeper implements ISchemaKeeper {
  /** @param _factory - the browser's; missing where it has none, as in some private modes */
  constructor(
    private readonly _factory: IDBFactory | undefined = globalThis.indexedDB,
    private readonly _now: () => number = Date.now
  ) {}

  async fetch(archive: string, service: string): Promise<IServiceSchema | null> {
    const kept = await this._do('readonly', store =>
      store.get(keyOf(archive, service))
    );
    return isKept(kept) ? { ...kept.schema, error: null } : null;
  }

  async save(archive: string, service: string, schema: IServiceSchema): Promise<void> {
    const kept: IKept = {
      key: keyOf(archive, service),
      savedAt: this._now(),
      schema: { ...schema, error: null }
    };
    await this._do('readwrite', store => store.put(kept));
    await this._forgetOldest();
  }

  private async _forgetOldest(): Promise<void> {
    const keys = (await this._do('readonly', store =>
      store.index('savedAt').getAllKeys()
    )) as IDBValidKey[] | undefined;
    for (const key of keys?.slice(0, Math.max(0, keys.length - MOST_SERVICES)) ?? []) {
      await this._do('readwrite', store => store.delete(key));
    }
  }

  /** Make one request and wait for its end. */
  private async _do(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest
  ): Promise<unknown> {
    this._database ??= this._open();
    const database = await this._database;
    return (
      database && answerOf(ask(database.transaction(STORE, mode).objectStore(STORE)))
    );
  }

  private async _open(): Promise<IDBDatabase | null> {
    if (this._factory === undefined) {
      return null;
    }
    const request = this._factory.open(DATABASE, SHAPE);
    request.onupgradeneeded = () => {
      const { result } = request;
      for (const name of [...result.objectStoreNames]) {
        result.deleteObjectStore(name);
      }
      result
        .createObjectStore(STORE, { keyPath: 'key' })
        .createIndex('savedAt', 'savedAt');
    };
    const database = (await answerOf(request)) as IDBDatabase;
    // Another tab brings a newer shape: it must not wait for this one.
    database.onversionchange = () => database.close();
    return database;
  }

  private _database: Promise<IDBDatabase | null> | null = null;
}

function keyOf(archive: string, service: string): string {
  return `${archive} ${service}`;
}

function answerOf(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database failed.'));
  });
}

/** Kept by this version, or by one that left the same shape; others are not believed. */
function isKept(value: unknown): value is IKept {
  const schema = (value as IKept | undefined)?.schema;
  return (
    Array.isArray(schema?.tables?.schemas) &&
    Array.isArray(schema.examples) &&
    Number.isFinite(schema.readAt) &&
    schema.tables.schemas.every(
      ({ tables }) =>
        Array.isArray(tables) &&
        tables.every(
          ({ name, columns }) => typeof name === 'string' && Array.isArray(columns)
        )
    )
  );
}
