import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ConstraintKey } from '../../../../src/model/constraints.js';
import { type IQueryRequest, QueryModel } from '../../../../src/model/query.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import type { VOTableEvent } from '../../../../src/protocol/votable/types.js';
import { ResultsPanel } from '../../../../src/view/results/panel.js';
import type { IResultAction } from '../../../../src/view/results/types.js';
import { answer, archiveOf, fakeCanvas, obscore, QUERY, TABLE } from './support.js';

beforeAll(fakeCanvas);

// A busy machine takes its time; nothing here is about speed.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 30_000 });

/** An answer that ends when the test says so. */
class Service {
  async *run(signal: AbortSignal): AsyncIterable<VOTableEvent> {
    this.asked += 1;
    yield* this.events;
    if (this.failure) {
      throw this.failure;
    }
    if (this.hangs) {
      await new Promise((_, reject) => {
        const stop = (): void => reject(signal.reason as Error);
        signal.addEventListener('abort', stop);
        if (signal.aborted) {
          stop();
        }
      });
    }
  }

  asked = 0;
  events: VOTableEvent[] = [];
  failure: Error | null = null;
  hangs = false;
}

let service: Service;
let model: QueryModel;
let panel: ResultsPanel;
let copied: string[];
let dropped: ConstraintKey[];

const action: IResultAction = {
  id: 'insert',
  label: 'Insert as cell',
  enabled: () => model.result.rows !== null,
  execute: () => undefined
};

/** A textarea in the place of CodeMirror. */
const editorFactory = (
  host: HTMLElement,
  text: string,
  onChange: (text: string) => void
) => {
  const area = document.createElement('textarea');
  area.value = text;
  area.addEventListener('input', () => onChange(area.value));
  host.append(area);
  return {
    get text() {
      return area.value;
    },
    set text(value: string) {
      area.value = value;
    },
    focus: () => area.focus(),
    dispose: () => area.remove()
  };
};

const open = (more: Partial<IQueryRequest> = {}): void =>
  model.open({
    archive: archiveOf(signal => service.run(signal)),
    table: TABLE,
    query: QUERY,
    subject: 'everything',
    ...more
  });

const footer = (): string =>
  screen.getByRole('status', { name: 'Result status' }).textContent ?? '';

beforeEach(() => {
  service = new Service();
  copied = [];
  dropped = [];
  model = new QueryModel();
  const translator = nullTranslator;
  const copy = (text: string): void => void copied.push(text);
  panel = new ResultsPanel({
    model,
    translator,
    editorFactory,
    actions: [action],
    drop: constraint => dropped.push(constraint),
    copy
  });
  Widget.attach(panel, document.body);
});

afterEach(() => {
  panel.dispose();
  model.dispose();
});

/** The button of the action; the toolbar may draw it anew in its pop-up at any time. */
function button(): HTMLElement {
  return screen.getByLabelText('Insert as cell');
}

function disabled(): string | null {
  return button().getAttribute('aria-disabled');
}

describe('ResultsPanel', () => {
  it('says what to do before the first search, and before the first run', async () => {
    await screen.findByText(/Obsdeck sidebar/);
    open();
    await screen.findByText('Not run yet.');
    expect(service.asked).toBe(0);
  });

  it('shows rows, their number, size and origin', async () => {
    service.events = answer(obscore(3));
    open();
    await model.run();
    await screen.findByText(/^3 rows, 1.4 MB, /);
    expect(footer()).toMatch(/Example, \d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    const cells = await screen.findAllByRole('gridcell', { name: '55.7467' });
    expect(cells).toHaveLength(1);
    expect(screen.getByRole('toolbar', { name: 'Results' })).toBeTruthy();
  });

  it('does an action once for a key as soon as there is a query', async () => {
    const execute = vi.fn();
    const enabled = (): boolean => model.request !== null;
    panel.setActions([{ ...action, enabled, execute }]);
    await waitFor(() => expect(disabled()).toBe('true'));
    open();
    await waitFor(() => expect(disabled()).toBe('false'));
    expect(service.asked).toBe(0);
    for (const key of ['Enter', ' ']) {
      // False: the browser makes no click of it, which would do the same again.
      expect(fireEvent.keyDown(button(), { key })).toBe(false);
    }
    expect(execute).toHaveBeenCalledTimes(2);
    expect(button().getAttribute('aria-pressed')).toBe('false');
  });

  it('opens the record of a row on Enter and follows the focus', async () => {
    service.events = answer(obscore(3));
    open();
    await model.run();
    const grid = await screen.findByRole('grid', { name: 'Results' });
    grid.dispatchEvent(new FocusEvent('focus'));
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(panel.recordShown).toBe(true);
    const record = screen.getByRole('complementary', { name: 'Record' });
    await within(record).findByText('Record 1 of 3');
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    await within(record).findByText('Record 2 of 3');
    expect(panel.selectedRows).toEqual([1]);
    await waitFor(() => expect(footer()).toContain('1 selected'));
    fireEvent.click(within(record).getByRole('button', { name: 'Close record' }));
    expect(panel.recordShown).toBe(false);
  });

  it('opens the record of a single row by itself', async () => {
    service.events = answer(obscore(1));
    open();
    await model.run();
    expect([panel.focusedRow, panel.recordShown]).toEqual([0, true]);
  });

  it('admits that the rows answer another query, and can run the one on screen', async () => {
    service.events = answer(obscore(3));
    open();
    await model.run();
    model.adql = 'SELECT 1';
    await screen.findByText(/^The rows below answer another query, of /);
    model.revert();
    await waitFor(() => expect(screen.queryByText(/another query/)).toBeNull());
    model.adql = 'SELECT 2';
    const words = await screen.findByText(/another query/);
    const banner = words.closest('[role="status"]') as HTMLElement;
    fireEvent.click(within(banner).getByRole('button', { name: 'Run' }));
    expect(model.result.asked?.query.adql).toBe('SELECT 2');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'ADQL' }));
    await waitFor(() => expect(screen.queryByText(/another query/)).toBeNull());
  });

  it('lets a constraint be dropped where nothing was found', async () => {
    service.events = answer(obscore(0));
    open({
      constraints: [
        { key: 'wavelength', label: '' },
        { key: 'column:obs_collection', label: 'Collection' },
        { key: 'column:dataproduct_type', label: 'Product type' }
      ]
    });
    await model.run();
    await screen.findByText('No rows.');
    expect(screen.queryByRole('button', { name: 'Drop product type' })).toBeNull();
    screen.getByRole('button', { name: 'Drop wavelength' });
    fireEvent.click(screen.getByRole('button', { name: 'Drop collection' }));
    expect(dropped).toEqual(['column:obs_collection']);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'ADQL' }));
  });

  it('keeps the rows below an error', async () => {
    service.events = answer(obscore(3));
    open();
    await model.run();
    service.events = [];
    service.failure = new ProtocolError('unavailable', 'Connection refused.');
    await model.run();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Example: Connection refused.');
    expect(model.result.rows?.rowCount).toBe(3);
    await waitFor(() => expect(footer()).toMatch(/^3 rowsExample/));
    fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(service.asked).toBe(3);
  });

  it('says how far it is, and Cancel keeps what arrived', async () => {
    service.events = answer(obscore(3)).slice(0, 2);
    service.hangs = true;
    open();
    const run = model.run();
    await screen.findByRole('progressbar', { name: 'Results' });
    await waitFor(() => expect(footer()).toContain('3 rows so far'));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await run;
    await screen.findByText('Cancelled: 3 rows arrived and stay.');
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('Escape cancels', async () => {
    service.hangs = true;
    open();
    const run = model.run();
    fireEvent.keyDown(panel.node, { key: 'Escape' });
    await run;
    expect(model.result.state).toBe('cancelled');
  });

  it('asks actions again when there are rows', async () => {
    open();
    await waitFor(() => expect(disabled()).toBe('true'));
    service.events = answer(obscore(3));
    await model.run();
    await waitFor(() => expect(disabled()).toBe('false'));
  });
});

describe('setActions', () => {
  it('takes buttons away and adds others', async () => {
    await screen.findByLabelText('Insert as cell');
    panel.setActions([{ ...action, id: 'links', label: 'Links', enabled: () => true }]);
    await screen.findByLabelText('Links');
    expect(screen.queryByLabelText('Insert as cell')).toBeNull();
  });
});

describe('query line', () => {
  it('shows the query in one line and unfolds an editor', async () => {
    open();
    await screen.findByText('SELECT * FROM ivoa.ObsCore');
    const adql = screen.getByRole('button', { name: 'ADQL' });
    expect(adql.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(adql);
    const editor = await screen.findByRole('textbox', { name: 'ADQL editor' });
    expect((editor as HTMLTextAreaElement).value).toBe(QUERY.adql);
    expect(adql.getAttribute('aria-expanded')).toBe('true');
  });

  it('runs the edited text on Ctrl Enter, and can go back to the form', async () => {
    open();
    panel.queryOpen = true;
    const editor = await screen.findByRole('textbox', { name: 'ADQL editor' });
    fireEvent.input(editor, { target: { value: 'SELECT 1' } });
    await screen.findByText('The ADQL was edited by hand; the form cannot show it.');
    fireEvent.keyDown(editor, { key: 'Enter', ctrlKey: true });
    expect(model.result.asked?.query.adql).toBe('SELECT 1');
    fireEvent.click(screen.getByRole('button', { name: 'Go back to the form' }));
    await waitFor(() => expect((editor as HTMLTextAreaElement).value).toBe(QUERY.adql));
    // The pressed button is gone; the focus must not be with it.
    const adql = screen.getByRole('button', { name: 'ADQL' });
    expect(document.activeElement).toBe(adql);
  });

  it('runs nothing before there is something to run', async () => {
    const run = await screen.findByRole('button', { name: 'Run' });
    expect((run as HTMLButtonElement).disabled).toBe(true);
    open();
    await waitFor(() => expect((run as HTMLButtonElement).disabled).toBe(false));
    const asked = vi.spyOn(model, 'run');
    fireEvent.click(run);
    expect(asked).toHaveBeenCalledOnce();
  });
});
