import type { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { usualAsker } from '../archives/signin.js';
import type { IQueryRequest } from '../model/query.js';
import type { IArchiveRegistry } from '../tokens.js';
import { CommandIDs } from './commands.js';
import type { ResultsTab } from './resultstab.js';
import type { ResultTabs } from './resulttabs.js';
import { SEARCH_FACTORY } from './searchfile.js';

/** What of a tab is kept: the query, never its rows. */
interface ISavedTab {
  readonly archive: string;
  readonly table: string;
  readonly adql: string;
  readonly maxrec: number;
  readonly subject: string;
  /** Not to be replaced by the next search. */
  readonly kept: boolean;
}

/** Bring the Results tabs of the last layout back, with their queries not run. */
export function restoreTabs(
  app: JupyterFrontEnd,
  restorer: ILayoutRestorer,
  tabs: ResultTabs,
  archives: IArchiveRegistry,
  trans: TranslationBundle
): void {
  const kept = new Map<string, ReadonlyPartialJSONObject>();
  app.commands.addCommand(CommandIDs.openResults, {
    label: trans.__('Open results'),
    execute: async args => {
      const { id, path } = args;
      if (typeof path === 'string') {
        const factory = SEARCH_FACTORY;
        return app.commands.execute('docmanager:open', { path, factory });
      }
      if (typeof id === 'string') {
        kept.set(id, args);
      }
      const tab = await tabs.create(typeof id === 'string' ? id : undefined);
      tab.disposed.connect(() => kept.delete(tab.id));
      // JupyterLab's whole layout waits for this command, which thus cannot wait for the
      // archives: where the server half is missing they never come.
      void archives.ready.then(() => fillTab(tab, args, archives));
    },
    describedBy: {
      args: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          path: { type: 'string' },
          kept: { type: 'boolean' },
          archive: { type: 'string' },
          table: { type: 'string' },
          adql: { type: 'string' },
          maxrec: { type: 'number' },
          subject: { type: 'string' }
        }
      }
    }
  });
  void restorer.restore(tabs.tracker, {
    command: CommandIDs.openResults,
    name: tab => tab.path ?? tab.id,
    // A saved search is what its file says. A tab whose archive has not come (yet) stays
    // as it was kept.
    args: tab =>
      tab.path === null
        ? { ...(writeTab(tab) ?? kept.get(tab.id)), id: tab.id }
        : { path: tab.path }
  });
}

/** Show the kept query, unless the user was faster or has closed the tab. */
function fillTab(
  tab: ResultsTab,
  saved: ReadonlyPartialJSONObject,
  archives: IArchiveRegistry
): void {
  const { model } = tab;
  const request = readTab(saved, archives);
  if (request && !model.request && !tab.isDisposed) {
    tab.kept = saved['kept'] === true;
    model.open(request);
  }
}

function writeTab(tab: ResultsTab): ISavedTab | null {
  const { current } = tab.model;
  return (
    current && {
      archive: current.archive.definition.id,
      table: current.table.name,
      adql: current.query.adql,
      maxrec: current.query.maxrec,
      subject: current.subject,
      kept: tab.kept
    }
  );
}

/** A kept tab as a request; null where its archive or table is gone or it makes no sense. */
export function readTab(
  saved: Partial<Record<keyof ISavedTab, unknown>>,
  archives: Pick<IArchiveRegistry, 'get'>
): IQueryRequest | null {
  const archive = archives.get(String(saved.archive));
  const table = archive?.discover?.tables.find(({ name }) => name === saved.table);
  const { adql, maxrec, subject } = saved;
  if (!archive || !table || typeof adql !== 'string' || typeof maxrec !== 'number') {
    return null;
  }
  return {
    archive,
    table,
    query: { adql, maxrec },
    // As whom it was asked is not kept.
    as: usualAsker(archive.definition),
    subject: String(subject ?? table.name)
  };
}
