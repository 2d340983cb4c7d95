import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IAccounts, IArchiveRegistry, IQueryJobs } from '../../tokens.js';
import { isSeenWaiting } from '../../view/shared/waiting.js';
import { AccountActions } from './accountactions.js';
import { addAccountCommands } from './accountcommands.js';
import { AccountNotices } from './accountnotices.js';
import { accounts as owner } from './accounts.js';
import { addAccountsSection } from './accountssection.js';
import { followSetting } from '../settings.js';
import { ISidebar } from '../sidebar.js';

/** Areas in which our tabs can be; below the main one in Jupyter Notebook. */
const WITH_TABS = ['main', 'down'];

/** Shows the accounts in the sidebar; signs in and out; tells what is about to end. */
export const signIn: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:sign-in',
  description: 'Shows the accounts, and signs in and out.',
  autoStart: true,
  requires: [IAccounts, IArchiveRegistry, ISidebar],
  optional: [ITranslator, ICommandPalette, ISettingRegistry, IQueryJobs],
  activate: (
    app: JupyterFrontEnd,
    accounts: IAccounts,
    archives: IArchiveRegistry,
    sidebar: ISidebar,
    maybeTranslator: ITranslator | null,
    palette: ICommandPalette | null,
    settings: ISettingRegistry | null,
    jobs: IQueryJobs | null
  ) => {
    const translator = maybeTranslator ?? nullTranslator;
    const trans = translator.load('obsdeck');
    const actions = new AccountActions({
      accounts,
      archives,
      ask: async (subject, callbacks) => {
        const { askSignIn } = await import('../../view/accounts/signin.js');
        return await askSignIn(subject, callbacks, translator);
      }
    });
    const { commands } = app;
    const parts = { commands, accounts, archives, actions, translator, palette };
    addAccountCommands(parts);
    const panel = addAccountsSection(parts, sidebar);
    const notices = new AccountNotices({
      accounts,
      jobs,
      trans,
      nameOf: archive => archives.get(archive)?.definition.name ?? archive,
      isSeen: archive =>
        WITH_TABS.some(area => isSeenWaiting(app.shell.widgets(area), archive)),
      renew: archive => actions.renew(archive)
    });
    void followSetting(settings, owner.id, 'warnMinutes', value => {
      notices.warnMinutes = Number(value);
      panel.context = { ...panel.context, warnSeconds: Number(value) * 60 };
      notices.update();
    });
    void followSetting(settings, owner.id, 'keep', value => {
      actions.prefer(value);
    });
  }
};
