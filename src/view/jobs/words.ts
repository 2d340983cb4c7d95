import type { TranslationBundle } from '@jupyterlab/translation';

import { runSeconds, serviceTime } from '../../model/jobs/entry.js';
import type { IJob } from '../../model/jobs/types.js';
import { mendedBySignIn } from '../../model/signingate.js';
import type { IUwsJob } from '../../protocol/uws/types.js';
import { formatCount, formatSize, formatSpan } from '../shared/format.js';

/** A time that runs, as clocks show it: `0:48`, `10:00`, `1:02:03`. */
export function formatRun(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** How a job stands, in words. */
export function stateWords(
  entry: IJob,
  archive: string,
  now: number,
  trans: TranslationBundle
): string {
  const { record, work, gone, error, job } = entry;
  if (work !== null) {
    return workWords(work, trans);
  }
  if (record.removed !== undefined) {
    return removedWords(entry, trans);
  }
  if (gone) {
    return trans.__('The service no longer knows this job.');
  }
  if (error !== null) {
    const { message } = error;
    return mendedBySignIn(error)
      ? trans.__('sign in to %1 to see how it stands', archive)
      : trans.__('cannot be asked: %1', message);
  }
  const words = job ? phaseWords(entry, job, now, trans) : unheardWords(entry, trans);
  const parts = [words, ...whose(entry, trans)];
  return parts.join(', ');
}

function workWords(work: NonNullable<IJob['work']>, trans: TranslationBundle): string {
  switch (work) {
    case 'start':
      return trans.__('starting …');
    case 'stop':
      return trans.__('stopping …');
    case 'remove':
      return trans.__('removing …');
    default:
      return trans.__('fetching …');
  }
}

function removedWords({ record }: IJob, trans: TranslationBundle): string {
  if (record.removed === 'ABORTED') {
    return trans.__('stopped');
  }
  const rows = rowWords(record.rows, trans);
  const where =
    record.saved === undefined
      ? trans.__('removed at the service')
      : trans.__('saved as %1', record.saved);
  return [...rows, where].join(', ');
}

function unheardWords({ record }: IJob, trans: TranslationBundle): string {
  return record.ended === undefined
    ? trans.__('not asked about since the page was loaded')
    : trans.__('ended');
}

function phaseWords(
  entry: IJob,
  job: IUwsJob,
  now: number,
  trans: TranslationBundle
): string {
  switch (job.phase) {
    case 'PENDING':
      return trans.__('not started');
    case 'QUEUED':
      return trans.__('queued');
    case 'EXECUTING':
      return runningWords(entry, now, trans);
    case 'COMPLETED':
      return doneWords(entry, job, now, trans);
    case 'ERROR':
      return job.error?.message || trans.__('failed, the service does not say why');
    case 'ABORTED':
      return trans.__('stopped');
    case 'HELD':
      return trans.__('held by the service');
    case 'SUSPENDED':
      return trans.__('paused by the service');
    case 'ARCHIVED':
      return trans.__('archived, result gone');
    default:
      return trans.__('state unknown, asking again');
  }
}

function runningWords(entry: IJob, now: number, trans: TranslationBundle): string {
  const run = runSeconds(entry, now);
  const limit = entry.job?.executionDuration ?? null;
  if (run === null) {
    return trans.__('running');
  }
  return limit === null || limit === 0
    ? trans.__('running %1', formatRun(run))
    : trans.__('running %1, limit %2', formatRun(run), formatRun(limit));
}

function doneWords(
  entry: IJob,
  job: IUwsJob,
  now: number,
  trans: TranslationBundle
): string {
  const { record } = entry;
  const size = job.results.find(({ id }) => id === 'result')?.size ?? null;
  const rows = rowWords(record.rows, trans);
  const done = rows.length > 0 ? rows : [trans.__('done'), ...sizeWords(size)];
  const left =
    job.destruction === null
      ? null
      : (job.destruction - serviceTime(entry, now)) / 1000;
  return [...done, ...leftWords(left, trans)].join(', ');
}

function leftWords(left: number | null, trans: TranslationBundle): string[] {
  if (left === null) {
    return [];
  }
  return left > 0
    ? [trans.__('deleted by the service in %1', formatSpan(left))]
    : [trans.__('the service may have deleted it')];
}

function rowWords(rows: number | undefined, trans: TranslationBundle): string[] {
  return rows === undefined
    ? []
    : [trans._n('%2 row', '%2 rows', rows, formatCount(rows))];
}

function sizeWords(size: number | null): string[] {
  return size === null ? [] : [formatSize(size)];
}

function whose({ record, kept }: IJob, trans: TranslationBundle): string[] {
  const me = record.as === 'me';
  if (kept) {
    return me ? [trans.__('as you')] : [];
  }
  // A list that everybody may read is a list of everybody's jobs.
  return [
    me
      ? trans.__('started elsewhere')
      : trans.__('started elsewhere, maybe by somebody else')
  ];
}
