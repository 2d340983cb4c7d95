import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { isRunning } from '../../model/jobs/entry.js';
import { IArchiveRegistry, IObsSelection, IQueryJobs } from '../../tokens.js';
import { jobsStatusItem } from '../../view/jobs/statusitem.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { JobActions } from './jobactions.js';
import { addJobCommands } from './jobcommands.js';
import { tellEnds } from './jobnotices.js';
import { addJobsPanel } from './jobspanel.js';
import { ISidebar } from '../sidebar.js';

/** Shows the jobs: section of the sidebar, commands, status bar, notifications. */
export const jobsSection: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:jobs-section',
  description: 'Shows the jobs at the archives, and what can be done with them.',
  autoStart: true,
  requires: [IQueryJobs, ISidebar, IArchiveRegistry, IObsSelection],
  optional: [ITranslator, ICommandPalette, IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    jobs: IQueryJobs,
    sidebar: ISidebar,
    archives: IArchiveRegistry,
    selection: IObsSelection,
    maybeTranslator: ITranslator | null,
    palette: ICommandPalette | null,
    statusBar: IStatusBar | null
  ) => {
    const { commands } = app;
    const translator = maybeTranslator ?? nullTranslator;
    const trans = translator.load('obsdeck');
    const nameOf = (id: string): string => archives.get(id)?.definition.name ?? id;
    const actions = new JobActions({ jobs, selection, commands, trans });
    const panel = addJobsPanel(
      { jobs, archives, commands, actions, translator },
      sidebar
    );
    void app.restored.then(() => (panel.isRestored = true));
    addJobCommands({ commands, jobs, actions, translator, palette, nameOf });
    const show = (): void =>
      attempt(commands.execute(CommandIDs.showSection, { section: 'jobs' }));
    tellEnds({
      jobs,
      trans,
      nameOf,
      show,
      isSeen: () => panel.isVisible && !document.hidden,
      open: id => actions.open(id)
    });
    addStatusItem(jobs, show, statusBar, translator);
  }
};

function addStatusItem(
  jobs: IQueryJobs,
  show: () => void,
  statusBar: IStatusBar | null,
  translator: ITranslator
): void {
  const count = (): number =>
    jobs.jobs.filter(job => job.kept && isRunning(job)).length;
  const item = jobsStatusItem(count, show, translator);
  jobs.changed.connect(() => item.update());
  statusBar?.registerStatusItem('obsdeck:jobs', {
    item,
    align: 'left',
    rank: 41,
    isActive: () => count() > 0,
    activeStateChanged: jobs.changed
  });
}
