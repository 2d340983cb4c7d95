import type { TranslationBundle } from '@jupyterlab/translation';

import type { IArchiveRegistry } from '../../tokens.js';
import { AccountsPanel } from '../../view/accounts/panel.js';
import type { IAccountCallbacks } from '../../view/accounts/types.js';
import { whyBlocked } from '../../view/shared/notice.js';
import type { Sidebar } from '../../view/sidebar.js';
import type { IAccountParts } from './accountcommands.js';
import { openAccountMenu } from './accountmenu.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { serverHalf } from '../serverhalf.js';

/** Put the Accounts section into the sidebar, and let the sidebar's tab tell of it. */
export function addAccountsSection(
  parts: IAccountParts,
  sidebar: Sidebar
): AccountsPanel {
  const { accounts, archives, actions, translator } = parts;
  const trans = translator.load('obsdeck');
  const panel = new AccountsPanel(accounts, callbacksOf(parts), translator);
  const update = (): void => {
    panel.context = {
      ...panel.context,
      definition: archive => archives.get(archive)?.definition,
      workOn: archive => actions.workOn(archive),
      blocked: whyNoAccounts(archives, trans)
    };
  };
  archives.changed.connect(update);
  actions.changed.connect(update);
  panel.careChanged.connect(() => {
    sidebar.needsCare = panel.needsCare;
  });
  update();
  sidebar.addSection('accounts', panel);
  return panel;
}

function callbacksOf({
  commands,
  accounts,
  archives,
  actions
}: IAccountParts): IAccountCallbacks {
  return {
    signIn: archive => attempt(actions.signIn(archive)),
    signOut: archive => attempt(actions.signOut(archive)),
    renew: archive => attempt(actions.renew(archive)),
    check: archive => attempt(actions.check(archive)),
    cancel: archive => actions.cancel(archive),
    menu: (archive, at, opener) => openAccountMenu(commands, archive, at, opener),
    addArchive: () => attempt(commands.execute(CommandIDs.addArchive)),
    refresh: () => {
      void archives.refresh();
      void accounts.refresh();
    }
  };
}

/** Why nobody can sign in now; undefined where that goes. */
function whyNoAccounts(
  archives: IArchiveRegistry,
  trans: TranslationBundle
): string | undefined {
  const half = serverHalf(archives);
  return half.state === 'older' || half.state === 'newer'
    ? trans.__('Signing in needs a page and a server half of the same version.')
    : whyBlocked(half, trans);
}
