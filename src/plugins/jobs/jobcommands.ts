import { type ICommandPalette, InputDialog } from '@jupyterlab/apputils';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Menu } from '@lumino/widgets';

import type { IJob } from '../../model/jobs/types.js';
import { canStop } from '../../protocol/uws/phases.js';
import { hasRows, isAtService } from '../../model/jobs/entry.js';
import type { IQueryJobs } from '../../tokens.js';
import { isFinishedRow } from '../../view/jobs/row.js';
import { CommandIDs } from '../commands.js';
import type { JobActions } from './jobactions.js';

interface IJobCommandParts {
  readonly commands: CommandRegistry;
  readonly jobs: IQueryJobs;
  readonly actions: JobActions;
  readonly translator: ITranslator;
  readonly palette: ICommandPalette | null;
  nameOf(archive: string): string;
}

/** Add the commands of jobs; without a job as argument they ask for one. */
export function addJobCommands(parts: IJobCommandParts): void {
  const { actions, palette } = parts;
  const trans = parts.translator.load('obsdeck');
  addForJob(parts, CommandIDs.openJob, {
    label: trans.__('Open job …'),
    title: trans.__('Open the rows of a job'),
    verb: trans.__('Open'),
    fits: hasRows,
    execute: id => actions.open(id)
  });
  addForJob(parts, CommandIDs.stopJob, {
    label: trans.__('Stop job …'),
    title: trans.__('Stop a job'),
    verb: trans.__('Stop'),
    fits: job => isAtService(job) && job.job !== null && canStop(job.job.phase),
    execute: id => actions.act('stop', id)
  });
  addListCommands(parts, trans);
  for (const command of [
    CommandIDs.refreshJobs,
    CommandIDs.openJob,
    CommandIDs.stopJob
  ]) {
    palette?.addItem({ command, category: trans.__('Obsdeck') });
  }
}

/** Open the menu “More job actions”. */
export function openJobMenu(
  commands: CommandRegistry,
  at: { readonly x: number; readonly y: number },
  opener: HTMLElement
): void {
  const menu = new Menu({ commands });
  menu.addItem({ command: CommandIDs.removeFinishedJobs });
  menu.addItem({ command: CommandIDs.showAllJobs });
  menu.aboutToClose.connect(() => {
    opener.focus();
    // What was chosen runs first; it may need the menu's items.
    setTimeout(() => menu.dispose());
  });
  menu.open(at.x, at.y);
  menu.activateNextItem();
}

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

function addListCommands(
  { commands, jobs, actions }: IJobCommandParts,
  trans: TranslationBundle
): void {
  let everywhere = false;
  commands.addCommand(CommandIDs.refreshJobs, {
    label: trans.__('Refresh jobs'),
    caption: trans.__('Ask how all jobs stand, and look for jobs started elsewhere'),
    execute: () => jobs.refresh(everywhere),
    describedBy: NO_ARGUMENTS
  });
  commands.addCommand(CommandIDs.removeFinishedJobs, {
    label: trans.__('Remove finished'),
    caption: trans.__(
      'Remove jobs that failed, were stopped, or have no result any more'
    ),
    isEnabled: () => jobs.jobs.some(job => job.kept && isFinishedRow(job)),
    execute: () => actions.removeFinished(),
    describedBy: NO_ARGUMENTS
  });
  commands.addCommand(CommandIDs.showAllJobs, {
    label: trans.__('Show all archives'),
    caption: trans.__('Look for jobs started elsewhere at all archives'),
    isToggleable: true,
    isToggled: () => everywhere,
    execute: () => {
      everywhere = !everywhere;
      commands.notifyCommandChanged(CommandIDs.showAllJobs);
      return jobs.refresh(everywhere);
    },
    describedBy: NO_ARGUMENTS
  });
}

interface IForJob {
  readonly label: string;
  /** Of the dialog that asks which job. */
  readonly title: string;
  /** On its button. */
  readonly verb: string;
  /** The jobs with which it can be done. */
  fits(job: IJob): boolean;
  execute(id: string): Promise<unknown>;
}

function addForJob(parts: IJobCommandParts, id: string, does: IForJob): void {
  const { commands, jobs } = parts;
  commands.addCommand(id, {
    label: does.label,
    isEnabled: args => jobOf(args) !== null || jobs.jobs.some(does.fits),
    execute: async args => {
      const job = jobOf(args) ?? (await chooseJob(parts, does));
      return job === null ? false : await does.execute(job);
    },
    describedBy: {
      args: { type: 'object', properties: { job: { type: 'string' } } }
    }
  });
}

/** Ask which job is meant; null when the user cancelled. */
async function chooseJob(
  { jobs, nameOf, translator }: IJobCommandParts,
  { title, verb, fits }: IForJob
): Promise<string | null> {
  const trans = translator.load('obsdeck');
  const choices = jobs.jobs.filter(fits).map(({ record }, index) => ({
    id: record.id,
    // Names may repeat; the number tells them apart.
    label: `${index + 1}. ${record.name}, ${nameOf(record.archive)}`
  }));
  const { value } = await InputDialog.getItem({
    title,
    label: trans.__('Job'),
    okLabel: verb,
    items: choices.map(({ label }) => label)
  });
  return choices.find(({ label }) => label === value)?.id ?? null;
}

function jobOf({ job }: ReadonlyPartialJSONObject): string | null {
  return typeof job === 'string' ? job : null;
}
