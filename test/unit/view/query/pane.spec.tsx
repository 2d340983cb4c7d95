import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import { QueryModel } from '../../../../src/model/query.js';
import { Schemas } from '../../../../src/model/schema/schemas.js';
import type { IProblem } from '../../../../src/protocol/adql/index.js';
import { type IQueryMeans, QueryPane } from '../../../../src/view/query/pane.js';
import type {
  IEditorHelp,
  QueryEditorFactory
} from '../../../../src/view/query/types.js';
import { TABLES, capability } from '../../protocol/adql/support.js';

const GOOD = 'SELECT TOP 5 dp_id FROM dbo.raw';
const BAD = 'SELECT TOP 5 datalink FROM dbo.raw';

const EXAMPLE = {
  name: 'Near M 83',
  adql: 'SELECT TOP 1 ra FROM dbo.raw',
  description: ''
};

/** A text area as an editor; what it was told is noted. */
function plainEditor() {
  const seen = {
    help: null as IEditorHelp | null,
    problems: [] as readonly IProblem[],
    selected: [] as string[]
  };
  const factory: QueryEditorFactory = (host, text, onChange, help) => {
    const area = document.createElement('textarea');
    area.value = text;
    area.addEventListener('input', () => onChange(area.value));
    host.append(area);
    seen.help = help ?? null;
    return {
      get text() {
        return area.value;
      },
      set text(value) {
        area.value = value;
      },
      focus: () => area.focus(),
      dispose: () => area.remove(),
      showProblems: problems => (seen.problems = problems),
      insert: inserted => {
        area.value += inserted;
        onChange(area.value);
      },
      select: (from, to) => void seen.selected.push(area.value.slice(from, to))
    };
  };
  return { factory, seen };
}

const panes: QueryPane[] = [];

function show(adql: string, more: Partial<IQueryMeans> = {}) {
  const archive = {
    definition: { id: 'x', name: 'Archive X', signIn: { kind: 'none' } },
    discover: {
      schema: {
        tables: () => Promise.resolve(TABLES),
        capability: () => Promise.resolve(capability(['POINT'])),
        examples: () => Promise.resolve([EXAMPLE])
      }
    }
  } as unknown as IArchive;
  const model = new QueryModel();
  model.open({
    archive,
    table: { name: 'dbo.raw', title: 'dbo.raw', service: 'https://x.example/tap' },
    query: { adql, maxrec: 2000 },
    subject: 'dbo.raw'
  });
  const { factory, seen } = plainEditor();
  const run = vi.fn<() => void>();
  const pane = new QueryPane({
    model,
    editorFactory: factory,
    rights: null,
    trans: nullTranslator.load('obsdeck'),
    means: { schemas: new Schemas(), ...more },
    run,
    stop: () => undefined
  });
  // In a Results panel this is what the panel does.
  model.changed.connect(() => pane.update());
  Widget.attach(pane, document.body);
  panes.push(pane);
  MessageLoop.flush();
  return { pane, model, run, seen };
}

afterEach(() => {
  panes.splice(0).forEach(pane => pane.dispose());
  cleanup();
});

const button = (name: string): Promise<HTMLElement> =>
  screen.findByRole('button', { name });

describe('QueryPane', () => {
  it('lists what is wrong, marks it, and mends it', async () => {
    const { pane, model, seen } = show(BAD);
    pane.open = true;
    const list = await screen.findByRole('list', { name: 'Problems' });
    expect(list.textContent).toContain(
      '1:14 ‘datalink’ is not a column of dbo.raw. The nearest name is datalink_url.'
    );
    await waitFor(() => expect(seen.problems).toHaveLength(1));
    fireEvent.click(await button('Replace by datalink_url'));
    expect(model.adql).toBe('SELECT TOP 5 datalink_url FROM dbo.raw');
    await waitFor(() =>
      expect(screen.queryByRole('list', { name: 'Problems' })).toBeNull()
    );
  });

  it('does not send a query with an error, unless the user insists', async () => {
    const { pane, run } = show(BAD);
    pane.open = true;
    await screen.findByRole('list', { name: 'Problems' });
    fireEvent.click(await button('Run'));
    await screen.findByText('The query was not sent: it has an error.');
    expect(run).not.toHaveBeenCalled();
    fireEvent.click(await button('Run anyway'));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('sends a query that only has warnings', async () => {
    const { pane, run } = show('SELECT dp_id FROM dbo.raw');
    pane.open = true;
    const list = await screen.findByRole('list', { name: 'Problems' });
    expect(list.textContent).toContain(
      '1:1 No TOP. The row limit of 2,000 will be sent with the query.'
    );
    fireEvent.click(await button('Run'));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('sends also errors where the user does not want to be stopped', async () => {
    const settings = { completeWhileTyping: false, errorsStopRun: false };
    const { pane, run, seen } = show(BAD, { settings });
    pane.open = true;
    await screen.findByRole('list', { name: 'Problems' });
    fireEvent.click(await button('Run'));
    expect(run).toHaveBeenCalledTimes(1);
    expect(seen.help?.opensByItself()).toBe(false);
  });

  it('sends what the form made as it is', async () => {
    const { run } = show(BAD);
    fireEvent.click(await button('Run'));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('goes from problem to problem', async () => {
    const { pane, seen } = show('SELECT TOP 5 datalink, nonsense FROM dbo.raw');
    pane.open = true;
    await screen.findByRole('list', { name: 'Problems' });
    seen.help?.nextProblem();
    seen.help?.nextProblem();
    seen.help?.nextProblem();
    expect(seen.selected).toEqual(['datalink', 'nonsense', 'datalink']);
  });

  it('completes from the schema of the service', async () => {
    const { pane, seen } = show(GOOD);
    pane.open = true;
    await screen.findByRole('textbox', { name: 'ADQL editor' });
    await waitFor(() =>
      expect(
        seen.help
          ?.complete('SELECT dp_t FROM dbo.raw', 11)
          ?.items.map(({ label }) => label)
      ).toEqual(['dp_tech', 'dp_type'])
    );
  });

  it('offers the examples of the service', async () => {
    const { pane, model } = show(GOOD);
    pane.open = true;
    const examples = await button('Examples');
    await waitFor(() => expect((examples as HTMLButtonElement).disabled).toBe(false));
    fireEvent.click(examples);
    await screen.findByRole('menuitem', { name: EXAMPLE.name });
    const menu = screen.getByRole('menu');
    fireEvent.keyDown(menu, { keyCode: 40 });
    fireEvent.keyDown(menu, { keyCode: 13 });
    await waitFor(() => expect(model.adql).toBe(EXAMPLE.adql));
  });

  it('formats the text', async () => {
    const { pane, model } = show('select top 5 dp_id from dbo.raw');
    pane.open = true;
    fireEvent.click(await button('Format'));
    expect(model.adql).toBe('SELECT TOP 5 dp_id\nFROM dbo.raw');
  });

  it('has buttons only for what can be done', async () => {
    const runJob = vi.fn<() => void>();
    const { pane } = show(GOOD, { runJob });
    pane.open = true;
    fireEvent.click(await button('Run as job'));
    expect(runJob).toHaveBeenCalled();
    expect(screen.queryByRole('button', { name: 'Save search' })).toBeNull();
    expect(screen.queryByRole('radiogroup', { name: 'Edit as' })).toBeNull();
  });

  it('keeps the words of its tools where there is room for their icons only', async () => {
    const { pane } = show(GOOD, { runJob: vi.fn(), history: vi.fn() });
    pane.open = true;
    const toolbar = await screen.findByRole('toolbar', { name: 'Query' });
    const tools = [...toolbar.querySelectorAll('button')];
    const told = tools.map(tool => [tool.querySelector('span:last-child'), tool.title]);
    // The style sheet takes these elements, and nothing else, out of sight.
    expect(told.map(([label]) => (label as Element).className)).toEqual(
      tools.map(() => 'jp-Obsdeck-Query-toolLabel')
    );
    expect(
      told.map(([label, title]) => [(label as Element).textContent, title])
    ).toEqual([
      ['Run', 'Run'],
      ['Run as job', 'Run as job'],
      ['Stop', 'Nothing is running.'],
      ['History', 'History'],
      ['Examples', expect.anything()],
      ['Format', 'Format']
    ]);
    expect(await button('Run as job')).toBe(tools[1]);
  });

  it('goes back to the form, and says when that cannot show the query', async () => {
    const showForm = vi.fn<() => void>();
    const { pane, model } = show(GOOD, { showForm });
    pane.open = true;
    const form = await screen.findByRole<HTMLInputElement>('radio', { name: 'Form' });
    fireEvent.click(form);
    expect(showForm).toHaveBeenCalled();
    expect(pane.open).toBe(false);
    pane.open = true;
    model.adql = `${GOOD} WHERE ra > 1`;
    await waitFor(() =>
      expect(
        screen.getByRole<HTMLInputElement>('radio', { name: 'Form' }).disabled
      ).toBe(true)
    );
    expect(screen.getByTitle('The form cannot show this query.')).toBeTruthy();
  });

  it('is one stop for Tab, with arrows between the buttons', async () => {
    const { pane } = show(GOOD, { runJob: () => undefined });
    pane.open = true;
    const job = await button('Run as job');
    const run = await button('Run');
    // The editor takes the focus once it is there.
    const editor = await screen.findByRole('textbox', { name: 'ADQL editor' });
    await waitFor(() => expect(document.activeElement).toBe(editor));
    expect([run.tabIndex, job.tabIndex]).toEqual([0, -1]);
    run.focus();
    fireEvent.keyDown(run, { key: 'ArrowRight' });
    expect(document.activeElement).toBe(job);
    expect([run.tabIndex, job.tabIndex]).toEqual([-1, 0]);
  });

  it('opens for what is inserted', async () => {
    const { pane, model } = show(GOOD);
    pane.insert(', ra');
    await waitFor(() => expect(model.adql).toBe(`${GOOD}, ra`));
    expect(pane.open).toBe(true);
  });
});
