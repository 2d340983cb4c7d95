import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { IJobRecord } from '../../archives/jobrecord.js';
import type { IUwsJob } from '../../protocol/uws/types.js';
import type { ProtocolError } from '../../protocol/errors.js';
import type { IQueryRequest } from '../query.js';

export type { IJobRecord } from '../../archives/jobrecord.js';

/** What is being done with a job now. */
export type JobWork = 'start' | 'stop' | 'remove' | 'fetch';

/** A job with its state as last heard. */
export interface IJob {
  readonly record: IJobRecord;
  /** False for one that was only found at its service. */
  readonly kept: boolean;
  /** The service's document; null before it was read once since the page was loaded. */
  readonly job: IUwsJob | null;
  /** When that was, by {@link IQueryJobs.now}. */
  readonly heard: number | null;
  /** The service no longer knows the job. */
  readonly gone: boolean;
  /** Why its state could not be read the last time. */
  readonly error: ProtocolError | null;
  /** What the user has asked for and is under way. */
  readonly work: JobWork | null;
}

/** What became of the rows of a job. */
export interface IJobNews {
  /** All rows were fetched, so many. */
  readonly rows?: number;
  /** They were saved at this path of the workspace. */
  readonly saved?: string;
}

/** The jobs of the person at this page, at all archives. */
export interface IQueryJobs {
  /** Newest first. */
  readonly jobs: readonly IJob[];
  /** Why the kept jobs, or those of a service, could not be read the last time. */
  readonly error: ProtocolError | null;
  /** What the user should know of the kept list, one sentence each. */
  readonly problems: readonly string[];
  /** Emitted when any of the above changed. */
  readonly changed: ISignal<unknown, void>;
  /** Emitted when a job that runs has ended, well or not. */
  readonly ended: ISignal<unknown, IJob>;
  /** Resolves once the kept jobs were read. */
  readonly ready: Promise<void>;
  /** Milliseconds since 1970 by a clock that never goes back. */
  now(): number;
  get(id: string): IJob | undefined;
  /**
   * Run a request as a job; where it goes in slices, as one job for each of them.
   *
   * @param name - what the user sees; the request's subject unless told
   * @returns the first job
   * @throws ProtocolError; `cancelled` also where the user did not want to start it
   */
  start(request: IQueryRequest, name?: string, signal?: AbortSignal): Promise<IJob>;
  /**
   * Read the state of all, and look for jobs started elsewhere: at archives with jobs here
   * or where one is signed in. Never throws.
   *
   * @param everywhere - look at all archives
   */
  refresh(everywhere?: boolean): Promise<void>;
  /**
   * The request whose rows the job has; of a job that has none any more, the same query to
   * be run anew. Null where its archive is not known or its query is not.
   */
  request(id: string): IQueryRequest | null;
  /** Send RUN, to a job that is PENDING or HELD. */
  run(id: string): Promise<void>;
  /** Stop it; the record stays until it is removed. */
  stop(id: string): Promise<void>;
  /**
   * Take it off the list, and remove it at its service.
   *
   * @param atService - false leaves it there
   */
  remove(id: string, atService?: boolean): Promise<void>;
  /** Keep a job that was started elsewhere. */
  keep(id: string): Promise<IJob>;
  /** Note what became of its rows; may remove the job at its service, see the settings. */
  note(id: string, news: IJobNews): Promise<void>;
  /** Poll while somebody looks; disposing slows down to what must be known. */
  watch(): IDisposable;
  /** The user did something: jobs in the user's name may be asked about from now on. */
  wake(): void;
}
