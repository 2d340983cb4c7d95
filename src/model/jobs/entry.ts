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

/**
 * The service's time, milliseconds since 1970: what it told last, and what has gone by
 * here since. The clock of this computer may be another.
 *
 * @param now - by the clock of {@link IJob.heard}
 */
export function serviceTime({ job, heard }: IJob, now: number): number {
  return heard === null ? now : (job?.sent ?? heard) + (now - heard);
}

/** Seconds for which a job has been running; null where it has not begun. */
export function runSeconds(entry: IJob, now: number): number | null {
  const started = entry.job?.started ?? null;
  return started === null ? null : (serviceTime(entry, now) - started) / 1000;
}

/**
 * True for a job in the user's name that may still run at a time: nobody knows how long it
 * takes, only how long it may.
 *
 * @param now - by the clock of {@link IJob.heard}
 * @param at - by the same clock
 */
export function mayRunAt(entry: IJob, now: number, at: number): boolean {
  if (entry.record.as !== 'me' || !isRunning(entry)) {
    return false;
  }
  const limit = entry.job?.executionDuration ?? 0;
  const left = limit - (runSeconds(entry, now) ?? 0);
  return limit === 0 || now + left * 1000 > at;
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
