import { MessageLoop } from '@lumino/messaging';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IJob } from '../../../../src/model/jobs/types.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { JobsPanel } from '../../../../src/view/jobs/panel.js';
import { jobsStatusItem } from '../../../../src/view/jobs/statusitem.js';
import { Sidebar } from '../../../../src/view/sidebar.js';
import { FakeSource, job } from './fakes.js';

const EMPTY = 'No jobs. Run as job in a search starts one.';
const STAY =
  'Jobs stay after a reload and while JupyterLab is closed, until the service deletes them.';

let source: FakeSource;
let panel: JobsPanel;
let sidebar: Sidebar;
const callbacks = { act: vi.fn(), refresh: vi.fn(), menu: vi.fn() };

beforeEach(async () => {
  source = new FakeSource();
  panel = new JobsPanel(source, callbacks, nullTranslator);
  panel.context = { nameOf: () => 'ESO', canSave: true };
  sidebar = new Sidebar({ translator: nullTranslator, addArchive: vi.fn() });
  sidebar.addSection('jobs', panel);
  await act(async () => Widget.attach(sidebar, document.body));
});

afterEach(() => act(() => sidebar.dispose()));

const show = (jobs: readonly IJob[]) =>
  act(async () => {
    source.jobs = jobs;
    source.changed.emit();
  });
const named = (name: string, more: Partial<IJob['record']> = {}) =>
  job({}, { record: { id: name, name, ...more } });
const items = () =>
  within(screen.getByRole('list', { name: 'Jobs' }))
    .queryAllByRole('listitem')
    .map(item => item.getAttribute('aria-label'));

describe('Jobs section', () => {
  it('says how to begin where there are none', async () => {
    await show([]);
    expect(screen.getByRole('heading', { name: 'Jobs Section' })).toBeTruthy();
    expect(screen.getByText(EMPTY)).toBeTruthy();
    expect(screen.queryByRole('searchbox')).toBeNull();
  });

  it('lists the jobs, how they stand, and how long they stay', async () => {
    await show([
      job({}),
      job({ phase: 'QUEUED' }, { record: { id: 'two', name: 'M 83' } })
    ]);
    expect(items()).toEqual([
      'Sgr A*, ESO, running 0:48, limit 10:00',
      'M 83, ESO, queued'
    ]);
    expect(screen.getByText(STAY)).toBeTruthy();
    expect(screen.getByText('2 running')).toBeTruthy();
    const bar = screen.getByRole('progressbar', {
      name: 'Sgr A*, share of its time limit'
    });
    expect(bar.getAttribute('aria-valuenow')).toBe('8');
  });

  it('filters by what the rows say', async () => {
    await show([named('Sgr A*'), named('M 83')]);
    const box = screen.getByRole('searchbox', { name: 'Filter jobs' });
    fireEvent.change(box, { target: { value: 'm 83' } });
    expect(items()).toEqual(['M 83, ESO, running 0:48, limit 10:00']);
    fireEvent.change(box, { target: { value: 'nothing' } });
    expect(items()).toEqual([]);
    expect(screen.getByText('None of 2 jobs matches.')).toBeTruthy();
  });

  it('does what the buttons say, and nothing while something is being done', async () => {
    await show([job({})]);
    fireEvent.click(screen.getByRole('button', { name: 'Stop job Sgr A*' }));
    expect(callbacks.act).toHaveBeenCalledWith('stop', 'one');
    callbacks.act.mockClear();
    await show([job({}, { work: 'stop' })]);
    const stop = screen.getByRole('button', { name: 'Stop job Sgr A*' });
    expect(stop.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(stop);
    expect(callbacks.act).not.toHaveBeenCalled();
  });

  it('refreshes and opens its menu from the title', async () => {
    await show([]);
    const heading = screen.getByRole('heading', { name: 'Jobs Section' });
    const tool = (title: string) => heading.querySelector(`[title="${title}"]`);
    await waitFor(() => expect(tool('More job actions')).toBeTruthy());
    fireEvent.click(tool('Refresh jobs')!);
    expect(callbacks.refresh).toHaveBeenCalledOnce();
    fireEvent.click(tool('More job actions')!);
    expect(callbacks.menu).toHaveBeenCalledOnce();
    // These do something once, and do not stay pressed.
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve));
    expect(heading.querySelector('[aria-pressed="true"]')).toBeNull();
  });

  it('moves the focus to the neighbour of a job that is removed', async () => {
    const done = (name: string) =>
      job({ phase: 'ABORTED' }, { record: { id: name, name } });
    await show([done('a'), done('b')]);
    screen.getByRole('button', { name: 'Remove job a' }).focus();
    await show([done('b')]);
    expect(document.activeElement?.closest('li')?.getAttribute('aria-label')).toMatch(
      /^b,/
    );
  });

  it('tells what went wrong with the list', async () => {
    source.error = new ProtocolError('unavailable', 'No answer.', {
      archive: 'ESO',
      hint: 'Try again later.'
    });
    source.problems = ['The list of jobs could not be read.'];
    await show([named('a')]);
    expect(screen.getByRole('alert').textContent).toBe(
      'ESO: No answer.Try again later.The list of jobs could not be read.'
    );
  });

  it('says why nothing can be done, and keeps what is on screen', async () => {
    await show([named('a')]);
    await act(async () => {
      panel.context = { ...panel.context, blocked: 'No connection.' };
    });
    expect(screen.getByText('No connection.')).toBeTruthy();
    const stop = screen.getByRole('button', { name: 'Stop job a' });
    expect(stop.getAttribute('aria-disabled')).toBe('true');
    expect(stop.title).toBe('No connection.');
  });

  it('watches while it can be seen, and takes only the user’s doing for a gesture', async () => {
    expect([source.watchers, source.gestures]).toEqual([1, 0]);
    await act(async () => sidebar.hide());
    await act(async () => sidebar.show());
    expect([source.watchers, source.gestures]).toEqual([1, 0]);
    panel.isRestored = true;
    await act(async () => sidebar.hide());
    expect(source.watchers).toBe(0);
    await act(async () => sidebar.show());
    expect(source.gestures).toBe(1);
    fireEvent.keyDown(panel.node, { key: 'Tab' });
    expect(source.gestures).toBe(2);
  });

  it('tells the time while jobs run', async () => {
    vi.useFakeTimers();
    try {
      await show([job({})]);
      source.time += 5000;
      await act(async () => vi.advanceTimersByTimeAsync(1100));
      expect(items()).toEqual(['Sgr A*, ESO, running 0:53, limit 10:00']);
    } finally {
      vi.useRealTimers();
    }
  });
});

it('the status bar tells how many run, and opens them', async () => {
  let count = 1;
  const open = vi.fn();
  const item = jobsStatusItem(() => count, open, nullTranslator);
  await act(async () => Widget.attach(item, document.body));
  fireEvent.click(screen.getByRole('button', { name: '1 job running' }));
  expect(open).toHaveBeenCalledOnce();
  count = 0;
  await act(async () => item.update());
  expect(screen.queryByRole('button', { name: /running/ })).toBeNull();
  act(() => item.dispose());
});
