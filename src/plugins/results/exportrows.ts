import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';

import { jobSource, resultSource } from '../../model/export/sources.js';
import { ExportState } from '../../model/export/state.js';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  type IExported,
  type IExportSource
} from '../../model/export/types.js';
import { pausing } from '../../model/table/pause.js';
import type { IQueryJobs } from '../../tokens.js';
import { ServerApi } from '../../transport/api.js';
import { formatCount } from '../../view/shared/format.js';
import { attempt } from '../attempt.js';
import { fileName } from '../filename.js';
import { folderChooser, showFile } from '../folders.js';
import type { ResultTabs } from './resulttabs.js';
import { serverOptions } from '../server.js';
import { titleOf } from './tabtitle.js';

/** What rows are exported with. */
export interface IExportParts {
  readonly app: JupyterFrontEnd;
  readonly tabs: ResultTabs;
  readonly jobs: IQueryJobs | null;
  readonly manager: IDocumentManager | null;
  readonly browser: IDefaultFileBrowser | null;
  readonly trans: TranslationBundle;
}

/** Ask how the rows of the tab used last, or of a job, are saved, and save them. */
export async function exportRows(
  parts: IExportParts,
  job: unknown,
  format: unknown
): Promise<void> {
  const source =
    job === undefined ? shownSource(parts) : sourceOfJob(parts, String(job));
  if (!source) {
    return;
  }
  const { app, browser, jobs, trans } = parts;
  const api = new ServerApi(serverOptions(app.serviceManager.serverSettings));
  const state = new ExportState(
    source,
    (table, signal) => api.saveTable(table, signal),
    {
      folder: browser?.model.path ?? '',
      format: isFormat(format) ? format : 'votable'
    }
  );
  const { askExport } = await import('../../view/export/dialog.js');
  const exported = await askExport({ state, trans, ...folderChoice(parts) });
  if (exported) {
    tell(parts, exported);
    if (job !== undefined) {
      await jobs?.note(String(job), { rows: exported.rows, saved: exported.path });
    }
  }
}

/** What the tab used last shows. */
function shownSource({ tabs, trans }: IExportParts): IExportSource | null {
  const tab = tabs.tracker.currentWidget;
  const { rows: store, provenance } = tab?.model.result ?? {};
  if (!tab?.panel || !store || !provenance) {
    return null;
  }
  const { rows: shown, columns } = tab.panel.arrangement;
  const { selectedRows: selected } = tab.panel;
  const title = titleOf(tab.model.ran ?? tab.model.request, trans);
  return resultSource(
    fileName(title),
    { store, provenance, shown, selected, columns },
    pausing
  );
}

function sourceOfJob({ jobs }: IExportParts, id: string): IExportSource | null {
  const request = jobs?.request(id);
  const service = request?.archive.discover?.jobs;
  const name = jobs?.get(id)?.record.name;
  return request?.job && service
    ? jobSource(
        { ...request, subject: fileName(name ?? request.subject) },
        service,
        pausing
      )
    : null;
}

function folderChoice({ manager, trans }: IExportParts) {
  return manager && { chooseFolder: folderChooser(manager, trans) };
}

/** Say where the file is, and what its format could not hold. */
function tell({ app, browser, trans }: IExportParts, exported: IExported): void {
  const { path, rows, notes } = exported;
  const said = trans._n(
    '%3: %2 row saved.',
    '%3: %2 rows saved.',
    rows,
    formatCount(rows),
    path
  );
  const show = {
    label: trans.__('Show in file browser'),
    callback: () => attempt(showFile(app.commands, browser, path))
  };
  Notification.success([said, ...notes].join(' '), {
    autoClose: notes.length > 0 ? false : 10_000,
    ...(browser && { actions: [show] })
  });
}

function isFormat(value: unknown): value is ExportFormat {
  return typeof value === 'string' && Object.hasOwn(EXPORT_FORMATS, value);
}
