import { type ISignal, Signal } from '@lumino/signaling';

import type { IArchive, ISchemaSource, ISearchTable } from '../../archives/archive.js';
import { asProtocolError, isAbort, ProtocolError } from '../../protocol/errors.js';
import type { ITableDescription } from '../../protocol/vosi.js';
import { countColumns, findIn, mergeTables, withTable } from './merge.js';
import type { ISchemas, IServiceSchema } from './types.js';

/** Keeps what services told over visits. Public descriptions only. */
export interface ISchemaKeeper {
  /** Null where nothing (readable) is kept. */
  fetch(archive: string, service: string): Promise<IServiceSchema | null>;
  save(archive: string, service: string, schema: IServiceSchema): Promise<void>;
}

/** What is known of a service here. */
interface IEntry {
  schema: IServiceSchema | null;
  /** It was asked on this page, and answered. */
  isFresh: boolean;
  recalling: Promise<IServiceSchema | null> | null;
  /** The end of the line of questions to it: one is asked at a time. */
  line: Promise<unknown>;
}

/** Beyond so many columns the descriptions of a service are not all kept at once. */
const MOST_COLUMNS = 200_000;

/** What services tell of themselves, asked once a page and kept for the next visits. */
export class Schemas implements ISchemas {
  /**
   * @param _keeper - keeps it over visits; only this page knows it where there is none
   * @param _now - milliseconds since 1970
   */
  constructor(
    private readonly _keeper: ISchemaKeeper | null = null,
    private readonly _now: () => number = Date.now
  ) {}

  /** Emitted with archive and service when something new is known. */
  get changed(): ISignal<this, { readonly archive: string; readonly service: string }> {
    return this._changed;
  }

  get(archive: string, service: string): IServiceSchema | null {
    return this._entries.get(keyOf(archive, service))?.schema ?? null;
  }

  table(archive: string, service: string, name: string): ITableDescription | null {
    const schema = this.get(archive, service);
    const found = schema && findIn(schema.tables, name);
    return found && found.columns.length > 0 ? found : null;
  }

  recall(archive: string, service: string): Promise<IServiceSchema | null> {
    const entry = this._entry(archive, service);
    entry.recalling ??= this._recall(archive, service, entry);
    return entry.recalling;
  }

  async load(
    archive: IArchive,
    service: string,
    signal?: AbortSignal
  ): Promise<IServiceSchema> {
    const { id } = archive.definition;
    const entry = this._entry(id, service);
    await this.recall(id, service);
    return this._inLine(entry, signal, async () => {
      if (entry.isFresh && entry.schema) {
        return entry.schema;
      }
      try {
        const schema = await this._ask(sourceOf(archive), service, entry, signal);
        entry.isFresh = true;
        this._set(id, service, entry, schema);
        this._keep(id, service, schema);
        return schema;
      } catch (error) {
        this._note(id, service, entry, error);
        throw error;
      }
    });
  }

  async loadColumns(
    archive: IArchive,
    service: string,
    signal?: AbortSignal
  ): Promise<IServiceSchema> {
    const { id } = archive.definition;
    const entry = this._entry(id, service);
    await this.recall(id, service);
    return this._inLine(entry, signal, async () => {
      const before = entry.schema ?? empty(this._now());
      const read = await sourceOf(archive).tables(service, 'max', signal);
      const tables = mergeTables(read, before.tables);
      const schema: IServiceSchema = { ...before, tables, isWhole: true };
      this._set(id, service, entry, schema);
      this._keep(id, service, schema);
      return schema;
    });
  }

  async describe(
    archive: IArchive,
    table: ISearchTable,
    signal?: AbortSignal
  ): Promise<ITableDescription> {
    const { id } = archive.definition;
    const { service, name } = table;
    const entry = this._entry(id, service);
    await this.recall(id, service);
    return this._inLine(entry, signal, async () => {
      const known = this.table(id, service, name);
      if (known) {
        return known;
      }
      const quiet = signal ?? new AbortController().signal;
      const found = await discoverOf(archive).describe(table, quiet);
      const before = entry.schema ?? empty(this._now());
      const schema = { ...before, tables: withTable(before.tables, found, name) };
      this._set(id, service, entry, schema);
      this._keep(id, service, schema);
      return found;
    });
  }

  /** Tables first; what the service can do and its examples may be missing. */
  private async _ask(
    source: ISchemaSource,
    service: string,
    entry: IEntry,
    signal?: AbortSignal
  ): Promise<IServiceSchema> {
    const read = await source.tables(service, 'min', signal);
    const tables = mergeTables(read, entry.schema?.tables ?? null);
    const missing = <T>(instead: T) => {
      return (reason: unknown): T => {
        if (signal?.aborted || isCancelled(reason)) {
          throw reason;
        }
        return instead;
      };
    };
    const capability = await source
      .capability(service, signal)
      .catch(missing(entry.schema?.capability ?? null));
    const examples = await source
      .examples(service, signal)
      .catch(missing(entry.schema?.examples ?? []));
    return {
      tables,
      isWhole: true,
      capability,
      examples,
      readAt: this._now(),
      error: null
    };
  }

  private async _recall(
    archive: string,
    service: string,
    entry: IEntry
  ): Promise<IServiceSchema | null> {
    try {
      const kept = await this._keeper?.fetch(archive, service);
      if (kept && !entry.schema) {
        this._set(archive, service, entry, kept);
      }
    } catch {
      // What cannot be read is as good as not kept; the service is asked when needed.
    }
    return entry.schema;
  }

  /** Do one thing after the other; a question that failed holds up no other. */
  private async _inLine<T>(
    entry: IEntry,
    signal: AbortSignal | undefined,
    work: () => Promise<T>
  ): Promise<T> {
    const turn = entry.line.then(() => {
      if (signal?.aborted) {
        throw new ProtocolError('cancelled', 'The question was stopped.');
      }
      return work();
    });
    entry.line = turn.catch(() => undefined);
    return turn;
  }

  /** What was known stays, with the reason why it is not new. */
  private _note(
    archive: string,
    service: string,
    entry: IEntry,
    reason: unknown
  ): void {
    if (entry.schema && !isCancelled(reason)) {
      const schema = { ...entry.schema, error: asProtocolError(reason) };
      this._set(archive, service, entry, schema);
    }
  }

  private _set(
    archive: string,
    service: string,
    entry: IEntry,
    schema: IServiceSchema
  ): void {
    entry.schema = schema;
    this._changed.emit({ archive, service });
  }

  private _keep(archive: string, service: string, schema: IServiceSchema): void {
    if (countColumns(schema.tables) > MOST_COLUMNS) {
      return;
    }
    void this._keeper?.save(archive, service, schema).catch((reason: unknown) => {
      console.warn('Obsdeck: the tables of a service could not be kept.', reason);
    });
  }

  private _entry(archive: string, service: string): IEntry {
    const key = keyOf(archive, service);
    let entry = this._entries.get(key);
    if (entry === undefined) {
      entry = {
        schema: null,
        isFresh: false,
        recalling: null,
        line: Promise.resolve()
      };
      this._entries.set(key, entry);
    }
    return entry;
  }

  private readonly _entries = new Map<string, IEntry>();
  private readonly _changed = new Signal<
    this,
    { readonly archive: string; readonly service: string }
  >(this);
}

function keyOf(archive: string, service: string): string {
  return `${archive} ${service}`;
}

function isCancelled(reason: unknown): boolean {
  return (
    isAbort(reason) || (reason instanceof ProtocolError && reason.kind === 'cancelled')
  );
}

function discoverOf(archive: IArchive): NonNullable<IArchive['discover']> {
  if (!archive.discover) {
    throw new ProtocolError('not-found', 'This archive has no tables.', {
      archive: archive.definition.name
    });
  }
  return archive.discover;
}

function sourceOf(archive: IArchive): ISchemaSource {
  return discoverOf(archive).schema;
}

/** Nothing known yet but a table that was asked for. */
function empty(readAt: number): IServiceSchema {
  const tables = { schemas: [] };
  return { tables, capability: null, examples: [], readAt, error: null };
}
