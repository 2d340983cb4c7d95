import type { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import type { IRestorer } from '@jupyterlab/statedb';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { PromiseDelegate } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';
import { screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IJobService } from '../../../../src/archives/archive.js';
import { CommandIDs } from '../../../../src/plugins/commands.js';
import { restoreTabs } from '../../../../src/plugins/restore.js';
import {
  type IDropped,
  ResultTabs
} from '../../../../src/plugins/results/resulttabs.js';
import type { ResultsTab } from '../../../../src/plugins/results/resultstab.js';
import type { IRightsOfUser } from '../../../../src/plugins/accounts/rights.js';
import type { IArchiveRegistry } from '../../../../src/tokens.js';
import { isSeenWaiting } from '../../../../src/view/shared/waiting.js';
import { signedIn } from '../../../support/accounts.js';
import { Rights } from '../../../support/rights.js';
import { archiveOf, endEvent, headEvent, QUERY, TABLE } from '../../model/rows.js';
import { fakeCanvas } from '../../view/results/support.js';

beforeAll(fakeCanvas);

vi.setConfig({ testTimeout: 30_000 });

let asked: AbortSignal[];
let tabs: ResultTabs;

/** An archive that is silent until the query is stopped. */
// eslint-disable-next-line require-yield
const archive = archiveOf(async function* (_query, signal) {
  asked.push(signal);
  await new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  );
});
const request = { archive, table: TABLE, query: QUERY, subject: 'M 83' };

beforeEach(() => {
  asked = [];
  tabs = tabsIn((widget, main) => {
    Widget.attach(widget, document.body);
    main.push(widget);
  });
});

/** The tabs in a shell that adds to its main area as told. */
function tabsIn(
  add: (widget: Widget, main: Widget[], area: string) => void,
  rights?: IRightsOfUser
): ResultTabs {
  const main: Widget[] = [];
  const shell = {
    add: (widget: Widget, area: string) => add(widget, main, area),
    widgets: () => main.values(),
    activateById: () => undefined
  };
  return new ResultTabs({
    shell: shell as unknown as JupyterFrontEnd.IShell,
    translator: nullTranslator,
    editorFactory: () => ({
      text: '',
      focus: () => undefined,
      dispose: () => undefined
    }),
    showSearch: () => undefined,
    rights
  });
}

afterEach(() => tabs.tracker.forEach(tab => tab.dispose()));

describe('ResultTabs', () => {
  it('tell for whose sign-in a tab in sight waits', async () => {
    const waits = vi.fn(() => new Promise<never>(() => undefined));
    tabs = tabsIn(widget => Widget.attach(widget, document.body), {
      rights: new Rights([signedIn('test')]),
      asMe: waits,
      definition: () => undefined,
      signIn: async () => true,
      editArchive: () => undefined
    });
    void tabs.open({ ...request, as: 'me' });
    await vi.waitFor(() => expect(waits).toHaveBeenCalled(), 20_000);
    const tab = tabs.tracker.currentWidget!;
    expect(isSeenWaiting([tab], 'test')).toBe(true);
    expect(isSeenWaiting([tab], 'another')).toBe(false);
    tab.hide();
    expect(isSeenWaiting([tab], 'test')).toBe(false);
  });

  it('stops the query of a tab that is closed', async () => {
    const running = tabs.open(request);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0].aborted).toBe(false);
    tabs.tracker.forEach(tab => tab.dispose());
    expect(asked[0].aborted).toBe(true);
    await running;
  });

  it('opens below a main area that takes one widget only, and else in it', async () => {
    const areas: string[] = [];
    const notebook = new Widget();
    const crowded = tabsIn((_, main, area) => {
      areas.push(area);
      main.splice(0, main.length, notebook);
    });
    const below = await crowded.create();
    expect(areas).toEqual(['main', 'down']);
    expect(below.content.hasClass('jp-mod-below')).toBe(true);
    areas.length = 0;
    // As JupyterLab is before its layout was restored: it adds the tab later.
    const early = await tabsIn((_widget, _main, area) => areas.push(area)).create();
    expect(areas).toEqual(['main']);
    expect(early.content.hasClass('jp-mod-below')).toBe(false);
    for (const widget of [below, early, notebook]) {
      widget.dispose();
    }
  });

  it('is titled after the query that was run, not after the form', async () => {
    void tabs.open(request);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    const { title, model } = tabs.tracker.currentWidget!;
    expect(title.label).toBe(`${archive.definition.name}: M 83`);
    expect(title.caption).toBe(QUERY.adql);
    model.adql = 'SELECT * FROM "caom2"."Plane"';
    expect(title.label).toContain('M 83');
    void model.run();
    expect(title.label).toBe(`${archive.definition.name}: caom2.Plane`);
    expect(title.caption).toBe('SELECT * FROM "caom2"."Plane"');
  });

  it('tells what was run with the constraint to drop', async () => {
    const empty = archiveOf(async function* () {
      yield headEvent();
      yield endEvent();
    });
    const dropped: IDropped[] = [];
    tabs.dropped.connect((_, item) => dropped.push(item));
    await tabs.open({
      ...request,
      archive: empty,
      constraints: [{ key: 'position', label: '' }]
    });
    const button = await screen.findByRole(
      'button',
      { name: 'Drop position' },
      { timeout: 20_000 }
    );
    button.click();
    expect(dropped).toEqual([{ constraint: 'position', request: tabs.query?.ran }]);
  });

  it('leave a tab alone that is kept, and fill the one after it', async () => {
    void tabs.open(request);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    const first = tabs.tracker.currentWidget!;
    tabs.keep(true);
    expect(tabs.isKept).toBe(true);
    void tabs.open({ ...request, subject: 'M 84' });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(tabs.tracker.size).toBe(2);
    expect(asked[0].aborted).toBe(false);
    expect(first.model.request?.subject).toBe('M 83');
    void tabs.open({ ...request, subject: 'M 85' });
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    expect(tabs.tracker.size).toBe(2);
    expect(asked[1].aborted).toBe(true);
  });

  it('leave a text alone that was written by hand and never run', async () => {
    void tabs.open(request);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    const first = tabs.tracker.currentWidget!;
    first.model.adql = 'SELECT nothing_of_the_form FROM t';
    void tabs.open({ ...request, subject: 'M 84' });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(tabs.tracker.size).toBe(2);
    expect(first.model.adql).toBe('SELECT nothing_of_the_form FROM t');
    expect(asked[0].aborted).toBe(false);
  });

  it('fill the tab whose text was run', async () => {
    void tabs.open(request);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    tabs.tracker.currentWidget!.model.adql = 'SELECT nothing_of_the_form FROM t';
    void tabs.run();
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    void tabs.open({ ...request, subject: 'M 84' });
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    expect(tabs.tracker.size).toBe(1);
  });

  it('give the rows of a job a tab of their own, once', async () => {
    const rows = archiveOf(async function* () {
      yield headEvent();
      yield endEvent();
    });
    const fetched = vi.fn(rows.discover!.run);
    const jobs = { result: fetched } as unknown as IJobService;
    const archive = { ...rows, discover: { ...rows.discover!, jobs } };
    const job = { service: TABLE.service, url: `${TABLE.service}/async/1` };
    await tabs.open({ ...request, archive });
    const free = tabs.tracker.currentWidget;
    const ofJob = { ...request, archive, job, subject: 'job' };
    await tabs.open(ofJob);
    await tabs.open(ofJob);
    expect(tabs.tracker.size).toBe(2);
    expect(fetched).toHaveBeenCalledOnce();
    await tabs.open({ ...request, archive, subject: 'M 84' });
    expect(tabs.tracker.size).toBeLessThanOrEqual(3);
    expect(
      tabs.tracker.find(({ model }) => model.request?.job !== undefined)
    ).toBeTruthy();
    expect(free?.isDisposed).toBe(false);
  });

  it('gives every tab an id that no earlier layout has', async () => {
    const [first, second] = [await tabs.create(), await tabs.create()];
    const later = await new ResultTabs(tabs['_options']).create();
    expect(new Set([first.id, second.id, later.id]).size).toBe(3);
    later.dispose();
  });
});

describe('restoreTabs', () => {
  const saved = {
    id: 'obsdeck-results-kept',
    archive: 'test',
    table: TABLE.name,
    adql: 'SELECT 1',
    maxrec: 7,
    subject: 'M 83'
  };
  let ready: PromiseDelegate<void>;
  let commands: CommandRegistry;
  let options: IRestorer.IOptions<ResultsTab>;

  beforeEach(() => {
    ready = new PromiseDelegate();
    commands = new CommandRegistry();
    restoreTabs(
      { commands } as unknown as JupyterFrontEnd,
      {
        restore: async (_: unknown, given: IRestorer.IOptions<ResultsTab>) =>
          void (options = given)
      } as unknown as ILayoutRestorer,
      tabs,
      { ready: ready.promise, get: () => archive } as unknown as IArchiveRegistry,
      nullTranslator.load('obsdeck')
    );
  });

  it('does not hold the layout up while the archives are not known', async () => {
    await commands.execute(CommandIDs.openResults, saved);
    const tab = tabs.tracker.currentWidget;
    expect(tab && options.name(tab)).toBe(saved.id);
    expect(tab && options.args?.(tab)).toEqual(saved);
  });

  it('shows the kept query, not run, once they are', async () => {
    await commands.execute(CommandIDs.openResults, saved);
    ready.resolve();
    await vi.waitFor(() => expect(tabs.query?.adql).toBe('SELECT 1'));
    expect(tabs.query?.request?.query.maxrec).toBe(7);
    expect(asked).toEqual([]);
  });

  it('keeps a query written by hand under the name of its table', async () => {
    const tab = await tabs.create();
    tab.model.open(request);
    expect(options.args?.(tab)).toMatchObject({ subject: 'M 83' });
    tab.model.adql = 'SELECT * FROM dbo.raw';
    expect(options.args?.(tab)).toMatchObject({
      adql: 'SELECT * FROM dbo.raw',
      subject: 'dbo.raw'
    });
  });

  it('leaves a tab alone that was searched in before', async () => {
    await commands.execute(CommandIDs.openResults, saved);
    tabs.query?.open(request);
    ready.resolve();
    await ready.promise;
    expect(tabs.query?.adql).toBe(QUERY.adql);
  });
});
