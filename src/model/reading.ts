import type { RecordBatch } from 'apache-arrow';

import type { Asker } from '../archives/account.js';
import type {
  IArchive,
  IDiscovery,
  IJobAddress,
  IQuery,
  ISearchTable
} from '../archives/archive.js';
import { ProtocolError } from '../protocol/errors.js';
import type { IAskOptions } from '../protocol/transport.js';
import { resultTable } from '../protocol/votable/resulttable.js';
import type { VOTableEvent } from '../protocol/votable/types.js';
import { RowStore } from './columns.js';

/** What was asked, of whom, and when. */
export interface IProvenance {
  readonly archive: IArchive;
  readonly table: ISearchTable;
  readonly query: IQuery;
  /** As whom it was asked; anyone unless told otherwise. */
  readonly as?: Asker;
  /** The job whose rows they are. */
  readonly job?: IJobAddress;
  /** Queries whose rows follow those of `query`, in the order in which they were asked. */
  readonly slices?: readonly IQuery[];
  /** Milliseconds since 1970, UTC. */
  readonly startedAt: number;
}

/**
 * The answer to a query, while it comes: that of a job, where one has run it already.
 *
 * @param waits - see {@link IAskOptions}
 */
export function eventsOf(
  discover: IDiscovery,
  { table, as, job, slices }: IProvenance,
  query: IQuery,
  signal: AbortSignal,
  waits: IAskOptions['waits']
): AsyncIterable<VOTableEvent> {
  const how: IAskOptions = { ...(as === 'me' && { as }), waits };
  return job && !slices
    ? discover.jobs.result(job, query.maxrec, signal, how)
    : discover.run(table, query, signal, how);
}

/** How much was read before, for rows that follow others. */
export interface IRead {
  readonly bytes: number;
  readonly seconds: number;
  /** True where the rows before are not all there are, whatever follows. */
  readonly overflow: boolean;
}

/** What has been read of one answer. */
export class Reading {
  constructor(
    readonly asked: IProvenance,
    readonly before: IRead = { bytes: 0, seconds: 0, overflow: false }
  ) {}

  /** Index of the table that is the result, in the order of the document. */
  table = -1;
  /** All tables: which one is the result is certain only at the end. */
  readonly stores = new Map<number, RowStore>();
  end: Extract<VOTableEvent, { type: 'end' }> | null = null;

  /** The query that is answered: the last slice, where there are any. */
  get query(): IQuery {
    const { query, slices = [] } = this.asked;
    return slices[slices.length - 1] ?? query;
  }

  /** The last rows of the result, as the service sent them; null before any. */
  get tail(): RecordBatch | null {
    return (this.store && this._tails.get(this.store)) ?? null;
  }

  /** The rows of the result. */
  get store(): RowStore | null {
    return this.stores.get(this.table) ?? null;
  }

  /** Seconds from asking to now, those of the rows before among them. */
  get seconds(): number {
    return this.before.seconds + (Date.now() - this.asked.startedAt) / 1000;
  }

  /** The service said that it has more rows, of this answer or of those before. */
  get hasMore(): boolean {
    return this.end?.status === 'OVERFLOW' || this.before.overflow;
  }

  /** Take the first table as the result for the time being. */
  head(event: Extract<VOTableEvent, { type: 'head' }>): void {
    this.table = this.table < 0 ? event.table : this.table;
    this.stores.set(event.table, new RowStore(event.head));
  }

  /** Take the rows of a batch. */
  append(store: RowStore, batch: RecordBatch): void {
    this._tails.set(store, batch);
    this.add(store, batch);
  }

  /** Take the end, which tells whether another table than the first is the result. */
  settle(end: Extract<VOTableEvent, { type: 'end' }>): void {
    this.end = end;
    this.table = resultTable(end.resources) ?? this.table;
  }

  /** Take whatever came, for those who want nothing but the whole answer. */
  take(event: VOTableEvent): void {
    switch (event.type) {
      case 'head':
        this.head(event);
        break;
      case 'batch': {
        const store = this.stores.get(event.table);
        if (store) {
          this.append(store, event.batch);
        }
        break;
      }
      case 'end':
        this.settle(event);
    }
  }

  /** Add rows to those of a table. */
  protected add(store: RowStore, batch: RecordBatch): void {
    store.append(batch);
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

  /** The last batch of each table. */
  private readonly _tails = new Map<RowStore, RecordBatch>();
}
