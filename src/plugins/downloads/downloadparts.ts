import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IAccounts, IArchiveRegistry, IDownloadQueue } from '../../tokens.js';

/** What the plugins of downloads work with; what this JupyterLab lacks is null. */
export interface IDownloadParts {
  readonly app: JupyterFrontEnd;
  readonly queue: IDownloadQueue;
  readonly archives: IArchiveRegistry;
  readonly accounts: IAccounts | null;
  readonly manager: IDocumentManager | null;
  readonly browser: IDefaultFileBrowser | null;
  readonly notebooks: INotebookTracker | null;
  readonly settings: ISettingRegistry | null;
  readonly trans: TranslationBundle;
}
