import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { hasRows } from '../../model/jobs/entry.js';
import type { IJob } from '../../model/jobs/types.js';
import type { IQueryRequest } from '../../model/query.js';
import { ProtocolError } from '../../protocol/errors.js';
import type { IObsSelection, IQueryJobs } from '../../tokens.js';
import { isFinishedRow } from '../../view/jobs/row.js';
import type { JobAction } from '../../view/jobs/types.js';
import { CommandIDs } from '../commands.js';

interface IJobActionParts {
  readonly jobs: IQueryJobs;
  readonly selection: IObsSelection;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
}

/** What the user does with jobs. */
export class JobActions {
  constructor(private readonly _parts: IJobActionParts) {}

  /** Do something with a job; throws what that throws. */
  async act(action: JobAction, id: string): Promise<void> {
    const { jobs, commands } = this._parts;
    switch (action) {
      case 'start':
        return jobs.run(id);
      case 'stop':
        return jobs.stop(id);
      case 'open':
        return this.open(id);
      case 'save':
        await commands.execute(CommandIDs.exportResults, { job: id });
        return;
      case 'again':
        return this._again(id);
      case 'fetch':
        return this._fetch(id);
      case 'remove':
        return this._remove(id);
    }
  }

  /** Show the rows of a job in a Results tab, and note how many they are. */
  async open(id: string): Promise<void> {
    const { jobs, selection } = this._parts;
    const request = this._request(id);
    await selection.open(request);
    const result = selection.query?.result;
    const isWhole =
      result?.state === 'done' && result.provenance?.job?.url === request.job?.url;
    if (isWhole && request.job) {
      await jobs.note(id, { rows: result.rows?.rowCount ?? 0 });
    }
  }

  /** Take the jobs off the list of which nothing more can be had. */
  async removeFinished(): Promise<void> {
    const { jobs } = this._parts;
    const finished = jobs.jobs.filter(job => job.kept && isFinishedRow(job));
    for (const { record } of finished) {
      await jobs.remove(record.id);
    }
  }

  /** The same query once more; the job there was stays. */
  private async _again(id: string): Promise<void> {
    const { archive, table, query, subject, as } = this._request(id);
    await this._parts.jobs.start({ archive, table, query, subject, as });
  }

  private async _fetch(id: string): Promise<void> {
    const kept = await this._parts.jobs.keep(id);
    if (hasRows(kept)) {
      await this.open(kept.record.id);
    }
  }

  private async _remove(id: string): Promise<void> {
    const { jobs, trans } = this._parts;
    const job = jobs.get(id);
    const where = job && hasRows(job) ? await askWhere(job, trans) : 'everywhere';
    if (where !== null) {
      await jobs.remove(id, where === 'everywhere');
    }
  }

  private _request(id: string): IQueryRequest {
    const request = this._parts.jobs.request(id);
    if (!request) {
      const { trans } = this._parts;
      throw new ProtocolError(
        'not-found',
        trans.__('The query of this job is not known, or its archive was removed.')
      );
    }
    return request;
  }
}

/** Ask whether the service shall forget the result, too; null: do nothing. */
async function askWhere(
  { record }: IJob,
  trans: TranslationBundle
): Promise<'here' | 'everywhere' | null> {
  const here = Dialog.createButton({ label: trans.__('Remove here only') });
  const everywhere = Dialog.warnButton({ label: trans.__('Remove') });
  const { button } = await showDialog({
    title: trans.__('Remove %1', record.name),
    body: trans.__(
      'The service still keeps its result. Shall it be deleted there, too?'
    ),
    buttons: [Dialog.cancelButton({ label: trans.__('Cancel') }), here, everywhere]
  });
  if (button.label === everywhere.label) {
    return 'everywhere';
  }
  return button.label === here.label ? 'here' : null;
}
