import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { IUwsJob } from '../../protocol/uws/types.js';
import type { ProtocolError } from '../../protocol/errors.js';
import type { IQueryRequest } from '../query.js';

/** What is kept of a job in the server half: no answer, no secret. */
export interface IJobRecord {
  /** Made by us; not the service's. */
  readonly id: string;
  /** Id of the archive. */
  readonly archive: string;
  /** Base URL of the TAP service, and absolute address of the job. */
  readonly service: string;
  readonly url: string;
  readonly as?: 'me';
  /** In words: the target, the table, or what the user called it. */
  readonly name: string;
  /** Name of the table that was searched. */
  readonly table: string;
  readonly adql: string;
  readonly maxrec: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  /**
   * When it was seen to have ended, milliseconds since 1970. Ended ones are the first that
   * are forgotten when the list gets too long.
   */
  readonly ended?: number;
  /** True for jobs that another tool started. */
  readonly elsewhere?: boolean;
  /** Rows of its result, once all of them were fetched. */
  readonly rows?: number;
  /** Path in the workspace at which its rows were saved last. */
  readonly saved?: string;
  /**
   * How it ended where we removed it at the service: its rows are safe, or it was stopped.
   * It is not asked about any more.
   */
  readonly removed?: 'COMPLETED' | 'ABORTED';
}

/** A job with its state as last heard. */
export interface IJob {
  readonly record: IJobRecord;
  /** The service's document; null before it was read once since the page was loaded. */
  readonly job: IUwsJob | null;
  /** When that was, milliseconds since 1970. */
  readonly heard: number | null;
  /** The service no longer knows the job. */
  readonly gone: boolean;
  /** Why its state could not be read the last time. */
  readonly error: ProtocolError | null;
  /** Rows of the result, once it was fetched. */
  readonly rows: number | null;
}

/** The jobs of the person at this page, at all archives. */
export interface IQueryJobs {
  /** Newest first. */
  readonly jobs: readonly IJob[];
  /** Emitted when any of the above changed. */
  readonly changed: ISignal<unknown, void>;
  /** Emitted when a job that runs has ended, well or not. */
  readonly ended: ISignal<unknown, IJob>;
  /** Resolves once the kept jobs were read. */
  readonly ready: Promise<void>;
  /** Run a request as a job. */
  start(request: IQueryRequest, name?: string, signal?: AbortSignal): Promise<IJob>;
  /** Read the state of all, and look for jobs started elsewhere. Never throws. */
  refresh(): Promise<void>;
  /** Send RUN again. */
  run(id: string): Promise<void>;
  /** Stop it; the record stays until it is removed. */
  stop(id: string): Promise<void>;
  /** Remove it, at the service too. */
  remove(id: string): Promise<void>;
  /** Poll while somebody looks; disposing slows down to what must be known. */
  watch(): IDisposable;
}
