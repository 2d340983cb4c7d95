import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { EXPORT_FORMATS } from '../../model/export/types.js';
import { IObsSelection, IQueryJobs } from '../../tokens.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { exportRows } from './exportrows.js';
import { IResultTabs } from './results.js';
import type { ResultTabs } from './resulttabs.js';

/** Saves the rows of a result as a file in the workspace. */
export const exporting: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:export',
  description: 'Saves rows as VOTable, FITS, Parquet, CSV or Arrow files.',
  autoStart: true,
  requires: [IResultTabs, IObsSelection],
  optional: [
    IQueryJobs,
    IDocumentManager,
    IDefaultFileBrowser,
    ITranslator,
    ICommandPalette
  ],
  activate: (
    app: JupyterFrontEnd,
    tabs: IResultTabs,
    selection: IObsSelection,
    jobs: IQueryJobs | null,
    manager: IDocumentManager | null,
    browser: IDefaultFileBrowser | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('obsdeck');
    const parts = { app, tabs, jobs, manager, browser, trans };
    const command = CommandIDs.exportResults;
    app.commands.addCommand(command, {
      label: trans.__('Export results …'),
      caption: trans.__('Save the rows as a file in the workspace'),
      isEnabled: ({ job }) =>
        job === undefined ? hasRows(tabs) : Boolean(jobs?.get(String(job))),
      execute: ({ job, format }) => exportRows(parts, job, format),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            job: { type: 'string' },
            format: { type: 'string', enum: Object.keys(EXPORT_FORMATS) }
          }
        }
      }
    });
    selection.addAction({
      id: 'export',
      label: trans.__('Export …'),
      place: 'more',
      rank: 10,
      enabled: () => hasRows(tabs),
      reason: () => trans.__('There are no rows yet.'),
      execute: () => attempt(app.commands.execute(command))
    });
    palette?.addItem({ command, category: trans.__('Obsdeck') });
  }
};

function hasRows(tabs: ResultTabs): boolean {
  return Boolean(tabs.query?.result.rows);
}
