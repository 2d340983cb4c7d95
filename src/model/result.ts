import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IArchive, IQuery, ISearchTable } from '../archives/archive.js';
import { isAbort, ProtocolError } from '../protocol/errors.js';
import { resultTable } from '../protocol/votable/resulttable.js';
import type { IVOTableResource, VOTableEvent } from '../protocol/votable/types.js';
import { RowStore } from './columns.js';

/**
 * Where a query is:
 *
 * - `idle`: nothing was asked yet
 * - `loading`: asked; rows may already be there
 * - `done`: all rows of the answer are there
 * - `partial`: it broke or was cancelled after some rows
 * - `failed`: it ended without rows; an earlier result may still be shown
 * - `cancelled`: the user stopped it before the first row
 */
export type ResultState =
  'idle' | 'loading' | 'done' | 'partial' | 'failed' | 'cancelled';

/** What was asked, of whom, and when. */
export interface IProvenance {
  readonly archive: IArchive;
  readonly table: ISearchTable;
  readonly query: IQuery;
  /** Milliseconds since 1970, UTC. */
  readonly startedAt: number;
}

/** Rows that were added at the end of the store. */
export interface IRowsInserted {
  readonly first: number;
  readonly count: number;
}

/**
 * One query and its rows, while they arrive.
 *
 * The rows of an earlier query stay until the first row of the new one is there (or it
 * ended well without rows), so that a failing query never empties the page.
 */
export class ResultModel implements IDisposable {
  /** Emitted when anything but the rows changed: state, counts, error. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Emitted when `rows` is another store (other columns, no rows yet). */
  get tableChanged(): ISignal<this, void> {
    return this._tableChanged;
  }

  /** Emitted when rows were added to `rows`. */
  get rowsInserted(): ISignal<this, IRowsInserted> {
    return this._rowsInserted;
  }

  get state(): ResultState {
    return this._state;
  }

  /** The rows that are shown; null before the first result. */
  get rows(): RowStore | null {
    return this._rows;
  }

  /** What `rows` answers; null before the first result. */
  get provenance(): IProvenance | null {
    return this._provenance;
  }

  /** What was asked last; differs from `provenance` while an earlier result is still shown. */
  get asked(): IProvenance | null {
    return this._asked;
  }

  /** Rows of the query asked last that have arrived. */
  get arrived(): number {
    return this._arrived;
  }

  /** Bytes of the answer read so far. */
  get bytes(): number {
    return this._bytes;
  }

  /** Seconds from asking to the last sign of the answer. */
  get seconds(): number {
    return this._seconds;
  }

  /** True when the service said that it has more rows than it sent (DALI OVERFLOW). */
  get overflow(): boolean {
    return this._overflow;
  }

  /** What went wrong, null when nothing did. A `partial` result has both rows and an error. */
  get error(): ProtocolError | null {
    return this._error;
  }

  /** Repairs made while reading, one sentence each. */
  get warnings(): readonly string[] {
    return this._warnings;
  }

  /** Resources of the answer without their rows: service descriptors live there. */
  get resources(): readonly IVOTableResource[] {
    return this._resources;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Stop and forget. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._abort?.abort();
    Signal.clearData(this);
  }

  /**
   * Ask and read until the end; resolves when the query has ended, well or not.
   *
   * A query that is still running is cancelled first.
   *
   * @throws Error when the archive has no `discover` capability
   */
  async run(archive: IArchive, table: ISearchTable, query: IQuery): Promise<void> {
    const { discover } = archive;
    if (!discover) {
      throw new Error(`${archive.definition.name} cannot be searched.`);
    }
    this._abort?.abort();
    const abort = (this._abort = new AbortController());
    const asked: IProvenance = { archive, table, query, startedAt: Date.now() };
    this._begin(asked);
    const reading = new Reading(asked);
    try {
      for await (const event of discover.run(table, query, abort.signal)) {
        if (this._abort !== abort) {
          return;
        }
        this._take(reading, event);
      }
      this._finish(reading, null);
    } catch (reason) {
      if (this._abort === abort) {
        this._finish(reading, asProtocolError(reason, archive, abort.signal));
      }
    }
  }

  /** Stop the running query; rows that arrived stay. */
  cancel(): void {
    this._abort?.abort();
  }

  private _begin(asked: IProvenance): void {
    this._asked = asked;
    this._arrived = 0;
    this._bytes = 0;
    this._seconds = 0;
    this._error = null;
    this._warnings = [];
    this._state = 'loading';
    this._stateChanged.emit();
  }

  private _take(reading: Reading, event: VOTableEvent): void {
    switch (event.type) {
      case 'head':
        reading.head(event);
        break;
      case 'batch':
        this._bytes = event.bytes;
        this._append(reading, event);
        break;
      case 'end':
        this._bytes = event.bytes;
        this._settle(reading, event);
        break;
    }
    this._seconds = (Date.now() - reading.asked.startedAt) / 1000;
  }

  private _append(
    reading: Reading,
    event: Extract<VOTableEvent, { type: 'batch' }>
  ): void {
    const store = reading.stores.get(event.table);
    if (!store || event.batch.numRows === 0) {
      return;
    }
    const first = store.rowCount;
    store.append(event.batch);
    if (store !== reading.store) {
      return;
    }
    this._arrived = store.rowCount;
    this._show(reading);
    this._rowsInserted.emit({ first, count: event.batch.numRows });
    this._stateChanged.emit();
  }

  /** Take the end, which tells whether another table than the first is the result. */
  private _settle(reading: Reading, end: Extract<VOTableEvent, { type: 'end' }>): void {
    const { store } = reading;
    reading.end = end;
    reading.table = resultTable(end.resources) ?? reading.table;
    if (reading.store && reading.store !== store) {
      this._arrived = reading.store.rowCount;
      this._show(reading);
    }
  }

  /** Replace the result that is shown by the one being read. */
  private _show(reading: Reading): void {
    if (!reading.store || this._rows === reading.store) {
      return;
    }
    this._rows = reading.store;
    this._provenance = reading.asked;
    this._overflow = false;
    this._resources = [];
    this._tableChanged.emit();
  }

  private _finish(reading: Reading, error: ProtocolError | null): void {
    if (this._isDisposed) {
      return;
    }
    this._seconds = (Date.now() - reading.asked.startedAt) / 1000;
    this._error = error ?? reading.trailingError();
    if (!this._error) {
      this._show(reading);
    }
    const shown = reading.store !== null && this._rows === reading.store;
    if (shown && reading.end) {
      this._overflow = reading.end.status === 'OVERFLOW';
      this._resources = reading.end.resources;
      this._warnings = reading.end.warnings;
    }
    this._state = endState(this._error, shown);
    this._stateChanged.emit();
  }

  private _state: ResultState = 'idle';
  private _rows: RowStore | null = null;
  private _provenance: IProvenance | null = null;
  private _asked: IProvenance | null = null;
  private _arrived = 0;
  private _bytes = 0;
  private _seconds = 0;
  private _overflow = false;
  private _error: ProtocolError | null = null;
  private _warnings: readonly string[] = [];
  private _resources: readonly IVOTableResource[] = [];
  private _abort: AbortController | null = null;
  private _isDisposed = false;
  private readonly _stateChanged = new Signal<this, void>(this);
  private readonly _tableChanged = new Signal<this, void>(this);
  private readonly _rowsInserted = new Signal<this, IRowsInserted>(this);
}

/** What has been read of one answer. */
class Reading {
  constructor(readonly asked: IProvenance) {}

  /** Index of the table that is the result, in the order of the document. */
  table = -1;
  /** All tables: which one is the result is certain only at the end. */
  readonly stores = new Map<number, RowStore>();
  end: Extract<VOTableEvent, { type: 'end' }> | null = null;

  /** The rows of the result. */
  get store(): RowStore | null {
    return this.stores.get(this.table) ?? null;
  }

  /** Take the first table as the result for the time being. */
  head(event: Extract<VOTableEvent, { type: 'head' }>): void {
    this.table = this.table < 0 ? event.table : this.table;
    this.stores.set(event.table, new RowStore(event.head));
  }

  /** The error of an answer that ended regularly, but badly. */
  trailingError(): ProtocolError | null {
    const archive = this.asked.archive.definition.name;
    if (this.end?.status === 'ERROR') {
      const serviceMessage = this.end.message;
      return new ProtocolError('rejected', serviceMessage, { archive, serviceMessage });
    }
    if (!this.store) {
      return new ProtocolError('bad-answer', 'The answer has no table.', { archive });
    }
    if (this.store.fields.length === 0) {
      const message = 'The service sent a table without columns.';
      return new ProtocolError('bad-answer', message, { archive });
    }
    return null;
  }
}

function endState(error: ProtocolError | null, shown: boolean): ResultState {
  if (!error) {
    return 'done';
  }
  if (shown) {
    return 'partial';
  }
  return error.kind === 'cancelled' ? 'cancelled' : 'failed';
}

function asProtocolError(
  reason: unknown,
  archive: IArchive,
  signal: AbortSignal
): ProtocolError {
  const { name } = archive.definition;
  if (signal.aborted || isAbort(reason)) {
    return new ProtocolError('cancelled', 'Cancelled.', { archive: name });
  }
  if (reason instanceof ProtocolError) {
    return reason.with({ archive: name });
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  return new ProtocolError('bad-answer', message, { archive: name, cause: reason });
}
