import type { ITranslator } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { IArchiveRegistry, IQueryJobs } from '../../tokens.js';
import { JobsPanel } from '../../view/jobs/panel.js';
import { whyBlocked } from '../../view/shared/notice.js';
import type { Sidebar } from '../../view/sidebar.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import type { JobActions } from './jobactions.js';
import { openJobMenu } from './jobcommands.js';
import { serverHalf } from '../serverhalf.js';

interface IJobsPanelParts {
  readonly jobs: IQueryJobs;
  readonly archives: IArchiveRegistry;
  readonly commands: CommandRegistry;
  readonly actions: JobActions;
  readonly translator: ITranslator;
}

/** Put the Jobs section into the sidebar. */
export function addJobsPanel(parts: IJobsPanelParts, sidebar: Sidebar): JobsPanel {
  const { jobs, archives, commands, actions, translator } = parts;
  const trans = translator.load('obsdeck');
  const callbacks = {
    act: (...what: Parameters<JobActions['act']>) => attempt(actions.act(...what)),
    refresh: () => attempt(commands.execute(CommandIDs.refreshJobs)),
    menu: (at: { x: number; y: number }, opener: HTMLElement) =>
      openJobMenu(commands, at, opener)
  };
  const panel = new JobsPanel(jobs, callbacks, translator);
  const update = (): void => {
    panel.context = {
      nameOf: id => archives.get(id)?.definition.name ?? id,
      canSave: commands.hasCommand(CommandIDs.exportResults),
      blocked: whyBlocked(serverHalf(archives), trans)
    };
  };
  archives.changed.connect(update);
  commands.commandChanged.connect((_, { id }) => {
    if (id === CommandIDs.exportResults) {
      update();
    }
  });
  update();
  sidebar.addSection('jobs', panel);
  return panel;
}
