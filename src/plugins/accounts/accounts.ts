import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { UUID } from '@lumino/coreutils';

import { AccountsModel } from '../../model/accounts.js';
import { ServerApi } from '../../transport/api.js';
import { IAccounts, IArchiveRegistry } from '../../tokens.js';
import { serverOptions } from '../server.js';
import { followSetting } from '../settings.js';

/** Provides the accounts: who one is at each archive, and for how long. */
export const accounts: JupyterFrontEndPlugin<IAccounts> = {
  id: 'obsdeck:accounts',
  description: 'Knows who one is at each archive.',
  autoStart: true,
  requires: [IArchiveRegistry],
  optional: [ISettingRegistry],
  provides: IAccounts,
  activate: (
    app: JupyterFrontEnd,
    archives: IArchiveRegistry,
    settings: ISettingRegistry | null
  ) => {
    const model = new AccountsModel({
      store: new ServerApi(serverOptions(app.serviceManager.serverSettings)),
      page: pageId(),
      nameOf: archive => archives.get(archive)?.definition.name ?? archive,
      isHidden: () => document.hidden
    });
    follow(model, archives);
    window.addEventListener('pagehide', () => void model.leaving());
    void followSetting(settings, accounts.id, 'warnMinutes', minutes => {
      model.warnMinutes = Number(minutes);
    });
    return model;
  }
};

/**
 * Ask once there is a server half that has accounts, and again when archives, or how one
 * signs in to them, change.
 */
function follow(model: AccountsModel, archives: IArchiveRegistry): void {
  let known = '';
  const update = (): void => {
    const ways = archives.archives
      .map(({ definition: { id, signIn } }) => `${id} ${signIn.kind}`)
      .join();
    if (archives.handshake?.state !== 'ok' || ways === known) {
      return;
    }
    void (known === '' ? model.start() : model.refresh());
    known = ways;
  };
  archives.changed.connect(update);
  update();
}

/** Id of this page, the same after a reload; random, and no secret. */
function pageId(): string {
  const known = sessionStorage.getItem(KEY);
  const id = known ?? UUID.uuid4();
  sessionStorage.setItem(KEY, id);
  return id;
}

const KEY = 'obsdeck:page';
