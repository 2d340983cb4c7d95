import type { JupyterFrontEnd } from '@jupyterlab/application';
import { type DocumentRegistry, TextModelFactory } from '@jupyterlab/docregistry';
import { nullTranslator } from '@jupyterlab/translation';
import type { Contents } from '@jupyterlab/services';
import { CommandRegistry } from '@lumino/commands';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { configure, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import { writeDocument } from '../../../../src/model/document/document.js';
import { SearchTab } from '../../../../src/plugins/documents/documenttab.js';
import { openSearch } from '../../../../src/plugins/search/opensearch.js';
import { type QueryTab } from '../../../../src/plugins/results/resultstab.js';
import { ResultTabs } from '../../../../src/plugins/results/resulttabs.js';
import { streamVOTable } from '../../../../src/protocol/votable/stream.js';
import type { ISchemas } from '../../../../src/model/schema/types.js';
import type { IArchiveRegistry } from '../../../../src/tokens.js';
import { ofAdql } from '../../model/document/searches.js';
import { archiveOf, TABLE } from '../../model/rows.js';
import { fakeCanvas } from '../../view/results/support.js';

beforeAll(fakeCanvas);

vi.setConfig({ testTimeout: 60_000 });
// JupyterLab's modules load while the first test waits.
configure({ asyncUtilTimeout: 15_000 });

const ran: string[] = [];
/** Keys of the rows that the archive has. */
let keys = ['a'];
const archive = archiveOf(async function* ({ adql }) {
  ran.push(adql);
  const fields = ['obs_id', 'access_url']
    .map(name => `<FIELD name="${name}" datatype="char" arraysize="*"/>`)
    .join('');
  const rows = keys.map(key => `<TR><TD>${key}</TD><TD>http</TD></TR>`).join('');
  const text = `<VOTABLE><RESOURCE type="results"><TABLE>${fields}<DATA><TABLEDATA>${rows}</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>`;
  yield* streamVOTable(Uint8Array.from(new TextEncoder().encode(text)));
});
const saved = writeDocument({
  ...ofAdql('SELECT 1'),
  archive: 'test',
  service: TABLE.service,
  table: TABLE.name
});

/** Files beside the saved search. */
const written = new Map<string, string>();
const files = {
  get: async (path: string) => {
    const content = written.get(path);
    if (content === undefined) {
      throw Object.assign(new Error('No such file.'), { response: { status: 404 } });
    }
    return { content };
  },
  save: async (path: string, { content }: { content: string }) =>
    void written.set(path, content)
};

let tabs: ResultTabs;
let commands: CommandRegistry;
let archives: IArchive[];
let registry: { changed: Signal<object, void>; ready: Promise<void>; get: unknown };

beforeEach(() => {
  ran.length = 0;
  written.clear();
  keys = ['a'];
  archives = [archive];
  commands = new CommandRegistry();
  registry = {
    changed: new Signal({}),
    ready: Promise.resolve(),
    get: (id: string) => archives.find(({ definition }) => definition.id === id)
  };
  const shell = {
    add: (widget: Widget) => Widget.attach(widget, document.body),
    widgets: () => [].values(),
    activateById: () => undefined
  };
  tabs = new ResultTabs({
    shell: shell as unknown as JupyterFrontEnd.IShell,
    translator: nullTranslator,
    editorFactory: () => ({
      text: '',
      focus: () => undefined,
      dispose: () => undefined
    }),
    showSearch: () => undefined
  });
});

afterEach(() => tabs.tracker.forEach(tab => tab.dispose()));

/** A file that is open, as the document manager gives it to a factory. */
function contextOf(text: string, ready: Promise<void>) {
  const model = new TextModelFactory().createNew();
  model.sharedModel.setSource(text);
  model.dirty = false;
  const context = {
    path: 'night/m83.obsq',
    localPath: 'night/m83.obsq',
    pathChanged: new Signal<object, string>({}),
    ready,
    model,
    contentsModel: { writable: true },
    save: vi.fn(async () => undefined),
    rename: vi.fn(async () => undefined)
  };
  return context as typeof context & DocumentRegistry.IContext<typeof model>;
}

async function open(text: string, from?: QueryTab) {
  const app = { commands } as unknown as JupyterFrontEnd;
  const parts = {
    app,
    tabs,
    archives: registry as unknown as IArchiveRegistry,
    schemas: { table: () => null, get: () => null } as unknown as ISchemas,
    trans: nullTranslator.load('obsdeck'),
    contents: files as unknown as Contents.IManager
  };
  const isRead = new PromiseDelegate<void>();
  const context = contextOf(text, isRead.promise);
  const tab = openSearch(parts, context, from);
  Widget.attach(tab, document.body);
  // The panel may be there before the file is.
  await vi.waitFor(() => expect(tab.panel).not.toBeNull(), 30_000);
  isRead.resolve();
  await tab.revealed;
  return { tab, context };
}

describe('A saved search', () => {
  it('opens as a Results tab that shows the query and runs nothing', async () => {
    const { tab, context } = await open(saved);
    await waitFor(() => expect(tab.model.adql).toBe('SELECT 1'));
    expect(tab.title.label).toBe('m83.obsq');
    expect(tab.panel?.isHidden).toBe(false);
    await screen.findByText('Not run yet.');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(context.model.dirty).toBe(false);
    expect(context.rename).not.toHaveBeenCalled();
    expect(ran).toEqual([]);
    expect(tabs.query).toBe(tab.model);
  });

  it('runs when it is told to, and is not changed by that', async () => {
    const { tab, context } = await open(saved);
    await waitFor(() => expect(tab.model.request).not.toBeNull());
    await tabs.run();
    expect(ran).toEqual(['SELECT 1']);
    expect(tab.model.result.rows?.rowCount).toBe(1);
    expect(context.model.dirty).toBe(false);
    expect(context.rename).not.toHaveBeenCalled();
  });

  it('tells what has changed since its last run, and keeps the rows beside it', async () => {
    const { tab } = await open(saved);
    await waitFor(() => expect(tab.model.request).not.toBeNull());
    const status = screen.getByRole('status', { name: 'Changes' });
    keys = ['a', 'b'];
    await tabs.run();
    await waitFor(() =>
      expect(status.textContent).toBe('No earlier run to compare with.')
    );
    const file = 'night/m83.obsq-rows.tsv';
    expect(written.get(file)).toContain('\na\thttp\t\t\nb\thttp\t\t\n');
    keys = ['b', 'c', 'd'];
    await tabs.run();
    await waitFor(() =>
      expect(status.textContent).toMatch(
        /^2 added, 1 removed, 0 released since \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/
      )
    );
    expect(tab.model.result.rows?.rowCount).toBe(4);
  });

  it('is dirty after an edit, and follows what changes on disk', async () => {
    const { tab, context } = await open(saved);
    await waitFor(() => expect(tab.model.request).not.toBeNull());
    tab.model.adql = 'SELECT 2';
    expect(context.model.dirty).toBe(true);
    expect(context.model.toString()).toContain('"SELECT 2"');
    context.model.sharedModel.setSource(saved.replace('SELECT 1', 'SELECT 3'));
    expect(tab.model.adql).toBe('SELECT 3');
  });

  it('is never replaced by a search of the form', async () => {
    const { tab } = await open(saved);
    await waitFor(() => expect(tab.model.request).not.toBeNull());
    await tabs.open({
      archive,
      table: TABLE,
      query: { adql: 'SELECT 9', maxrec: 1 },
      subject: 'x'
    });
    expect(tab.model.adql).toBe('SELECT 1');
    expect(tabs.tracker.size).toBe(2);
  });

  it('says in which line it is broken, and opens as text', async () => {
    const { tab, context } = await open(
      saved.replace('"rowLimit": 1000', '"rowLimit": ?')
    );
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Line 6: a value is missing or no JSON.');
    expect(tab.panel?.isHidden).toBe(true);
    const opened = vi.fn();
    commands.addCommand('docmanager:open', { execute: opened, describedBy: {} });
    screen.getByRole('button', { name: 'Open as text' }).click();
    expect(opened).toHaveBeenCalledWith({ path: 'night/m83.obsq', factory: 'Editor' });
    context.model.sharedModel.setSource(saved);
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(tab.panel?.isHidden).toBe(false);
  });

  it('appears once its archive is there', async () => {
    archives = [];
    const { tab } = await open(saved);
    await screen.findByText('The archive “test” of this search is not known here.');
    archives = [archive];
    registry.changed.emit();
    await waitFor(() => expect(tab.model.adql).toBe('SELECT 1'));
  });

  it('takes the rows over from the tab that was saved', async () => {
    await tabs.open({
      archive,
      table: TABLE,
      query: { adql: 'SELECT 1', maxrec: 1000 },
      subject: 'x'
    });
    const plain = tabs.tracker.currentWidget as QueryTab;
    const { model, panel } = plain;
    const { tab } = await open(saved, plain);
    expect(plain.isDisposed).toBe(true);
    expect(tab).toBeInstanceOf(SearchTab);
    await waitFor(() => expect(tab.panel).toBe(panel));
    expect(tab.model).toBe(model);
    expect(model.isDisposed).toBe(false);
    expect(tab.model.result.rows?.rowCount).toBe(1);
    expect(ran).toHaveLength(1);
    tab.dispose();
    expect(model.isDisposed).toBe(true);
  });
});
