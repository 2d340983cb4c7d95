import type { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { Asker } from '../archives/account.js';
import type { IJobAddress } from '../archives/archive.js';
import { usualAsker } from '../archives/signin.js';
import type { IQueryRequest } from '../model/query.js';
import { tableAt } from '../model/tableat.js';
import type { IArchiveRegistry } from '../tokens.js';
import { CommandIDs } from './commands.js';
import type { ResultsTab } from './results/resultstab.js';
import type { ResultTabs } from './results/resulttabs.js';
import { SEARCH_FACTORY } from './documents/searchfile.js';

/** What of a tab is kept: the query, never its rows, and nothing of whom it was asked as. */
interface ISavedTab {
  readonly archive: string;
  /** Base URL of the TAP service. */
  readonly service: string;
  readonly table: string;
  readonly adql: string;
  readonly maxrec: number;
  readonly subject: string;
  /** Address of the job that has the rows; null where the query is run. */
  readonly job: string | null;
  /** Not to be replaced by the next search. */
  readonly kept: boolean;
}

/** Arguments that bring a tab back: its query, or the file of its saved search. */
const TAB = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    path: { type: 'string' },
    kept: { type: 'boolean' },
    archive: { type: 'string' },
    service: { type: 'string' },
    job: { type: 'string' },
    table: { type: 'string' },
    adql: { type: 'string' },
    maxrec: { type: 'number' },
    subject: { type: 'string' }
  }
};

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
    describedBy: { args: TAB }
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
      service: current.table.service,
      table: current.table.name,
      adql: current.query.adql,
      maxrec: current.query.maxrec,
      subject: current.subject,
      job: keptJob(current),
      kept: tab.kept
    }
  );
}

/**
 * A job is kept where its rows are fetched as one would usually ask; others are found among
 * the jobs, which know as whom they ran.
 */
function keptJob({ archive, job }: IQueryRequest): string | null {
  const isUsual = job && (job.as ?? 'anyone') === usualAsker(archive.definition);
  return isUsual ? job.url : null;
}

/** A kept tab as a request; null where its archive or table is gone or it makes no sense. */
export function readTab(
  saved: Partial<Record<keyof ISavedTab, unknown>>,
  archives: Pick<IArchiveRegistry, 'get'>
): IQueryRequest | null {
  const archive = archives.get(String(saved.archive));
  const table = archive && tableAt(archive, saved.service, saved.table);
  const { adql, maxrec, subject } = saved;
  if (!table || typeof adql !== 'string' || typeof maxrec !== 'number') {
    return null;
  }
  // As whom it was asked is not kept.
  const as = usualAsker(archive.definition);
  const job = readJob(saved.job, table.service, as);
  return {
    archive,
    table,
    query: { adql, maxrec },
    as,
    subject: String(subject ?? table.name),
    ...(job && { job })
  };
}

/** A kept job; null for none, and for one that is not at the service of its query. */
function readJob(url: unknown, service: string, as: Asker): IJobAddress | null {
  if (typeof url !== 'string' || !URL.canParse(url)) {
    return null;
  }
  const isThere = new URL(url).host === new URL(service).host;
  return isThere ? { service, url, ...(as === 'me' && { as }) } : null;
}
