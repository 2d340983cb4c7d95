import { ProtocolError } from '../../protocol/errors.js';
import { COMPUTER_CLOCK, type IWaitClock } from '../../protocol/patience.js';
import type { TapJobs } from '../../protocol/tap.js';
import type { IAskOptions } from '../../protocol/transport.js';
import type { IUwsJob, IUwsJobReference } from '../../protocol/uws.js';
import type { VOTableEvent } from '../../protocol/votable/types.js';
import type {
  IArchiveDefinition,
  IArchiveMeans,
  IJobAddress,
  IJobService,
  IJobStart,
  IQuery
} from '../archive.js';
import { polledJob } from '../polling.js';

/** The jobs of an archive's TAP services. */
export class TapJobService implements IJobService {
  /**
   * @param definition - the archive
   * @param means - the way to its services, and the reader of their answers
   */
  constructor(
    private readonly _definition: IArchiveDefinition,
    private readonly _means: IArchiveMeans
  ) {
    this._clock = _means.clock ?? COMPUTER_CLOCK;
  }

  /** See {@link TapJobs.start}; as long as the definition says, unless told otherwise. */
  async start(
    service: string,
    query: IQuery,
    how: IJobStart,
    signal?: AbortSignal
  ): Promise<{ readonly address: IJobAddress; readonly job: IUwsJob }> {
    const jobs = await this._jobs(service);
    const { as, runId, keep, executionDuration = this._longest(service) } = how;
    const asked = { ...query, ...(runId !== undefined && { runid: runId }) };
    const settings = { executionDuration, keep };
    const made = await jobs.start(asked, settings, { ...(as && { as }) }, signal);
    return { address: { service, url: made.url, ...(as && { as }) }, job: made.job };
  }

  async status(
    { service, url, as }: IJobAddress,
    wait?: { readonly seconds: number; readonly while: IUwsJob['phase'] },
    signal?: AbortSignal
  ): Promise<IUwsJob> {
    return (await this._jobs(service)).uws.status(
      url,
      { ...(as && { as }) },
      wait,
      signal
    );
  }

  async run({ service, url, as }: IJobAddress): Promise<IUwsJob> {
    return (await this._jobs(service)).uws.run(url, { ...(as && { as }) });
  }

  async abort({ service, url, as }: IJobAddress): Promise<IUwsJob> {
    return (await this._jobs(service)).uws.abort(url, { ...(as && { as }) });
  }

  async remove({ service, url, as }: IJobAddress): Promise<void> {
    await (await this._jobs(service)).uws.remove(url, { ...(as && { as }) });
  }

  async *result(
    { service, url, as }: IJobAddress,
    maxrec: number,
    signal: AbortSignal,
    how: IAskOptions = {}
  ): AsyncGenerator<VOTableEvent> {
    const jobs = await this._jobs(service);
    yield* jobs.result(url, maxrec, signal, { ...how, ...(as && { as }) });
  }

  async list(
    service: string,
    as?: 'me',
    signal?: AbortSignal
  ): Promise<readonly IUwsJobReference[]> {
    const jobs = await this._jobs(service);
    return jobs.uws.list(jobs.listUrl, { ...(as && { as }) }, signal);
  }

  /**
   * Rows of a query that runs as a job nobody needs to know of: it is removed once its rows
   * have arrived, or nobody wants them any more.
   */
  async *through(
    service: string,
    query: IQuery,
    signal: AbortSignal,
    how: IAskOptions = {}
  ): AsyncGenerator<VOTableEvent> {
    const { as } = how;
    const { address, job } = await this.start(
      service,
      query,
      { ...(as && { as }) },
      signal
    );
    let last = job;
    try {
      for await (last of this._follow(address, job, signal)) {
        // Only the end matters.
      }
      this._refuseFailure(last);
      yield* this.result(address, query.maxrec, signal, how);
    } finally {
      // Neither rows nor the error that ended them wait for the service to tidy up.
      void this._discard(address, last).catch(() => undefined);
    }
  }

  private async *_follow(
    address: IJobAddress,
    job: IUwsJob,
    signal: AbortSignal
  ): AsyncGenerator<IUwsJob> {
    const { followJob, JobPoller } = await import('../../protocol/uws.js');
    const polled = polledJob(this, address);
    const poller = new JobPoller(polled, this._clock, job, { runHeld: true });
    yield* followJob(poller, this._clock, signal);
  }

  private _refuseFailure({ phase, error }: IUwsJob): void {
    const archive = this._definition.name;
    if (phase === 'ERROR') {
      const message = error?.message || 'The service could not run the query.';
      const details = { archive, serviceMessage: error?.message };
      throw new ProtocolError('rejected', message, details);
    }
    if (phase !== 'COMPLETED') {
      const message = 'The service stopped the query before its end.';
      throw new ProtocolError('rejected', message, { archive });
    }
  }

  private async _discard(address: IJobAddress, { phase }: IUwsJob): Promise<void> {
    const { isOver } = await import('../../protocol/uws.js');
    if (!isOver(phase)) {
      await this.abort(address).catch(() => undefined);
    }
    await this.remove(address);
  }

  private _longest(service: string): number | undefined {
    const endpoints = this._definition.services.tap ?? [];
    return endpoints.find(({ url }) => url === service)?.jobSeconds;
  }

  /** Jobs bring the VOTable reader along, which nobody needs before a first query. */
  private async _jobs(service: string): Promise<TapJobs> {
    const { TapJobs } = await import('../../protocol/tap.js');
    const { transport, readVOTable } = this._means;
    const options = { readVOTable, clock: this._clock };
    return new TapJobs(transport, this._definition, service, options);
  }

  private readonly _clock: IWaitClock;
}
