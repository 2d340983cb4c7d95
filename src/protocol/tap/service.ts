import { Channel, type IAskedArchive } from '../channel.js';
import { ProtocolError } from '../errors.js';
import type { IAskOptions, ITransport, ITransportRequest } from '../transport.js';
import {
  parseAvailability,
  parseCapabilities,
  parseTables,
  type IAvailability,
  type ICapability,
  type ITableDescription,
  type ITableSet
} from '../vosi.js';
import { streamVOTable } from '../votable/index.js';
import type { VOTableEvent, VOTableReader } from '../votable/types.js';

import { atMost } from './limit.js';
import {
  buildQueryRequest,
  tapUrl,
  type ITapOptions,
  type ITapQuery
} from './request.js';
import { type ITapExample, parseExamples } from './examples.js';
import {
  columnsQuery,
  findTable,
  readColumns,
  readTables,
  type SchemaBatch,
  TABLES_QUERY
} from './schema.js';

/** A VOSI document beyond this size, in bytes, is not read. */
const DOCUMENT_BYTES = 64 * 1024 * 1024;

/** Rows of TAP_SCHEMA.tables worth asking for: VizieR has about 50,000. */
const MAX_TABLES = 100_000;

/** Rows of TAP_SCHEMA.columns worth asking for: no table has more columns. */
const MAX_COLUMNS = 50_000;

/** On whose behalf a service is asked. */
export type ITapArchive = IAskedArchive;

/** One TAP service (TAP 1.1), asked through a transport. */
export class TapService {
  /**
   * @param transport - the way to the service
   * @param archive - on whose behalf it is asked
   * @param url - base URL, with or without trailing slash and query string
   * @param options - how this service wants to be asked
   * @param readVOTable - reads its answers; where this runs, unless told otherwise
   */
  constructor(
    transport: ITransport,
    archive: ITapArchive,
    readonly url: string,
    private readonly _options: ITapOptions = {},
    private readonly _readVOTable: VOTableReader = streamVOTable
  ) {
    this._channel = new Channel(transport, archive);
  }

  /**
   * Run a query synchronously; rows come while they arrive.
   *
   * At most `maxrec` rows, whatever the service sends. Anonymous unless `how` says otherwise.
   *
   * `OVERFLOW`, and an `ERROR` that came after rows, are in the end event; those rows stay
   * usable (DALI 1.1 §4.4.1).
   *
   * @throws {@link ProtocolError} `rejected` with the service's words where it refused the
   * query (DALI 1.1 §4.4); other kinds where it did not answer with a VOTable
   */
  async *query(
    query: ITapQuery,
    signal?: AbortSignal,
    how: IAskOptions = {}
  ): AsyncGenerator<VOTableEvent> {
    const request = (): ITransportRequest => ({
      ...buildQueryRequest(this.url, 'sync', query, this._options),
      ...how,
      signal
    });
    yield* this._rows(request, query.maxrec, signal);
  }

  /**
   * Rows from another address of the service, such as the result of a job; as
   * {@link query}.
   */
  async *rowsAt(
    url: string,
    maxrec: number,
    signal?: AbortSignal,
    how: IAskOptions = {}
  ): AsyncGenerator<VOTableEvent> {
    yield* this._rows(() => ({ url, ...how, signal }), maxrec, signal);
  }

  /** What the service can do; anonymous at nearly every service. */
  async capabilities(signal?: AbortSignal): Promise<readonly ICapability[]> {
    return this._document(tapUrl(this.url, 'capabilities'), parseCapabilities, signal);
  }

  /** Whether the service works, in its own view. */
  async availability(signal?: AbortSignal): Promise<IAvailability> {
    return this._document(tapUrl(this.url, 'availability'), parseAvailability, signal);
  }

  /** Queries the service gives as examples (DALI 1.1 §2.3); services need not have any. */
  async examples(signal?: AbortSignal): Promise<readonly ITapExample[]> {
    return this._document(tapUrl(this.url, 'examples'), parseExamples, signal);
  }

  /**
   * All tables of the service, from `/tables` or, where a service has no such address or
   * its document cannot be read, from TAP_SCHEMA, which every TAP service has.
   *
   * @param detail - `min` asks for them without columns (VOSI 1.1 §5.2), as the document
   * of a big data centre has tens of megabytes otherwise; services may ignore it
   */
  async tables(
    signal?: AbortSignal,
    detail: 'min' | 'max' = 'max'
  ): Promise<ITableSet> {
    const url = tapUrl(this.url, 'tables');
    const asked = `${url}${url.includes('?') ? '&' : '?'}detail=${detail}`;
    try {
      return await this._document(asked, parseTables, signal);
    } catch (error) {
      if (!isOfDocument(error)) {
        throw error;
      }
      return readTables(
        await this._batches({ adql: TABLES_QUERY, maxrec: MAX_TABLES }, signal)
      );
    }
  }

  /**
   * One table with its columns, from `/tables/<name>` (VOSI 1.1 §5.3) or, where a service
   * has no such address, from TAP_SCHEMA, which every TAP service has.
   *
   * @throws {@link ProtocolError} `not-found` if the service describes no such table
   */
  async tableDescription(
    name: string,
    signal?: AbortSignal
  ): Promise<ITableDescription> {
    try {
      const url = tapUrl(this.url, 'tables', name);
      const found = findTable(await this._document(url, parseTables, signal), name);
      if (found !== null && found.columns.length > 0) {
        return found;
      }
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.kind === 'cancelled') {
        throw error;
      }
      // The address is optional; TAP_SCHEMA is not.
    }
    return this._describeBySchema(name, signal);
  }

  private async *_rows(
    request: () => ITransportRequest,
    maxrec: number,
    signal?: AbortSignal
  ): AsyncGenerator<VOTableEvent> {
    let rows = 0;
    try {
      const { body } = await this._channel.send(request());
      for await (const event of atMost(this._readVOTable(body, signal), maxrec)) {
        rows += event.type === 'batch' ? event.batch.numRows : 0;
        refuseError(event, rows);
        yield event;
      }
    } catch (error) {
      throw this._channel.explain(error, signal);
    }
  }

  private _document<T>(
    url: string,
    parse: (text: string) => T,
    signal?: AbortSignal
  ): Promise<T> {
    return this._channel.document({ url, signal }, parse, DOCUMENT_BYTES);
  }

  private async _batches(
    query: ITapQuery,
    signal?: AbortSignal
  ): Promise<SchemaBatch[]> {
    const batches: SchemaBatch[] = [];
    for await (const event of this.query(query, signal)) {
      if (event.type === 'batch') {
        batches.push(event.batch);
      }
    }
    return batches;
  }

  private async _describeBySchema(
    name: string,
    signal?: AbortSignal
  ): Promise<ITableDescription> {
    const query = { adql: columnsQuery(name), maxrec: MAX_COLUMNS };
    const columns = (await this._batches(query, signal)).flatMap(readColumns);
    if (columns.length === 0) {
      throw this._channel.explain(
        new ProtocolError('not-found', `The service describes no table ${name}.`)
      );
    }
    return { name, title: null, description: null, utype: null, rows: null, columns };
  }

  private readonly _channel: Channel;
}

/** Throws where the service refused the whole query, also with HTTP status 200. */
function refuseError(event: VOTableEvent, rows: number): void {
  if (event.type === 'end' && event.status === 'ERROR' && rows === 0) {
    throw new ProtocolError(
      'rejected',
      event.message || 'The service refused the query without saying why.',
      { serviceMessage: event.message }
    );
  }
}

/** True where the service answers, but not with the document that was asked for. */
function isOfDocument(error: unknown): boolean {
  return (
    error instanceof ProtocolError &&
    ['not-found', 'bad-answer', 'rejected'].includes(error.kind)
  );
}
