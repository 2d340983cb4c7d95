import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IQueryExample, ISearchTable } from '../../archives/archive.js';
import {
  type ICheckContext,
  type ICompletionContext,
  namesOf,
  splitName,
  tablesNamed
} from '../../protocol/adql/index.js';
import { asProtocolError, type ProtocolError } from '../../protocol/errors.js';
import type { ITableSet } from '../../protocol/vosi.js';
import type { IQueryRequest, QueryModel } from '../query.js';
import { Timer } from '../timer.js';
import type { ISchemas, IServiceSchema } from './types.js';

/** Seconds of quiet before the tables of an edited text are looked at. */
const PAUSE = 0.4;

/** So many tables of one text are described at most. */
const MOST_TABLES = 12;

const NOTHING: ITableSet = { schemas: [] };

/** What the editor of one query knows of the service; asks it only once started. */
export class QuerySchema implements IDisposable {
  /**
   * @param _schemas - what services tell of themselves
   * @param _query - the query that is edited
   */
  constructor(
    private readonly _schemas: ISchemas,
    private readonly _query: QueryModel
  ) {
    _schemas.changed.connect(this._onSchema, this);
    _query.changed.connect(this._onQuery, this);
  }

  /** Emitted when something new is known, and when asking begins or ends. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What is known of the service; null before anything is. */
  get known(): IServiceSchema | null {
    const { request } = this._query;
    return (
      request && this._schemas.get(request.archive.definition.id, request.table.service)
    );
  }

  /** The service is being asked. */
  get isReading(): boolean {
    return this._reading !== null;
  }

  /** Resolves once the service has told what it is asked for; null while it is not asked. */
  get ready(): Promise<void> | null {
    return this.isReading ? this._started : null;
  }

  /** Why the service could not be asked the last time; what was kept is still here. */
  get error(): ProtocolError | null {
    return this._error;
  }

  get examples(): readonly IQueryExample[] {
    return this.known?.examples ?? [];
  }

  /** What the text is completed and checked by. */
  get context(): ICheckContext & ICompletionContext {
    const { known } = this;
    const { request } = this._query;
    return {
      names: namesOf(known?.tables ?? NOTHING),
      capability: known?.capability ?? null,
      uploads: uploadsOf(request),
      ...(request && { table: request.table.name, rowLimit: request.query.maxrec })
    };
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.stop();
    this._timer.set(null, () => undefined);
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  /** The editor was opened: take what is kept, then ask the service. Never throws. */
  start(): Promise<void> {
    this._isStarted = true;
    const { request } = this._query;
    if (request && serviceOf(request) !== this._service) {
      this._started = this._start(request);
    }
    return this._started;
  }

  /** Ask again after it failed. */
  retry(): Promise<void> {
    this._service = null;
    return this.start();
  }

  /** Ask no further; what is known stays. */
  stop(): void {
    if (this._reading) {
      this._reading.abort();
      this._reading = null;
      this._service = null;
      this._emit();
    }
  }

  private async _start(request: IQueryRequest): Promise<void> {
    this.stop();
    this._service = serviceOf(request);
    this._error = null;
    const reading = new AbortController();
    this._reading = reading;
    this._changed.emit();
    try {
      await this._schemas.load(request.archive, request.table.service, reading.signal);
      await this._describe(request, reading.signal);
    } catch (reason) {
      this._fail(reading, reason);
    } finally {
      if (this._reading === reading) {
        this._reading = null;
      }
      this._emit();
    }
  }

  /** Ask for the columns of the table that is searched and those the text names, once. */
  private async _describe(request: IQueryRequest, signal: AbortSignal): Promise<void> {
    const { archive, table } = request;
    const { names } = this.context;
    const named = [splitName(table.name), ...tablesNamed(this._query.adql)]
      .map(parts => names.find(parts.map(text => ({ text })))?.description.name)
      .filter(name => name !== undefined);
    for (const name of [...new Set(named)].slice(0, MOST_TABLES)) {
      const key = `${this._service} ${name}`;
      if (!this._asked.has(key)) {
        this._asked.add(key);
        // A table that cannot be described is neither completed nor checked.
        await this._schemas
          .describe(archive, toSearch(table, name), signal)
          .catch(() => signal.aborted && this._asked.delete(key));
      }
    }
  }

  private _fail(reading: AbortController, reason: unknown): void {
    if (!reading.signal.aborted) {
      this._error = asProtocolError(reason);
    }
  }

  private _onQuery(): void {
    if (!this._isStarted) {
      return;
    }
    const { request } = this._query;
    if (request && serviceOf(request) !== this._service) {
      void this.start();
    } else {
      this._timer.set(PAUSE, () => void this._follow());
    }
  }

  /** The text may name other tables now. */
  private async _follow(): Promise<void> {
    const { request } = this._query;
    if (request && !this.isReading && !this._isDisposed) {
      await this._describe(request, new AbortController().signal).catch(
        () => undefined
      );
    }
  }

  private _onSchema(
    _: unknown,
    { archive, service }: { readonly archive: string; readonly service: string }
  ): void {
    const { request } = this._query;
    if (
      request?.archive.definition.id === archive &&
      request.table.service === service
    ) {
      this._emit();
    }
  }

  private _emit(): void {
    if (!this._isDisposed) {
      this._changed.emit();
    }
  }

  private readonly _asked = new Set<string>();
  private readonly _timer = new Timer();
  private _isStarted = false;
  private _started = Promise.resolve();
  private _isDisposed = false;
  /** Archive and service that were asked. */
  private _service: string | null = null;
  private _reading: AbortController | null = null;
  private _error: ProtocolError | null = null;
  private readonly _changed = new Signal<this, void>(this);
}

function serviceOf({ archive, table }: IQueryRequest): string {
  return `${archive.definition.id} ${table.service}`;
}

function toSearch({ service }: ISearchTable, name: string): ISearchTable {
  return { name, title: name, service };
}

/** Columns of the tables that go along, by the FIELDs of their VOTables. */
function uploadsOf(
  request: IQueryRequest | null
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    request?.query.uploads?.map(({ name, votable }) => [
      name.toLowerCase(),
      [...votable.matchAll(/<FIELD\b[^>]*?\sname="([^"]+)"/g)].map(([, field]) => field)
    ])
  );
}
