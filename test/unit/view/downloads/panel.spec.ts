import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IDownload } from '../../../../src/model/downloads/types.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { DownloadsPanel } from '../../../../src/view/downloads/panel.js';
import { downloadsStatusItem } from '../../../../src/view/downloads/statusitem.js';
import { Sidebar } from '../../../../src/view/sidebar.js';
import { FakeQueue, file, totals } from '../../../support/downloads.js';

const EMPTY = 'No downloads. Choose files in Links or in a calibration cascade.';
const RAN_OUT = Date.UTC(2026, 10, 21, 20, 52);

vi.setConfig({ testTimeout: 60_000 });

const callbacks = {
  act: vi.fn(),
  start: vi.fn(),
  pauseAll: vi.fn(),
  resumeAll: vi.fn(),
  retryAll: vi.fn(),
  signIn: vi.fn(),
  openTab: vi.fn(),
  openFolder: vi.fn(),
  saveScript: vi.fn(),
  fetchManifest: vi.fn(),
  addAddresses: vi.fn(),
  copy: vi.fn(),
  menu: vi.fn()
};

let queue: FakeQueue;
let panel: DownloadsPanel;
let sidebar: Sidebar;

beforeEach(async () => {
  vi.clearAllMocks();
  queue = new FakeQueue();
  panel = new DownloadsPanel(queue, callbacks, nullTranslator);
  panel.context = {
    nameOf: () => 'pyobs',
    ranOut: () => RAN_OUT,
    offers: () => true
  };
  sidebar = new Sidebar({ translator: nullTranslator, addArchive: vi.fn() });
  sidebar.addSection('downloads', panel);
  await act(async () => Widget.attach(sidebar, document.body));
});

afterEach(() => act(() => sidebar.dispose()));

const show = (items: readonly IDownload[], more = {}) =>
  act(async () => queue.put(items, more));
const named = (list: RegExp) =>
  within(screen.getByRole('list', { name: list }))
    .getAllByRole('listitem')
    .map(item => item.getAttribute('aria-label'));
const done = (id: string) =>
  file(id, { state: 'done', end: 'checked', received: 58_600_000 });

describe('Downloads section', () => {
  it('says where files come from while there are none, and listens once it is seen', async () => {
    await show([]);
    expect(screen.getByText(EMPTY)).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(queue.watchers).toBe(1);
    await act(async () => panel.hide());
    expect(queue.watchers).toBe(0);
  });

  it('tells how much there is, how fast it comes, and where it goes', async () => {
    await show([file('a', { state: 'running' }), done('b')], {
      files: 60,
      done: 14,
      bytes: 3.52e9,
      received: 0.82e9,
      rate: 38.2e6,
      left: 71
    });
    for (const words of [
      '0.82 of 3.52 GB',
      '38.2 MB/s',
      '14 of 60 files',
      '1 min 11 s left',
      '412 GB free in data/eso'
    ]) {
      expect(screen.getByText(words)).toBeTruthy();
    }
    const bar = screen.getByRole('progressbar', { name: 'All downloads' });
    expect(bar.getAttribute('aria-valuenow')).toBe('23');
    expect(screen.getByText('14 of 60')).toBeTruthy();
  });

  it('lists files by how they stand, those that wait folded', async () => {
    await show([
      file('a', { state: 'running', received: 41_606_000, rate: 12.9e6 }),
      file('b', { state: 'failed', message: 'ESO: No such file.', kind: 'not-found' }),
      file('c'),
      done('d')
    ]);
    expect(named(/^Now \(1\)/)).toEqual(['a.fits, Downloading, 71 percent']);
    expect(named(/^Problems \(1\)/)).toEqual(['b.fits, Not found, 0 percent']);
    expect(named(/^Done \(1\)/)).toEqual(['d.fits, Checked, 100 percent']);
    expect(screen.getByText('41.6 of 58.6 MB, 12.9 MB/s, 2 s left')).toBeTruthy();
    expect(screen.getByText('ESO: No such file.')).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: 'a.fits' })).toBeTruthy();
    const waiting = screen.getByRole('button', { name: 'Waiting (1)' });
    expect(waiting.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(waiting);
    expect(named(/^Waiting/)).toEqual(['c.fits, Waiting, 0 percent']);
  });

  it('unfolds problems by itself whenever there is another one', async () => {
    await show([file('a', { state: 'failed' })]);
    fireEvent.click(screen.getByRole('button', { name: 'Problems (1)' }));
    expect(screen.queryByRole('list', { name: /^Problems/ })).toBeNull();
    await show([file('a', { state: 'failed' }), file('b', { state: 'failed' })]);
    expect(named(/^Problems \(2\)/)).toHaveLength(2);
  });

  it('does with a file what its buttons say', async () => {
    await show([
      file('a', { state: 'running' }),
      file('b', { state: 'failed' }),
      done('d')
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Pause a.fits' }));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel a.fits' }));
    fireEvent.click(screen.getByRole('button', { name: 'Try again b.fits' }));
    fireEvent.click(screen.getByRole('button', { name: 'Open d.fits' }));
    expect(callbacks.act.mock.calls).toEqual([
      ['pause', ['a']],
      ['cancel', ['a']],
      ['retry', ['b']],
      ['open', ['d']]
    ]);
  });

  it('moves a file that waits with Alt and the arrows, and not beyond the ends', async () => {
    await show([file('a'), file('b')]);
    fireEvent.click(screen.getByRole('button', { name: 'Waiting (2)' }));
    const button = screen.getByRole('button', { name: 'Cancel b.fits' });
    fireEvent.keyDown(button, { key: 'ArrowUp', altKey: true });
    fireEvent.keyDown(button, { key: 'ArrowDown', altKey: true });
    expect(callbacks.act.mock.calls).toEqual([['up', ['b']]]);
  });

  it('has a menu for a file that is there', async () => {
    await show([done('d')]);
    fireEvent.contextMenu(screen.getByRole('listitem'));
    const entries = screen.getAllByRole('menuitem').map(entry => entry.textContent);
    expect(entries).toEqual([
      'Open',
      'Quick look',
      'Insert path as cell',
      'Show in file browser',
      'Copy address'
    ]);
    fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape', keyCode: 27 });
  });

  it('waits for a start where that was asked for', async () => {
    await show([
      file('a', { state: 'held', total: 46_100_000 }),
      file('b', { state: 'held', total: 46_100_000 })
    ]);
    expect(screen.getByText('2 files, 92.2 MB')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Start downloads' }));
    expect(callbacks.start).toHaveBeenCalled();
  });

  it('asks once for the sign-in that files wait for', async () => {
    await show([file('a', { state: 'sign-in' }), file('b', { state: 'sign-in' })]);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(
      'The pyobs sign-in ran out at 20:52 UTC. Finished files are safe.'
    );
    const button = within(alert).getByRole('button', { name: 'Sign in and go on' });
    fireEvent.click(button);
    expect(callbacks.signIn.mock.calls).toEqual([['eso']]);
  });

  it('says that there is not enough room', async () => {
    await show([file('a', { total: 3.5e9 })], { free: 2.1e9 });
    expect(screen.getByRole('alert').textContent).toBe(
      '3.5 GB are wanted, 2.1 GB are free in data/eso.'
    );
  });

  it('says once that it went on after a restart', async () => {
    const note = 'Went on after a restart, 21:04 UTC.';
    await show([file('a', { state: 'running', note }), file('b', { note })]);
    fireEvent.click(screen.getByRole('button', { name: 'Waiting (1)' }));
    expect(screen.getAllByText(note)).toHaveLength(1);
  });

  it('keeps what is on screen when the Jupyter server is gone', async () => {
    await show([file('a', { state: 'running' })]);
    await act(async () => {
      queue.error = new ProtocolError(
        'unavailable',
        'No connection to the Jupyter server.',
        { archive: '', hint: 'What is on screen stays.' }
      );
      queue.changed.emit();
    });
    expect(screen.getByRole('alert').textContent).toBe(
      'No connection to the Jupyter server.What is on screen stays.'
    );
    expect(named(/^Now/)).toHaveLength(1);
  });

  it('shows names as they are, whatever is in them', async () => {
    const name = '<img src=x onerror=alert(1)>\u202Egnp.exe' + 'x'.repeat(300);
    await show([file('a', { name, state: 'running' })]);
    expect(document.querySelector('img')).toBeNull();
    expect(named(/^Now/)[0]).toBe(`${name}, Downloading, 0 percent`);
    expect(screen.getByTitle(name)).toBeTruthy();
  });

  it('draws a part of 10,000 files, and leads to the rest', async () => {
    await show(Array.from({ length: 10_000 }, (_, n) => done(`f${n}`)));
    expect(screen.getAllByRole('listitem')).toHaveLength(50);
    fireEvent.click(screen.getByRole('button', { name: 'Show all 10,000 in a tab' }));
    expect(callbacks.openTab).toHaveBeenCalled();
  });

  it('pauses and resumes all from its title', async () => {
    const heading = screen.getByRole('heading', { name: 'Downloads Section' });
    const tool = (title: string) =>
      heading.querySelector(`[title="${title}"]`) as HTMLElement;
    const isShown = (title: string) => tool(title).closest('.lm-mod-hidden') === null;
    await show([file('a', { state: 'running' })]);
    await waitFor(() => expect(tool('Pause all')).toBeTruthy());
    expect([isShown('Pause all'), isShown('Resume all')]).toEqual([true, false]);
    fireEvent.click(tool('Pause all'));
    expect(callbacks.pauseAll).toHaveBeenCalledOnce();
    await show([file('a', { state: 'paused' })], { isPaused: true });
    expect([isShown('Pause all'), isShown('Resume all')]).toEqual([false, true]);
    fireEvent.click(tool('Resume all'));
    fireEvent.click(tool('Open downloads as tab'));
    fireEvent.click(tool('More download actions'));
    for (const done of [callbacks.resumeAll, callbacks.openTab, callbacks.menu]) {
      expect(done).toHaveBeenCalledOnce();
    }
  });

  it('keeps the focus with a file that goes on', async () => {
    await show([file('a'), file('b')]);
    fireEvent.click(screen.getByRole('button', { name: 'Waiting (2)' }));
    screen.getByRole('button', { name: 'Pause a.fits' }).focus();
    await show([file('a', { state: 'running' }), file('b')]);
    const row = document.activeElement?.closest<HTMLElement>('[data-download]');
    expect(row?.dataset['download']).toBe('a');
  });
});

describe('the item of the status bar', () => {
  it('tells how far the queue is', async () => {
    const now = totals({ files: 60, done: 14, rate: 38.2e6 });
    const item = downloadsStatusItem(() => now, vi.fn(), nullTranslator);
    await act(async () => Widget.attach(item, document.body));
    expect(
      screen.getByRole('button', { name: 'Downloads: 14 of 60, 38 MB/s' })
    ).toBeTruthy();
    act(() => item.dispose());
  });
});
