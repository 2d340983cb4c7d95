import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { InStep } from '../../model/instep.js';
import type { IQueryJobs } from '../../model/jobs/types.js';
import type { IQueryRequest, QueryModel } from '../../model/query.js';
import type { ISearchProgress } from '../../model/search.js';
import type { ISearchForm } from '../../protocol/form.js';
import type { SearchFlow } from '../../model/searchflow.js';
import type { IAccounts, IArchiveRegistry } from '../../tokens.js';
import type { ISearchCallbacks } from '../../view/search/callbacks.js';
import type { SearchPanel } from '../../view/search/panel.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { searchCounter } from '../results/countby.js';
import type { ResultTabs } from '../results/resulttabs.js';
import { serverHalf } from '../serverhalf.js';

/** What the search form is linked with. */
export interface ILinkOptions {
  readonly flow: SearchFlow;
  readonly tabs: ResultTabs;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
  /** Missing where nobody keeps jobs. */
  readonly jobs?: IQueryJobs | null;
  /** Ask for a list of targets. */
  targets(): void;
}

/** Connect the search form with the Results tab in front, both ways. */
export function linkSearch(options: ILinkOptions): ISearchCallbacks {
  const { flow, tabs, commands, jobs } = options;
  const { model } = flow;
  const inStep = new InStep(model);
  linkText(options, inStep);
  linkProgress(options);
  tabs.dropped.connect((_, { constraint, request }) => {
    const wider = model.drop(constraint, request);
    // Where the form has other problems, it is the form that shows them.
    attempt(wider ? tabs.open(wider) : commands.execute(CommandIDs.showSidebar));
  });
  tabs.around.connect((_, { ra, dec, request }) => {
    const { archive, table, as = 'anyone' } = request;
    model.adopt(archive.definition.id, table.name, as, around(ra, dec));
    const nearby = model.submit();
    attempt(nearby ? tabs.open(nearby) : commands.execute(CommandIDs.showSidebar));
  });
  tabs.counter = searchCounter(options);
  return {
    search: request => {
      const shown = inStep.asShown(request, tabs.query);
      attempt(tabs.open(shown).then(() => flow.learn()));
    },
    ...(jobs && {
      runJob: () =>
        attempt(flow.startJob((request, signal) => startJobs(jobs, request, signal)))
    }),
    cancel: () => tabs.query?.result.cancel(),
    edit: request => attempt(tabs.edit(inStep.asShown(request, tabs.query))),
    history: () => attempt(commands.execute(CommandIDs.openHistory)),
    save: request =>
      attempt(tabs.edit(request).then(() => commands.execute(CommandIDs.saveSearch))),
    revert: () => tabs.query && inStep.revert(tabs.query),
    signIn: archive => attempt(commands.execute(CommandIDs.signIn, { archive })),
    addArchive: () => attempt(commands.execute(CommandIDs.addArchive)),
    targets: () => options.targets()
  };
}

/** What is typed into the form to search around a position in degrees. */
function around(ra: number, dec: number): Partial<ISearchForm> {
  const position = `${ra} ${dec}`;
  return { position, radius: '0.1', radiusUnit: 'deg', polygon: '', targets: [] };
}

/** The form follows the text of the tab in front, and that text the form while it is open. */
function linkText({ flow, tabs }: ILinkOptions, inStep: InStep): void {
  tabs.changed.connect(() => inStep.follow(tabs.query));
  flow.model.changed.connect(() => {
    const tab = tabs.tracker.currentWidget;
    inStep.push(tab?.panel?.queryOpen ? tab.model : null);
  });
}

/** The form shows how far the search is; how fast it was tells what the next one takes. */
function linkProgress({ flow, tabs }: ILinkOptions): void {
  let measured: unknown = null;
  tabs.changed.connect(() => {
    const result = tabs.query?.result;
    flow.model.running = progressOf(tabs.query);
    if (result?.state === 'done' && result.provenance !== measured) {
      measured = result.provenance;
      const { arrived, seconds, asked } = result;
      flow.counts.pace.note(asked?.table.service ?? '', arrived, seconds);
    }
  });
}

function progressOf(query: QueryModel | null): ISearchProgress | null {
  if (query?.result.state !== 'loading') {
    return null;
  }
  const { arrived: rows, bytes, seconds, wait, asked } = query.result;
  const others = query.ran?.more?.length ?? 0;
  return {
    rows,
    bytes,
    seconds,
    isWaiting: wait !== null,
    ...(others > 0 && {
      slice: { number: (asked?.slices?.length ?? 0) + 1, of: others + 1 }
    })
  };
}

/** Start a job; for a list of targets that goes in slices, one for each. */
async function startJobs(
  jobs: IQueryJobs,
  request: IQueryRequest,
  signal: AbortSignal
): Promise<void> {
  const { query, more = [], ...rest } = request;
  for (const [index, slice] of [query, ...more].entries()) {
    const name = `${request.subject}, ${index + 1}/${more.length + 1}`;
    const label = more.length > 0 ? name : undefined;
    await jobs.start({ ...rest, query: slice }, label, signal);
  }
}

/** Offer the archives there are, and say so when the server half cannot tell. */
export function followArchives(
  { model }: SearchFlow,
  panel: SearchPanel,
  archives: IArchiveRegistry
): void {
  const update = (): void => {
    panel.server = serverHalf(archives);
    if (archives.handshake?.state === 'ok' && !archives.error) {
      model.setArchives(archives.archives);
    }
  };
  archives.changed.connect(update);
  update();
}

/** What was counted as me is forgotten once “me” may be somebody else. */
export function followAccounts({ counts }: SearchFlow, accounts: IAccounts): void {
  const people = new Map<string, string>();
  accounts.changed.connect(() => {
    for (const { archive, state, who } of accounts.accounts) {
      const person = `${state} ${who ?? ''}`;
      if (people.has(archive) && people.get(archive) !== person) {
        counts.forget(archive);
      }
      people.set(archive, person);
    }
  });
}
