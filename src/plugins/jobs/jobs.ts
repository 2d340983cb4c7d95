import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, showDialog } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { type IOutlasting, JobsModel, type RemoveWhen } from '../../model/jobs/jobs.js';
import { IAccounts, IArchiveRegistry, IQueryJobs } from '../../tokens.js';
import { ServerApi } from '../../transport/api.js';
import { serverOptions } from '../server.js';
import { followSetting } from '../settings.js';

/** Provides the jobs: starts, follows, stops and removes them. */
export const jobs: JupyterFrontEndPlugin<IQueryJobs> = {
  id: 'obsdeck:jobs',
  description: 'Runs queries as jobs at the archives, and knows how they stand.',
  autoStart: true,
  requires: [IArchiveRegistry],
  optional: [IAccounts, ITranslator, ISettingRegistry],
  provides: IQueryJobs,
  activate: (
    app: JupyterFrontEnd,
    archives: IArchiveRegistry,
    accounts: IAccounts | null,
    translator: ITranslator | null,
    settings: ISettingRegistry | null
  ) => {
    const trans = (translator ?? nullTranslator).load('obsdeck');
    const model = new JobsModel({
      store: new ServerApi(serverOptions(app.serviceManager.serverSettings)),
      archives,
      ...(accounts && { accounts: withGate(accounts) }),
      confirm: job => confirmOutlasting(job, trans),
      isHidden: () => document.hidden
    });
    void model.load();
    void followSetting(settings, jobs.id, 'keepDays', days => {
      model.keepDays = Number(days);
    });
    void followSetting(settings, jobs.id, 'removeWhen', when => {
      model.removeWhen = when as RemoveWhen;
    });
    return model;
  }
};

/** The accounts, with the gate as a function of its own. */
function withGate(accounts: IAccounts) {
  return {
    changed: accounts.changed,
    get: (archive: string) => accounts.get(archive),
    now: () => accounts.now(),
    asMe: <T>(archive: string, work: () => Promise<T>, signal?: AbortSignal) =>
      accounts.asMe(archive, work, signal)
  };
}

async function confirmOutlasting(
  { archive, left }: IOutlasting,
  trans: TranslationBundle
): Promise<boolean> {
  const { formatSpan } = await import('../../view/shared/format.js');
  const { button } = await showDialog({
    title: trans.__('Run as job'),
    body: trans.__(
      'This may run longer than your %1 sign-in (%2). Start anyway?',
      archive.definition.name,
      formatSpan(left)
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Start') })
    ]
  });
  return button.accept;
}
