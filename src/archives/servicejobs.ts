import { Channel, type IAskedArchive } from '../protocol/channel.js';
import { ProtocolError } from '../protocol/errors.js';
import { COMPUTER_CLOCK, type IWaitClock } from '../protocol/patience.js';
import type { IAskOptions, ITransport } from '../protocol/transport.js';
import {
  followJob,
  isOver,
  JobPoller,
  UwsClient,
  type ICreatedJob,
  type IUwsJob,
  type IUwsResult
} from '../protocol/uws.js';

/** A job that has ended well. */
export interface IEndedJob {
  /** One or more. */
  readonly results: readonly IUwsResult[];
  /** Let the service forget it, once the results were fetched. Never throws. */
  remove(): Promise<void>;
}

/** Described services that run as jobs (SODA 1.0 §4.2: `…SODA#async-1.0`). */
export interface IServiceJobs {
  /**
   * Make a job, run it and wait for its end.
   *
   * One that failed or is no longer wanted is removed from the service.
   *
   * @param url - list of jobs; its query becomes the job's parameters
   * @param heard - told whenever the job was asked for
   * @throws ProtocolError in the service's words; `cancelled` by the signal
   */
  run(
    url: string,
    parameters: readonly (readonly [name: string, value: string])[],
    signal: AbortSignal,
    how?: IAskOptions,
    heard?: (job: IUwsJob) => void
  ): Promise<IEndedJob>;
}

/** The jobs of an archive's described services. */
export class ServiceJobs implements IServiceJobs {
  /**
   * @param transport - the way to the services
   * @param archive - on whose behalf they are asked
   */
  constructor(
    transport: ITransport,
    archive: IAskedArchive,
    private readonly _clock: IWaitClock = COMPUTER_CLOCK
  ) {
    this._channel = new Channel(transport, archive);
    this._uws = new UwsClient(this._channel);
  }

  async run(
    url: string,
    parameters: readonly (readonly [name: string, value: string])[],
    signal: AbortSignal,
    how: IAskOptions = {},
    heard: (job: IUwsJob) => void = () => undefined
  ): Promise<IEndedJob> {
    const body = new URLSearchParams(parameters.map(([name, value]) => [name, value]));
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const request = { url, method: 'POST', headers, body, signal } as const;
    const created = await this._uws.create(request, how);
    let last = created.job;
    try {
      for await (last of this._follow(created, how, signal)) {
        heard(last);
      }
      const results = resultsOf(last).map(one => placed(one, created.url));
      return { results, remove: () => this._discard(created.url, last, how) };
    } catch (error) {
      await this._discard(created.url, last, how);
      throw this._channel.explain(error, signal);
    }
  }

  private async *_follow(
    { url }: ICreatedJob,
    how: IAskOptions,
    signal: AbortSignal
  ): AsyncGenerator<IUwsJob> {
    const job = await this._uws.run(url, how, signal);
    const polled = {
      status: (wait?: Parameters<UwsClient['status']>[2], stop?: AbortSignal) =>
        this._uws.status(url, how, wait, stop),
      run: (stop?: AbortSignal) => this._uws.run(url, how, stop)
    };
    yield job;
    const poller = new JobPoller(polled, this._clock, job, { runHeld: true });
    yield* followJob(poller, this._clock, signal);
  }

  /** That something may be left at the service helps nobody: it forgets it by itself. */
  private async _discard(
    url: string,
    { phase }: IUwsJob,
    how: IAskOptions
  ): Promise<void> {
    if (!isOver(phase)) {
      await this._uws.abort(url, how).catch(() => undefined);
    }
    await this._uws.remove(url, how).catch(() => undefined);
  }

  private readonly _channel: Channel;
  private readonly _uws: UwsClient;
}

function resultsOf({ phase, error, results }: IUwsJob): readonly IUwsResult[] {
  if (phase === 'ERROR') {
    const message = error?.message || 'The service could not run the job.';
    throw new ProtocolError('rejected', message, { serviceMessage: error?.message });
  }
  if (phase !== 'COMPLETED') {
    throw new ProtocolError('rejected', 'The service stopped the job before its end.');
  }
  if (results.length === 0) {
    throw new ProtocolError('not-found', 'The job has no result.');
  }
  return results;
}

/**
 * A result in the tree of its job (UWS 1.1 §2.2): DaCHS names another place in its document,
 * where nobody may read it. Results that are kept elsewhere are left there.
 */
function placed(result: IUwsResult, job: string): IUwsResult {
  const [href, own] = [new URL(result.href), new URL(job)];
  const tail = `${own.pathname.slice(own.pathname.lastIndexOf('/'))}/results/${result.id}`;
  return href.origin === own.origin && href.pathname.endsWith(tail)
    ? { ...result, href: `${job}/results/${result.id}` }
    : result;
}
