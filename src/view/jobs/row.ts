import type { TranslationBundle } from '@jupyterlab/translation';

import { isRunning, runSeconds } from '../../model/jobs/entry.js';
import { needsUpload } from '../../model/jobs/request.js';
import type { IJob } from '../../model/jobs/types.js';
import type { IJobsContext, JobAction } from './types.js';
import { stateWords } from './words.js';

/** What a job looks like. */
export type JobIcon =
  'running' | 'waiting' | 'done' | 'failed' | 'held' | 'elsewhere' | 'over';

/** Something that can be done with a job. */
export interface IJobButton {
  readonly does: JobAction;
  readonly label: string;
  /** With the job's name. */
  readonly name: string;
}

/** A job as a row of the list. */
export interface IJobRow {
  readonly id: string;
  readonly title: string;
  /** Archive and state. */
  readonly line: string;
  /** Of the whole row. */
  readonly name: string;
  readonly icon: JobIcon;
  /** The likeliest first. */
  readonly actions: readonly IJobButton[];
  /** Share of its time that has gone by, 0 to 1; `waiting` where none runs; null: no bar. */
  readonly progress: number | 'waiting' | null;
  /** True while something is being done with it. */
  readonly busy: boolean;
}

/** Describe a job as a row. */
export function describeJob(
  entry: IJob,
  { nameOf, canSave }: IJobsContext,
  now: number,
  trans: TranslationBundle
): IJobRow {
  const { record, work } = entry;
  const archive = nameOf(record.archive);
  const title = record.name;
  const line = `${archive}, ${stateWords(entry, archive, now, trans)}`;
  const actions = actionsOf(entry, canSave).map(does => ({
    does,
    label: label(does, trans),
    name: trans.__('%1 job %2', label(does, trans), title)
  }));
  return {
    id: record.id,
    title,
    line,
    name: `${title}, ${line}`,
    icon: iconOf(entry),
    actions,
    progress: progressOf(entry, now),
    busy: work !== null
  };
}

/** True where what was typed stands in the row's words. */
export function matches({ name }: IJobRow, filter: string): boolean {
  const words = filter.trim().toLowerCase().split(/\s+/);
  return words.every(word => name.toLowerCase().includes(word));
}

/** True for jobs of which nothing more can be had than running them again. */
export function isFinishedRow({ record, gone, job }: IJob): boolean {
  return (
    gone ||
    record.removed !== undefined ||
    ['ERROR', 'ABORTED', 'ARCHIVED'].includes(job?.phase ?? '')
  );
}

function actionsOf(entry: IJob, canSave: boolean): JobAction[] {
  const { record, job, kept } = entry;
  const again: JobAction[] = record.adql === '' || needsUpload(record) ? [] : ['again'];
  if (!kept) {
    return isFinishedRow(entry) ? [] : ['fetch'];
  }
  if (isFinishedRow(entry)) {
    return [...again, 'remove'];
  }
  switch (job?.phase) {
    case 'PENDING':
    case 'HELD':
      return ['start', 'remove'];
    case 'COMPLETED':
      return ['open', ...(canSave ? (['save'] as const) : []), 'remove'];
    default:
      return isRunning(entry) ? ['stop'] : ['remove'];
  }
}

function label(action: JobAction, trans: TranslationBundle): string {
  switch (action) {
    case 'start':
      return trans.__('Start');
    case 'stop':
      return trans.__('Stop');
    case 'open':
      return trans.__('Open');
    case 'save':
      return trans.__('Save as …');
    case 'again':
      return trans.__('Run again');
    case 'fetch':
      return trans.__('Fetch');
    default:
      return trans.__('Remove');
  }
}

function iconOf(entry: IJob): JobIcon {
  const { record, gone, job, kept } = entry;
  if (gone || record.removed === 'ABORTED') {
    return 'over';
  }
  if (!kept) {
    return 'elsewhere';
  }
  switch (record.removed ?? job?.phase) {
    case 'COMPLETED':
      return 'done';
    case 'ERROR':
      return 'failed';
    case 'EXECUTING':
      return 'running';
    case 'HELD':
    case 'SUSPENDED':
      return 'held';
    case 'ABORTED':
    case 'ARCHIVED':
      return 'over';
    default:
      return 'waiting';
  }
}

function progressOf(entry: IJob, now: number): number | 'waiting' | null {
  const { job, error } = entry;
  if (!isRunning(entry) || job === null || error !== null) {
    return null;
  }
  const run = job.phase === 'EXECUTING' ? runSeconds(entry, now) : null;
  const limit = job.executionDuration;
  return run === null || limit === null || limit === 0
    ? 'waiting'
    : Math.min(1, Math.max(0, run / limit));
}
