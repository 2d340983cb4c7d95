import { readBytes, refusal } from '../answer.js';
import type { Channel } from '../channel.js';
import { ProtocolError } from '../errors.js';
import { parseHttpDate } from '../retry.js';
import type {
  IAskOptions,
  ITransportRequest,
  ITransportResponse
} from '../transport.js';
import { serviceWords } from '../words.js';
import { decodeXml } from '../xml.js';

import { isSamePlace, jobAddress } from './address.js';
import { below, isDocument, parseJob, parseJobList } from './document.js';
import { writeInstant } from './instant.js';
import type { IUwsJob, IUwsJobReference } from './types.js';

/** Bytes of a job document, and of a list of jobs, that are read. */
const JOB_BYTES = 8 * 1024 * 1024;
const LIST_BYTES = 32 * 1024 * 1024;

/** Bytes of the text of an error. */
const ERROR_BYTES = 256 * 1024;

const RETRIEVABLE = new Set([200, 201, 202]);

/** A job as it was made. */
export interface ICreatedJob {
  /** Absolute. */
  readonly url: string;
  readonly job: IUwsJob;
}

/** Settings of a job that are made before it runs. */
export interface IJobSettings {
  /** Seconds it may run; 0 for no limit. */
  readonly executionDuration?: number;
  /** Seconds from its creation, by the service's clock, for which it shall be kept at least. */
  readonly keep?: number;
}

/**
 * Jobs of one service (UWS 1.1), asked through a channel. All calls are anonymous unless
 * `how` says otherwise.
 */
export class UwsClient {
  constructor(private readonly _channel: Channel) {}

  /**
   * Make a job; it does nothing before {@link run}. Services that answer with the job
   * instead of a redirect to it are understood.
   *
   * @param request - POST to the list of jobs
   * @throws {@link ProtocolError} `refused-address` for a job at another origin
   */
  create(request: ITransportRequest, how: IAskOptions = {}): Promise<ICreatedJob> {
    return this._channel.explained(async () => {
      const answer = await this._channel.send({ ...request, ...how });
      const text = await textOf(answer, JOB_BYTES);
      const place = placeOf(answer, text, request.url) ?? (await refuseAnswer(text));
      const url = jobAddress(place, request.url);
      const job = isDocument(text, 'job')
        ? parseJob(text, url, sentAt(answer))
        : await this.status(url, how, undefined, request.signal);
      return { url, job };
    }, request.signal);
  }

  /**
   * Make settings while the job is PENDING. The service may clip them, and may refuse to
   * change anything, which is no reason not to run the job: what holds is in the answer.
   */
  async configure(
    { url, job }: ICreatedJob,
    settings: IJobSettings,
    how: IAskOptions = {},
    signal?: AbortSignal
  ): Promise<IUwsJob> {
    const { executionDuration, keep } = settings;
    let current = job;
    const set = async (name: string, value: string): Promise<void> => {
      try {
        const body = new URLSearchParams({ [name.toUpperCase()]: value });
        current = await this._post(url, `/${name}`, body, how, signal);
      } catch (error) {
        if (!isClientFault(error)) {
          throw error;
        }
      }
    };
    if (
      executionDuration !== undefined &&
      executionDuration !== job.executionDuration
    ) {
      await set('executionduration', String(Math.round(executionDuration)));
    }
    const until = keep === undefined ? null : destructionFor(job, keep);
    if (until !== null) {
      await set('destruction', writeInstant(until));
    }
    return current;
  }

  /** Let it run, or run on after HELD. */
  run(url: string, how: IAskOptions = {}, signal?: AbortSignal): Promise<IUwsJob> {
    return this._phase(url, 'RUN', how, signal);
  }

  /** Stop it, in whatever active phase it is. */
  abort(url: string, how: IAskOptions = {}, signal?: AbortSignal): Promise<IUwsJob> {
    return this._phase(url, 'ABORT', how, signal);
  }

  /**
   * The job as it stands. Of a job that failed, the text of `…/error` is in its message.
   *
   * @param wait - block up to so many seconds as long as the job is in that phase
   * @throws {@link ProtocolError} `not-found` for a job the service no longer knows
   */
  async status(
    url: string,
    how: IAskOptions = {},
    wait?: { readonly seconds: number; readonly while: IUwsJob['phase'] },
    signal?: AbortSignal
  ): Promise<IUwsJob> {
    const query = wait ? `?WAIT=${Math.round(wait.seconds)}&PHASE=${wait.while}` : '';
    const request = { url: `${url}${query}`, ...how, signal };
    const job = await known(
      this._channel.document(
        request,
        (text, answer) => parseJob(text, answer.url, sentAt(answer)),
        JOB_BYTES
      )
    );
    return this._detailed(url, job, how, signal);
  }

  /** Remove it: DELETE, and where that does not work, POST. One that is gone is no error. */
  remove(url: string, how: IAskOptions = {}): Promise<void> {
    return this._channel.explained(async () => {
      const deleted = await this._channel.request({ url, method: 'DELETE', ...how });
      await deleted.body.cancel();
      if (isRemoved(deleted, url)) {
        return;
      }
      const request = form(url, new URLSearchParams({ ACTION: 'DELETE' }), how);
      const answer = await this._channel.request(request);
      if (!isRemoved(answer, url)) {
        throw await refusal(answer, request);
      }
      await answer.body.cancel();
    });
  }

  /** All jobs of the list, those at other origins left out. */
  list(
    url: string,
    how: IAskOptions = {},
    signal?: AbortSignal
  ): Promise<readonly IUwsJobReference[]> {
    return this._channel.document(
      { url, ...how, signal },
      (text, answer) =>
        parseJobList(text, answer.url).flatMap(entry => ownEntry(entry, url)),
      LIST_BYTES
    );
  }

  private _phase(
    url: string,
    phase: 'RUN' | 'ABORT',
    how: IAskOptions,
    signal?: AbortSignal
  ): Promise<IUwsJob> {
    const body = new URLSearchParams({ PHASE: phase });
    return this._channel.explained(
      () => known(this._post(url, '/phase', body, how, signal)),
      signal
    );
  }

  /** POST to a child of the job; services redirect to the job, or answer with nothing. */
  private async _post(
    url: string,
    path: string,
    body: URLSearchParams,
    how: IAskOptions,
    signal?: AbortSignal
  ): Promise<IUwsJob> {
    const answer = await this._channel.send({ ...form(url + path, body, how), signal });
    const text = await textOf(answer, JOB_BYTES);
    return isDocument(text, 'job')
      ? this._detailed(url, parseJob(text, answer.url, sentAt(answer)), how, signal)
      : this.status(url, how, undefined, signal);
  }

  /**
   * The job; if it failed, its summary with what `…/error` adds: a VOTable with HTTP status
   * 200, or text.
   */
  private async _detailed(
    url: string,
    job: IUwsJob,
    how: IAskOptions,
    signal?: AbortSignal
  ): Promise<IUwsJob> {
    if (job.phase !== 'ERROR' || job.error?.hasDetail === false) {
      return job;
    }
    const { message = '', transient = false } = job.error ?? {};
    const detail = await this._error(url, how, signal);
    const error = {
      message: joinWords(message, detail),
      transient,
      hasDetail: detail !== ''
    };
    return { ...job, error };
  }

  /** Empty where it cannot be had: that the job failed is known without it. */
  private async _error(
    url: string,
    how: IAskOptions,
    signal?: AbortSignal
  ): Promise<string> {
    try {
      const answer = await this._channel.send({ url: `${url}/error`, ...how, signal });
      const words = await serviceWords(await readBytes(answer.body, ERROR_BYTES));
      return words.sentence ?? '';
    } catch (error) {
      if (error instanceof ProtocolError && !signal?.aborted) {
        return '';
      }
      throw error;
    }
  }
}

/** Where a job is that was just made; null where the answer does not say. */
function placeOf(
  answer: ITransportResponse,
  text: string,
  list: string
): string | null {
  if (!isSamePlace(answer.url, list)) {
    return answer.url;
  }
  const location = answer.header('Location');
  if (
    location !== null &&
    RETRIEVABLE.has(answer.status) &&
    URL.canParse(location, list)
  ) {
    return new URL(location, list).href;
  }
  return isDocument(text, 'job') ? below(list, parseJob(text, list).id) : null;
}

/** Throws for an answer that names no job; it may be an error with HTTP status 200. */
async function refuseAnswer(text: string): Promise<never> {
  const { sentence } = await serviceWords(new TextEncoder().encode(text));
  if (sentence !== null && text.startsWith('<')) {
    throw new ProtocolError('rejected', sentence, { serviceMessage: sentence });
  }
  throw new ProtocolError(
    'bad-answer',
    'The service did not say where the job is that it was asked to make.',
    { hint: 'Refresh jobs to look for it there.' }
  );
}

/**
 * True where a job is gone: the service says so, knows it no longer, or sends on to
 * another place than the job, whatever may be seen there.
 */
function isRemoved({ status, url }: ITransportResponse, job: string): boolean {
  const isGone = status === 404 || status === 410;
  const isAccepted = status >= 200 && status < 300;
  return isGone || isAccepted || !isSamePlace(url, job);
}

/** The answer about a job, where 404 and 410 mean that the service forgot it. */
async function known<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isUnknown(error)) {
      const { archive, status, serviceMessage } = error.details;
      throw new ProtocolError('not-found', 'The service no longer knows this job.', {
        archive,
        status,
        serviceMessage,
        cause: error
      });
    }
    throw error;
  }
}

/** Not where our own server misses something. */
function isUnknown(error: unknown): error is ProtocolError {
  return (
    error instanceof ProtocolError &&
    error.kind === 'not-found' &&
    error.details.archive !== ''
  );
}

/** When the job shall be destroyed; null where it is kept for longer anyway. */
function destructionFor(job: IUwsJob, keep: number): number | null {
  const from = job.created ?? job.sent;
  if (from === null) {
    return null;
  }
  const until = from + keep * 1000;
  return job.destruction !== null && job.destruction >= until ? null : until;
}

/** The service refused what was asked; not for want of a sign-in, nor of patience. */
function isClientFault(error: unknown): boolean {
  const status = error instanceof ProtocolError ? (error.details.status ?? 0) : 0;
  return status >= 400 && status < 500 && status !== 401 && status !== 429;
}

function ownEntry(entry: IUwsJobReference, list: string): IUwsJobReference[] {
  try {
    return [{ ...entry, url: jobAddress(entry.url, list) }];
  } catch (error) {
    if (error instanceof ProtocolError) {
      return [];
    }
    throw error;
  }
}

function form(url: string, body: URLSearchParams, how: IAskOptions): ITransportRequest {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return { url, method: 'POST', headers, body, ...how };
}

async function textOf(answer: ITransportResponse, limit: number): Promise<string> {
  return decodeXml(await readBytes(answer.body, limit));
}

function sentAt(answer: ITransportResponse): number | null {
  return parseHttpDate(answer.header('Date') ?? '');
}

/** Two texts of one error; one that says all the other says stands alone. */
function joinWords(summary: string, detail: string): string {
  if (summary === '' || detail.includes(summary)) {
    return detail;
  }
  return summary.includes(detail) ? summary : `${summary}\n${detail}`;
}
