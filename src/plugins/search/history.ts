import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, ICommandPalette, showDialog } from '@jupyterlab/apputils';
import { IStateDB } from '@jupyterlab/statedb';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import { Debouncer } from '@lumino/polling';

import { usualAsker } from '../../archives/signin.js';
import { entryOf, HistoryModel, tellLastRun } from '../../model/history/history.js';
import type { IHistoryEntry } from '../../model/history/types.js';
import type { IQueryRequest } from '../../model/query.js';
import { tableAt } from '../../model/tableat.js';
import { IArchiveRegistry } from '../../tokens.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { IResultTabs } from '../results/results.js';
import type { ResultTabs } from '../results/resulttabs.js';
import type { ResultsTab } from '../results/resultstab.js';

/** Key of the history in what JupyterLab keeps of a workspace. */
const KEY = 'obsdeck:history';

/** Milliseconds of quiet before the history is kept. */
const KEEP_AFTER = 1000;

/** Remembers the queries that were run, and puts them back into the editor. */
export const history: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:history',
  description: 'Remembers the queries that were run last.',
  autoStart: true,
  requires: [IResultTabs, IArchiveRegistry],
  optional: [IStateDB, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tabs: IResultTabs,
    archives: IArchiveRegistry,
    state: IStateDB | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('obsdeck');
    const model = new HistoryModel();
    followTabs(tabs, model);
    if (state) {
      attempt(keepHistory(model, state, app.restored));
    }
    const command = CommandIDs.openHistory;
    const open = async (): Promise<void> => {
      const { HistoryPopup } = await import('../../view/history/popup.js');
      new HistoryPopup({
        model,
        trans,
        opener: openerOf(tabs),
        nameOf: id => archives.get(id)?.definition.name,
        choose: entry => attempt(openEntry(entry, tabs, archives, trans)),
        confirmClear: () => confirmClear(trans)
      }).open();
    };
    app.commands.addCommand(command, {
      label: trans.__('History'),
      caption: trans.__('Take one of the queries that were run last; runs nothing'),
      execute: () => attempt(open()),
      describedBy: { args: { type: 'object', properties: {} } }
    });
    palette?.addItem({ command, category: trans.__('Obsdeck') });
  }
};

/** Remember each query of a tab when it has ended, and tell the tab of earlier times. */
function followTabs(tabs: ResultTabs, model: HistoryModel): void {
  const follow = (tab: ResultsTab): void => {
    const { result } = tab.model;
    tellLastRun(tab.model, model);
    let last = result.asked;
    result.stateChanged.connect(() => {
      const { ran } = tab.model;
      if (result.state === 'loading' || result.asked === last || !ran) {
        return;
      }
      last = result.asked;
      const entry = entryOf(ran, result);
      if (entry) {
        model.add(entry);
      }
    });
  };
  tabs.tracker.forEach(follow);
  tabs.tracker.widgetAdded.connect((_, tab) => follow(tab));
}

/**
 * Keep the history over a reload, with what other windows of the workspace have kept
 * meanwhile. A workspace belongs to one user of the server.
 */
async function keepHistory(
  model: HistoryModel,
  state: IStateDB,
  restored: Promise<void>
): Promise<void> {
  await restored;
  model.restore(await state.fetch(KEY));
  const save = new Debouncer(async () => {
    model.restore(await state.fetch(KEY));
    await state.save(KEY, model.toJSON() as unknown as ReadonlyPartialJSONValue);
  }, KEEP_AFTER);
  model.changed.connect(() => void save.invoke());
}

/** Put a query into the editor of the tab used last. */
async function openEntry(
  entry: IHistoryEntry,
  tabs: ResultTabs,
  archives: IArchiveRegistry,
  trans: TranslationBundle
): Promise<void> {
  const request = requestOf(entry, archives);
  if (!request) {
    const message = trans.__('The archive “%1” is not here any more.', entry.archive);
    throw new Error(message);
  }
  await tabs.edit(request, true);
}

function requestOf(
  { archive: id, service, table: name, adql, maxrec, subject }: IHistoryEntry,
  archives: IArchiveRegistry
): IQueryRequest | null {
  const archive = archives.get(id);
  const table = archive && tableAt(archive, service, name);
  if (!table) {
    return null;
  }
  const as = usualAsker(archive.definition);
  return { archive, table, query: { adql, maxrec }, subject, as };
}

/** What was pressed to open the history, or else what stands for the tab used last. */
function openerOf(tabs: ResultTabs): HTMLElement {
  const focused = document.activeElement;
  const isButton = focused instanceof HTMLElement && focused !== document.body;
  return isButton ? focused : (tabs.tracker.currentWidget?.node ?? document.body);
}

async function confirmClear(trans: TranslationBundle): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Clear history?'),
    body: trans.__('The queries that were run last are forgotten.'),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Clear history') })
    ],
    defaultButton: 0
  });
  return button.accept;
}
