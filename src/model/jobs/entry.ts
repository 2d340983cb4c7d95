import type { IJobAddress } from '../../archives/archive.js';
import type { ProtocolError } from '../../protocol/errors.js';
import { isOver } from '../../protocol/uws/phases.js';
import type { IUwsJob, IUwsJobReference } from '../../protocol/uws/types.js';
import type { IJob, IJobRecord } from './types.js';

/** A job of which nothing is known but its record. */
export function unheard(record: IJobRecord, kept = true): IJob {
  return { record, kept, job: null, heard: null, gone: false, error: null, work: null };
}

/** The same job with a document that was just heard. */
export function heard(entry: IJob, job: IUwsJob, now: number): IJob {
  return { ...entry, job, heard: now, gone: false, error: null };
}

/** The same job, of which asking failed. */
export function failed(entry: IJob, error: ProtocolError): IJob {
  return error.kind === 'not-found'
    ? { ...entry, gone: true, error: null }
    : { ...entry, error };
}

/** Where it is asked for. */
export function addressOf({ record }: IJob): IJobAddress {
  const { service, url, as } = record;
  return { service, url, ...(as && { as }) };
}

/**
 * True where something will still happen to a job by itself, as far as anybody knows.
 * A job that is PENDING waits for its owner, so nothing does.
 */
export function isRunning({ record, job, gone }: IJob): boolean {
  if (gone || record.removed !== undefined) {
    return false;
  }
  return job === null
    ? record.ended === undefined
    : !isOver(job.phase) && job.phase !== 'PENDING';
}

/** True where the service has, or may have, the rows. */
export function hasRows({ record, job, gone }: IJob): boolean {
  return !gone && record.removed === undefined && job?.phase === 'COMPLETED';
}

/** True where the service still keeps something of the job. */
export function isAtService({ record, gone }: IJob): boolean {
  return !gone && record.removed === undefined;
}

/** A job of a service's list that nobody here knew of. */
export function foundJob(
  reference: IUwsJobReference,
  at: Pick<IJobRecord, 'archive' | 'service' | 'as'>,
  now: number
): IJob {
  const { id, url, phase, runId, owner, created } = reference;
  const record: IJobRecord = {
    ...at,
    id: url,
    url,
    name: runId ?? id,
    table: '',
    adql: '',
    maxrec: 0,
    created: created ?? 0,
    elsewhere: true
  };
  const job: IUwsJob = {
    id,
    runId,
    owner,
    phase,
    created,
    quote: null,
    started: null,
    ended: null,
    executionDuration: null,
    destruction: null,
    parameters: [],
    results: [],
    error: null,
    canWait: false,
    sent: null
  };
  return heard(unheard(record, false), job, now);
}

/** True for a job about which something is left to be heard. */
export function isOpen({ gone, record, job }: IJob): boolean {
  return !gone && record.removed === undefined && (job === null || !isOver(job.phase));
}
