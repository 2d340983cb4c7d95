import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { Asker } from '../archives/account.js';
import type {
  IArchive,
  IDiscovery,
  IJobAddress,
  IQuery,
  ISearchTable
} from '../archives/archive.js';
import type { ProtocolError } from '../protocol/errors.js';
import type { IAskOptions } from '../protocol/transport.js';
import type { IVOTableResource, VOTableEvent } from '../protocol/votable/types.js';
import { type RowStore } from './columns.js';
import {
  asProtocolError,
  endState,
  type ResultState,
  type ResultWait
} from './ending.js';
import { eventsOf, type IProvenance, Reading } from './reading.js';
import { type AsMe, mendedBySignIn } from './signingate.js';
import { type ISlice, SliceReading } from './slice.js';

export type { ResultState, ResultWait } from './ending.js';
export type { IProvenance } from './reading.js';

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
  /**
   * @param _asMe - waits for a sign-in where it has run out; nothing waits unless given
   */
  constructor(private readonly _asMe: AsMe = (_archive, work) => work()) {}

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

  /** What the running query waits for; null while it does not. It can be cancelled. */
  get wait(): ResultWait | null {
    return this._wait;
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

  /** What gave rows last; null before anything did. */
  get giver(): Pick<Reading, 'query' | 'tail'> | null {
    return this._giver;
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
   * A query that is still running is cancelled first. One in the user's name waits where
   * the sign-in has run out, and is asked again after the next; rows that arrived before
   * stay until then.
   *
   * @param job - has run the query already: its rows are read
   * @throws Error when the archive has no `discover` capability
   */
  async run(
    archive: IArchive,
    table: ISearchTable,
    query: IQuery,
    as: Asker = 'anyone',
    job?: IJobAddress
  ): Promise<void> {
    const { discover, definition } = archive;
    if (!discover) {
      throw new Error(`${definition.name} cannot be searched.`);
    }
    const startedAt = Date.now();
    const asked: IProvenance = { archive, table, query, as, job, startedAt };
    this._arrived = 0;
    await this._ask(discover, new Reading(asked), query, now => new Reading(now));
  }

  /** Ask for rows that follow those that are there; resolves when that has ended. */
  async more({ query, key, isPart }: ISlice): Promise<void> {
    const { provenance, rows, bytes, seconds } = this;
    const discover = provenance?.archive.discover;
    if (!provenance || !rows || !discover) {
      return;
    }
    const slices = [...(provenance.slices ?? []), query];
    const asked = { ...provenance, slices, startedAt: Date.now() };
    const before = { bytes, seconds, overflow: isPart === true && this.overflow };
    const column = key === undefined ? -1 : rows.indexOf(key);
    const begin = (now: IProvenance): Reading => {
      this._provenance = now;
      return new SliceReading(now, before, rows, column);
    };
    await this._ask(discover, begin(asked), query, begin);
  }

  /**
   * Read an answer to the end.
   *
   * @param begin - begins to read anew, once a sign-in is there
   */
  private async _ask(
    discover: IDiscovery,
    first: Reading,
    query: IQuery,
    begin: (asked: IProvenance) => Reading
  ): Promise<void> {
    this._abort?.abort();
    const abort = (this._abort = new AbortController());
    const { asked } = first;
    let reading = first;
    const read = (): Promise<void> => {
      // What it took the user to sign in is none of the archive's time.
      this._asked = { ...asked, startedAt: Date.now() };
      reading = begin(this._asked);
      return this._read(discover, reading, query, abort);
    };
    this._begin(first);
    try {
      const { id } = asked.archive.definition;
      await (asked.as === 'me' ? this._readAsMe(id, read, abort) : read());
      this._finish(reading, null, abort);
    } catch (reason) {
      const error = asProtocolError(reason, asked.archive, abort.signal);
      this._finish(reading, error, abort);
    }
  }

  /**
   * Show the same rows with more that was found out about them: another store, which takes
   * rows that follow as they come.
   */
  amend(rows: RowStore): void {
    this._rows = rows;
    this._tableChanged.emit();
    this._stateChanged.emit();
  }

  /** Stop the running query; rows that arrived stay. */
  cancel(): void {
    this._abort?.abort();
  }

  /** Read, and say so while that has to wait for a sign-in. */
  private async _readAsMe(
    archive: string,
    read: () => Promise<void>,
    abort: AbortController
  ): Promise<void> {
    let isAsked = false;
    const work = async (): Promise<void> => {
      isAsked = true;
      this._setWait(null, abort);
      try {
        await read();
      } catch (reason) {
        if (mendedBySignIn(reason)) {
          this._setWait({ for: 'sign-in' }, abort);
        }
        throw reason;
      }
    };
    const done = this._asMe(archive, work, abort.signal);
    if (!isAsked) {
      this._setWait({ for: 'sign-in' }, abort);
    }
    await done;
  }

  private async _read(
    discover: IDiscovery,
    reading: Reading,
    query: IQuery,
    abort: AbortController
  ): Promise<void> {
    const waits: IAskOptions['waits'] = until =>
      this._setWait(until === null ? null : { for: 'service', until }, abort);
    const { asked } = reading;
    for await (const event of eventsOf(discover, asked, query, abort.signal, waits)) {
      if (this._abort !== abort) {
        return;
      }
      this._take(reading, event);
    }
  }

  private _setWait(wait: ResultWait | null, { signal }: AbortController): void {
    if (wait !== this._wait && !signal.aborted) {
      this._wait = wait;
      this._stateChanged.emit();
    }
  }

  private _begin({ asked, before }: Reading): void {
    this._asked = asked;
    this._bytes = before.bytes;
    this._seconds = before.seconds;
    this._error = null;
    this._warnings = [];
    this._wait = null;
    this._state = 'loading';
    this._stateChanged.emit();
  }

  private _take(reading: Reading, event: VOTableEvent): void {
    switch (event.type) {
      case 'head':
        reading.head(event);
        break;
      case 'batch':
        this._bytes = reading.before.bytes + event.bytes;
        this._append(reading, event);
        break;
      case 'end':
        this._bytes = reading.before.bytes + event.bytes;
        this._settle(reading, event);
        break;
    }
    this._seconds = reading.seconds;
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
    reading.append(store, event.batch);
    const count = store.rowCount - first;
    if (store !== reading.store) {
      return;
    }
    this._giver = reading;
    if (count === 0) {
      return;
    }
    this._arrived = store.rowCount;
    this._show(reading);
    this._rowsInserted.emit({ first, count });
    this._stateChanged.emit();
  }

  /** Take the end, and show another table than the first where that is the result. */
  private _settle(reading: Reading, end: Extract<VOTableEvent, { type: 'end' }>): void {
    const { store } = reading;
    reading.settle(end);
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
    this._giver = reading;
    this._provenance = reading.asked;
    this._overflow = false;
    this._resources = [];
    this._tableChanged.emit();
  }

  private _finish(
    reading: Reading,
    error: ProtocolError | null,
    abort: AbortController
  ): void {
    if (this._isDisposed || this._abort !== abort) {
      return;
    }
    this._wait = null;
    this._seconds = reading.seconds;
    this._error = error ?? reading.trailingError();
    if (!this._error) {
      this._show(reading);
    }
    const shown = reading.store !== null && this._rows === reading.store;
    if (shown && reading.end) {
      // Where a slice failed, the service still has more.
      this._overflow = this._error ? this._overflow : reading.hasMore;
      this._resources = reading.end.resources;
      this._warnings = reading.end.warnings;
    }
    this._state = endState(this._error, shown);
    this._stateChanged.emit();
  }

  private _state: ResultState = 'idle';
  private _wait: ResultWait | null = null;
  private _rows: RowStore | null = null;
  private _giver: Reading | null = null;
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
