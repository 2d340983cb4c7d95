import { Channel, type IAskedArchive } from '../channel.js';
import { ProtocolError } from '../errors.js';
import { COMPUTER_CLOCK, type IWaitClock } from '../patience.js';
import type { IAskOptions, ITransport } from '../transport.js';
import { type ICreatedJob, type IJobSettings, UwsClient } from '../uws/client.js';
import { followJob, JobPoller } from '../uws/poll.js';
import type { IUwsJob } from '../uws/types.js';
import { streamVOTable } from '../votable/index.js';
import type { VOTableEvent, VOTableReader } from '../votable/types.js';

import {
  buildQueryRequest,
  type ITapOptions,
  type ITapQuery,
  tapUrl
} from './request.js';
import { TapService } from './service.js';

/** Questions after RUN until a job is taken for started although it is still PENDING. */
const PATIENCE = 4;

/** What {@link TapJobs} can do without. */
export interface ITapJobsOptions extends ITapOptions {
  /** Reads results; where this runs, unless told otherwise. */
  readonly readVOTable?: VOTableReader;
  readonly clock?: IWaitClock;
}

/** The asynchronous queries of one TAP service (TAP 1.1 §2.3). */
export class TapJobs {
  /**
   * @param transport - the way to the service
   * @param archive - on whose behalf it is asked
   * @param _url - base URL
   * @param _options - how this service wants to be asked
   */
  constructor(
    transport: ITransport,
    archive: IAskedArchive,
    private readonly _url: string,
    private readonly _options: ITapJobsOptions = {}
  ) {
    const { readVOTable = streamVOTable } = _options;
    this._service = new TapService(transport, archive, _url, _options, readVOTable);
    this._channel = new Channel(transport, archive);
    this.uws = new UwsClient(this._channel);
  }

  /** The jobs themselves. */
  readonly uws: UwsClient;

  /** Address of the list of jobs. */
  get listUrl(): string {
    return tapUrl(this._url, 'async');
  }

  /**
   * Make a job, its settings before it runs, and let it run; resolves once it has begun or
   * was held. What was made for a start that fails, or is cancelled, is removed.
   *
   * @throws {@link ProtocolError}; once RUN was sent only `cancelled`, as the job then is there
   */
  async start(
    query: ITapQuery,
    settings: IJobSettings = {},
    how: IAskOptions = {},
    signal?: AbortSignal
  ): Promise<ICreatedJob> {
    const request = buildQueryRequest(this._url, 'async', query, this._options);
    const created = await this.uws.create({ ...request, signal }, how);
    const { url } = created;
    try {
      await this.uws.configure(created, settings, how, signal);
      const job = await this.uws.run(url, how, signal);
      return { url, job: await this._begun(url, job, how, signal) };
    } catch (error) {
      // What failed is told; that something may be left at the service helps nobody.
      await this._discard(url, how).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Rows of a job's result while they arrive; see {@link TapService.query}.
   *
   * @throws {@link ProtocolError} `not-found` where the job, or its result, is gone
   */
  async *result(
    url: string,
    maxrec: number,
    signal?: AbortSignal,
    how: IAskOptions = {}
  ): AsyncGenerator<VOTableEvent> {
    try {
      yield* this._service.rowsAt(`${url}/results/result`, maxrec, signal, how);
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.kind !== 'not-found') {
        throw error;
      }
      const href = await this._otherResult(url, how, signal);
      yield* this._service.rowsAt(href, maxrec, signal, how);
    }
  }

  /** Wait until a job is no longer PENDING; once it may run, failing to ask is no failure. */
  private async _begun(
    url: string,
    job: IUwsJob,
    how: IAskOptions,
    signal?: AbortSignal
  ): Promise<IUwsJob> {
    const { clock = COMPUTER_CLOCK } = this._options;
    const poller = new JobPoller(
      {
        status: (wait, stop) => this.uws.status(url, how, wait, stop),
        run: stop => this.uws.run(url, how, stop)
      },
      clock,
      job
    );
    let asked = 0;
    let last = job;
    try {
      for await (last of last.phase === 'PENDING'
        ? followJob(poller, clock, signal)
        : []) {
        asked += 1;
        if (last.phase !== 'PENDING' || asked === PATIENCE) {
          break;
        }
      }
    } catch (error) {
      if (signal?.aborted || !(error instanceof ProtocolError)) {
        throw error;
      }
    }
    return last;
  }

  /** Stop and remove. */
  private async _discard(url: string, how: IAskOptions): Promise<void> {
    await this.uws.abort(url, how).catch(() => undefined);
    await this.uws.remove(url, how);
  }

  /** The address of the result that the job document tells. */
  private async _otherResult(
    url: string,
    how: IAskOptions,
    signal?: AbortSignal
  ): Promise<string> {
    const { results, phase } = await this.uws.status(url, how, undefined, signal);
    const named = results.find(({ id }) => id === 'result') ?? results[0];
    if (named === undefined) {
      const why =
        phase === 'ARCHIVED'
          ? 'The job is archived: its result expired.'
          : 'The job has no result.';
      throw this._channel.explain(new ProtocolError('not-found', why));
    }
    return named.href;
  }

  private readonly _channel: Channel;
  private readonly _service: TapService;
}
