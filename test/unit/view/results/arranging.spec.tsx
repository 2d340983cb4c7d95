import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { QueryModel } from '../../../../src/model/query.js';
import { runOnPage } from '../../../../src/model/table/pause.js';
import type { TableRunner } from '../../../../src/model/table/tasks.js';
import type { VOTableEvent } from '../../../../src/protocol/votable/types.js';
import { ResultsPanel } from '../../../../src/view/results/panel.js';
import { answer, archiveOf, fakeCanvas, obscore, QUERY, TABLE } from './support.js';

beforeAll(fakeCanvas);

// A busy machine takes its time; nothing here is about speed.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

let model: QueryModel;
let panel: ResultsPanel;
let events: readonly VOTableEvent[];
let runner: TableRunner;

async function* answers(): AsyncIterable<VOTableEvent> {
  yield* events;
}

const run = async (): Promise<void> => {
  model.open({
    archive: archiveOf(answers),
    table: TABLE,
    query: QUERY,
    subject: 'everything'
  });
  await model.run();
  await screen.findAllByRole('columnheader');
};

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Results' });
const key = (name: string, more = {}): void => {
  fireEvent.keyDown(grid(), { key: name, ...more });
};
const footer = (): string =>
  screen.getByRole('status', { name: 'Result status' }).textContent ?? '';
const header = (name: string): HTMLElement =>
  within(grid())
    .getAllByRole('columnheader')
    .find(node => node.textContent === name) as HTMLElement;

beforeEach(() => {
  events = answer(obscore(5));
  runner = runOnPage;
  model = new QueryModel();
  panel = new ResultsPanel({
    model,
    translator: nullTranslator,
    editorFactory: () => ({ text: '', focus: () => {}, dispose: () => {} }),
    actions: [],
    runner: (task, signal) => runner(task, signal)
  });
  Widget.attach(panel, document.body);
});

afterEach(() => {
  panel.dispose();
  model.dispose();
});

/** Open the filter line, and its first filter by a column. */
async function openFilter(column: string): Promise<HTMLElement> {
  panel.filterShown = true;
  const line = await screen.findByRole('group', { name: 'Filters' });
  const choice = await within(line).findByRole('combobox', { name: 'Column' });
  const option = within(choice).getByRole('option', { name: column });
  fireEvent.change(choice, { target: { value: (option as HTMLOptionElement).value } });
  return line;
}

describe('sorting', () => {
  it('by keyboard is told, and keeps the row whose record is open', async () => {
    await run();
    grid().dispatchEvent(new FocusEvent('focus'));
    key('ArrowDown');
    key('Enter');
    expect(panel.focusedRow).toBe(1);
    key('ArrowDown', { altKey: true });
    await screen.findByText('Sorted by calib_level, descending');
    expect(header('calib_level').getAttribute('aria-sort')).toBe('descending');
    expect([panel.focusedRow, panel.selectedRows]).toEqual([1, [1]]);
    await screen.findByText('Record 2 of 5');
    key('ArrowDown', { altKey: true });
    await screen.findByText('In order of arrival');
    expect(header('calib_level').hasAttribute('aria-sort')).toBe(false);
  });

  it('by further columns says which key they are', async () => {
    await run();
    grid().dispatchEvent(new FocusEvent('focus'));
    key('ArrowUp', { altKey: true });
    key('ArrowRight');
    key('ArrowDown', { altKey: true, shiftKey: true });
    await screen.findByText('Sorted by calib_level, ascending; obs_id, descending');
    expect(header('obs_id').getAttribute('aria-label')).toMatch(
      /sorted descending, key 2$/
    );
  });

  it('stays when the same search is run again', async () => {
    await run();
    grid().dispatchEvent(new FocusEvent('focus'));
    key('ArrowDown', { altKey: true });
    await screen.findByText('Sorted by calib_level, descending');
    events = answer(obscore(3));
    await run();
    await waitFor(() =>
      expect(header('calib_level').getAttribute('aria-sort')).toBe('descending')
    );
  });
});

describe('filtering', () => {
  it('applies as typed, and says how many rows are left', async () => {
    await run();
    const line = await openFilter('obs_id (text)');
    fireEvent.change(await within(line).findByRole('textbox', { name: 'Text' }), {
      target: { value: 'OBS-3' }
    });
    await waitFor(() => expect(footer()).toContain('1 of 5 rows'));
    fireEvent.click(within(line).getByRole('checkbox', { name: 'Match case' }));
    await screen.findByText('No row passes the filters.');
    expect(footer()).toContain('0 of 5 rows');
    const [clear] = screen.getAllByRole('button', { name: 'Clear all' });
    fireEvent.click(clear);
    await waitFor(() => expect(footer()).not.toMatch(/ of /));
    expect(screen.queryByText('No row passes the filters.')).toBeNull();
  });

  it('does not apply what it does not understand, and says so', async () => {
    await run();
    const line = await openFilter('s_ra (deg)');
    const from = await within(line).findByRole('textbox', { name: 'From' });
    fireEvent.change(from, { target: { value: 'abc' } });
    await within(line).findByText('Not a number.');
    expect(from.getAttribute('aria-invalid')).toBe('true');
    expect(footer()).not.toMatch(/ of /);
    fireEvent.change(from, { target: { value: '58' } });
    await waitFor(() => expect(footer()).toContain('2 of 5 rows'));
  });

  it('lets one choose among the values, “no value” too', async () => {
    await run();
    const line = await openFilter('t_min (UTC)');
    fireEvent.change(within(line).getByRole('combobox', { name: 'Condition' }), {
      target: { value: 'set' }
    });
    const group = await within(line).findByRole('group', { name: 'Values of t_min' });
    fireEvent.click(
      await within(group).findByRole('checkbox', { name: 'no value, 1 row' })
    );
    await waitFor(() => expect(footer()).toContain('1 of 5 rows'));
  });

  it('begins with the value of the focused cell', async () => {
    await run();
    grid().dispatchEvent(new FocusEvent('focus'));
    key('ArrowDown');
    key('ArrowRight');
    panel.filterShown = true;
    const add = await screen.findByRole('button', { name: 'Filter by this value' });
    fireEvent.click(add);
    await waitFor(() => expect(footer()).toContain('1 of 5 rows'));
    await screen.findByRole('checkbox', { name: 'obs-1, 1 row' });
  });

  it('can be stopped with Escape when it takes long, and the rows stay', async () => {
    await run();
    runner = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () =>
          reject(new DOMException('stopped', 'AbortError'))
        );
      });
    const line = await openFilter('obs_id (text)');
    const text = await within(line).findByRole('textbox', { name: 'Text' });
    fireEvent.change(text, { target: { value: 'obs-3' } });
    await screen.findByText('Filtering …');
    fireEvent.keyDown(text, { key: 'Escape' });
    await screen.findByText('Stopped: the rows are shown as they were before.');
    expect(screen.queryByText('Filtering …')).toBeNull();
    expect(footer()).not.toMatch(/ of /);
  });
});
