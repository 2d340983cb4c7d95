import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IAccounts, IArchiveRegistry } from '../tokens.js';
import { statusItem } from '../view/accounts/statusitem.js';
import { accounts as owner } from './accounts/accounts.js';
import { attempt } from './attempt.js';
import { CommandIDs } from './commands.js';
import { followSetting } from './settings.js';

/** Tells in the status bar which account ends next; opens the accounts. */
export const status: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:status',
  description: 'Tells in the status bar which account ends next.',
  autoStart: true,
  requires: [IAccounts, IArchiveRegistry],
  optional: [IStatusBar, ITranslator, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    accounts: IAccounts,
    archives: IArchiveRegistry,
    statusBar: IStatusBar | null,
    translator: ITranslator | null,
    settings: ISettingRegistry | null
  ) => {
    let warnMinutes = 0;
    const ending = () => {
      const account = accounts.endsNext();
      return (
        account && {
          account,
          name: archives.get(account.archive)?.definition.name ?? account.archive,
          now: accounts.now(),
          soon: accounts.endsNext(warnMinutes) !== null
        }
      );
    };
    const show = (): void =>
      attempt(app.commands.execute(CommandIDs.showSection, { section: 'accounts' }));
    const item = statusItem(ending, show, translator ?? nullTranslator);
    statusBar?.registerStatusItem('obsdeck:account', {
      item,
      align: 'left',
      rank: 40,
      isActive: () => accounts.endsNext() !== null,
      activeStateChanged: accounts.changed
    });
    accounts.changed.connect(() => item.update());
    accounts.watch(() => item.update());
    void followSetting(settings, owner.id, 'warnMinutes', minutes => {
      warnMinutes = Number(minutes);
      item.update();
    });
  }
};
