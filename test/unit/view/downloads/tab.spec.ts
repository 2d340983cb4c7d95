import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IDownload } from '../../../../src/model/downloads/types.js';
import { DownloadsTab } from '../../../../src/view/downloads/tab.js';
import { FakeQueue, file } from '../../../support/downloads.js';

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
  copy: vi.fn<(text: string) => void>(),
  menu: vi.fn()
};
const context = { nameOf: () => 'ESO', ranOut: () => null, offers: () => true };

let queue: FakeQueue;
let tab: DownloadsTab;

beforeEach(async () => {
  vi.clearAllMocks();
  queue = new FakeQueue();
  const trans = nullTranslator.load('obsdeck');
  tab = new DownloadsTab({ source: queue, callbacks, trans, context: () => context });
  await act(async () => Widget.attach(tab, document.body));
});

afterEach(() => act(() => tab.dispose()));

const show = (items: readonly IDownload[]) => act(async () => queue.put(items));
const grid = () => screen.getByRole('grid', { name: 'Downloads' });
const names = () =>
  within(grid())
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('gridcell')[0].textContent);
const key = (name: string, more = {}) =>
  fireEvent.keyDown(grid(), { key: name, ...more });
const focused = () =>
  document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')
    ?.textContent;

const THREE = [
  file('b', { state: 'running', received: 29_300_000, category: 'FLAT' }),
  file('a', { state: 'failed', kind: 'embargoed', total: 9000 }),
  file('c', { state: 'done', end: 'saved', received: 58_600_000 })
];

describe('the tab “Downloads”', () => {
  it('has a row for each file and a column for what one wants to know', async () => {
    await show(THREE);
    const headers = screen.getAllByRole('columnheader').map(cell => cell.textContent);
    expect(headers).toEqual(['Name', 'Category', 'Size', 'Progress', 'State', 'From']);
    const cells = within(within(grid()).getAllByRole('row')[1]).getAllByRole(
      'gridcell'
    );
    expect(cells.map(cell => cell.textContent)).toEqual([
      'b.fits',
      'FLAT',
      '58.6 MB',
      '50 %',
      'Downloading',
      'dataportal.eso.org'
    ]);
    expect(grid().getAttribute('aria-rowcount')).toBe('4');
  });

  it('draws the rows in sight only, of 10,000 files', async () => {
    await show(Array.from({ length: 10_000 }, (_, n) => file(`f${n}`)));
    expect(names().length).toBeLessThan(60);
    key('End', { ctrlKey: true });
    expect(focused()).toBe('dataportal.eso.org');
    expect(names()).toContain('f9999.fits');
  });

  it('goes by keys, keeps the focus with its file, and opens what is there', async () => {
    await show(THREE);
    key('ArrowDown');
    key('ArrowDown');
    expect(focused()).toBe('c.fits');
    await show([THREE[2], THREE[0], THREE[1]]);
    expect(focused()).toBe('c.fits');
    key('Enter');
    expect(callbacks.act.mock.calls).toEqual([['open', ['c']]]);
    key('ArrowDown');
    key('Enter');
    expect(callbacks.act).toHaveBeenCalledOnce();
  });

  it('sorts by a header, and moves a file, with Alt and an arrow', async () => {
    await show(THREE);
    key('ArrowDown', { altKey: true });
    expect(callbacks.act.mock.calls).toEqual([['down', ['b']]]);
    key('ArrowUp');
    key('ArrowUp', { altKey: true });
    expect(names()).toEqual(['a.fits', 'b.fits', 'c.fits']);
    const [header] = screen.getAllByRole('columnheader');
    expect(header.getAttribute('aria-sort')).toBe('ascending');
  });

  it('selects rows, cancels what is not done among them, and copies them', async () => {
    await show(THREE);
    const cancel = screen.getByRole('button', { name: 'Cancel' });
    expect(cancel.getAttribute('aria-disabled')).toBe('true');
    key('a', { ctrlKey: true });
    fireEvent.click(cancel);
    expect(callbacks.act.mock.calls).toEqual([['cancel', ['b', 'a']]]);
    key('c', { ctrlKey: true });
    expect(callbacks.copy.mock.calls[0][0].split('\n')[0]).toBe(
      'b.fits\tFLAT\t58.6 MB\t50 %\tDownloading\tdataportal.eso.org\t' +
        'https://dataportal.eso.org/dataPortal/file/b'
    );
  });

  it('filters, shows what needs the user, and says how many there are', async () => {
    await show(THREE);
    const box = screen.getByRole('searchbox', { name: 'Filter files' });
    fireEvent.change(box, { target: { value: 'propri' } });
    expect(names()).toEqual(['a.fits']);
    fireEvent.change(box, { target: { value: '' } });
    expect(screen.getByRole('alert').textContent).toBe('1 file needs you.');
    fireEvent.click(screen.getByRole('button', { name: 'Show them' }));
    expect(names()).toEqual(['a.fits']);
    const foot = screen.getByRole('status', { name: 'Downloads status' });
    expect(foot.textContent).toContain('1 of 3 files1 done1 now0 waiting1 problem');
    fireEvent.click(screen.getByRole('button', { name: 'Try 1 again' }));
    expect(callbacks.retryAll).toHaveBeenCalledOnce();
  });

  it('is one stop of the Tab key in its toolbar', async () => {
    await show(THREE);
    const tools = within(screen.getByRole('toolbar', { name: 'Downloads' }));
    const buttons = tools.getAllByRole('button');
    expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    buttons[0].focus();
    fireEvent.keyDown(buttons[0], { key: 'ArrowRight' });
    expect(document.activeElement).toBe(buttons[1]);
  });
});
