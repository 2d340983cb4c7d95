import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';

import { DownloadQueue } from '../../model/downloads/queue.js';
import { DownloadServer } from '../../model/downloads/server.js';
import type { DownloadLayout } from '../../model/downloads/types.js';
import { IDownloadQueue } from '../../tokens.js';
import { ServerApi } from '../../transport/api.js';
import { serverOptions } from '../server.js';
import { followSetting } from '../settings.js';

/** Provides the download queue, which lives on the Jupyter server. */
export const downloads: JupyterFrontEndPlugin<IDownloadQueue> = {
  id: 'obsdeck:downloads',
  description: 'Fetches files to the disk of the Jupyter server.',
  autoStart: true,
  optional: [ISettingRegistry],
  provides: IDownloadQueue,
  activate: (app: JupyterFrontEnd, settings: ISettingRegistry | null) => {
    const api = new ServerApi(serverOptions(app.serviceManager.serverSettings));
    const queue = new DownloadQueue(new DownloadServer(api));
    queue.isVisible = !document.hidden;
    document.addEventListener('visibilitychange', () => {
      queue.isVisible = !document.hidden;
    });
    followPreferences(queue, settings);
    // An older server half does not know them: then the usual ones hold.
    void queue.ready.then(() => queue.recall()).catch(() => undefined);
    return queue;
  }
};

/** Take folder and layout of the settings over, unless those used last are wanted. */
function followPreferences(
  queue: DownloadQueue,
  settings: ISettingRegistry | null
): void {
  const preferred = { folder: '', layout: 'last' };
  const follow = (name: keyof typeof preferred): void =>
    void followSetting(settings, downloads.id, name, value => {
      preferred[name] = String(value);
      const { folder, layout } = preferred;
      queue.preferred = {
        ...(folder !== '' && { folder }),
        ...(layout !== 'last' && { layout: layout as DownloadLayout })
      };
    });
  follow('folder');
  follow('layout');
}
