import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IJob } from '../../model/jobs/types.js';
import type { IQueryJobs } from '../../tokens.js';
import { attempt } from '../attempt.js';

interface INoticeParts {
  readonly jobs: IQueryJobs;
  readonly trans: TranslationBundle;
  nameOf(archive: string): string;
  /** True where the user sees the list of jobs. */
  isSeen(): boolean;
  open(id: string): Promise<unknown>;
  /** Show the list of jobs. */
  show(): void;
}

/** Tell of each job that has ended, unless the user sees it. */
export function tellEnds(parts: INoticeParts): void {
  parts.jobs.ended.connect((_, job) => {
    if (!parts.isSeen()) {
      tell(job, parts);
    }
  });
}

function tell(entry: IJob, { trans, nameOf, open, show }: INoticeParts): void {
  const { record, job } = entry;
  const archive = nameOf(record.archive);
  const options = { autoClose: false as const };
  if (job?.phase === 'COMPLETED') {
    Notification.success(trans.__('%1: the job at %2 is done.', record.name, archive), {
      ...options,
      actions: [{ label: trans.__('Open'), callback: () => attempt(open(record.id)) }]
    });
    return;
  }
  const reason = job?.phase === 'ERROR' ? (job.error?.message ?? '') : '';
  const message = reason
    ? trans.__('%1: the job at %2 failed: “%3”', record.name, archive, reason)
    : trans.__('%1: the job at %2 ended without rows.', record.name, archive);
  Notification.warning(message, {
    ...options,
    actions: [{ label: trans.__('Show jobs'), callback: show }]
  });
}
