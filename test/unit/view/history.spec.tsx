import { nullTranslator } from '@jupyterlab/translation';
import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { HistoryModel } from '../../../src/model/history/history.js';
import type { IHistoryEntry } from '../../../src/model/history/types.js';
import { HistoryPopup } from '../../../src/view/history/popup.js';

vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 15_000 });

let model: HistoryModel;
let chosen: IHistoryEntry[];
let popup: HistoryPopup;
let opener: HTMLButtonElement;

function entry(adql: string, when: number, error: string | null = null): IHistoryEntry {
  return {
    adql,
    maxrec: 100,
    archive: 'eso',
    service: 'https://archive.example/tap',
    table: 'dbo.raw',
    subject: 'M 83',
    when: Date.UTC(2026, 10, 20, 21, when),
    rows: 4812,
    seconds: 1.5,
    error
  };
}

function open(confirm = true): void {
  popup = new HistoryPopup({
    model,
    trans: nullTranslator.load('obsdeck'),
    opener,
    nameOf: id => (id === 'eso' ? 'ESO' : undefined),
    choose: taken => chosen.push(taken),
    confirmClear: async () => confirm
  });
  popup.open();
}

const options = (): string[] =>
  screen.queryAllByRole('option').map(({ textContent }) => textContent ?? '');
const search = (): HTMLElement =>
  screen.getByRole('searchbox', { name: 'Search the history' });

beforeEach(() => {
  model = new HistoryModel();
  chosen = [];
  opener = document.body.appendChild(document.createElement('button'));
});

afterEach(() => {
  popup.close();
  opener.remove();
});

describe('The history', () => {
  it('lists the queries, newest first, with what became of them', async () => {
    model.add(entry('SELECT\n  old', 1, 'No such table.'));
    model.add(entry('SELECT new', 2));
    open();
    await screen.findByRole('listbox', { name: 'History' });
    expect(options()).toEqual([
      'SELECT newESO, 2026-11-20 21:02 UTC, 4,812 rows',
      'SELECT oldESO, 2026-11-20 21:01 UTC, No such table.'
    ]);
  });

  it('finds by words, and takes the chosen one by keyboard', async () => {
    model.add(entry('SELECT one', 1));
    model.add(entry('SELECT two', 2));
    model.add(entry('SELECT two AND one', 3));
    open();
    await screen.findByRole('listbox');
    fireEvent.change(search(), { target: { value: 'one' } });
    await waitFor(() => expect(options()).toHaveLength(2));
    fireEvent.keyDown(search(), { key: 'ArrowDown' });
    const active = screen.getAllByRole('option')[1];
    expect(active.getAttribute('aria-selected')).toBe('true');
    expect(search().getAttribute('aria-activedescendant')).toBe(active.id);
    fireEvent.keyDown(search(), { key: 'Enter' });
    expect(chosen.map(({ adql }) => adql)).toEqual(['SELECT one']);
    expect(popup.isDisposed).toBe(true);
    expect(document.activeElement).toBe(opener);
  });

  it('forgets one, and all only after a question', async () => {
    model.add(entry('SELECT one', 1));
    model.add(entry('SELECT two', 2));
    open(false);
    await screen.findByRole('listbox');
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(options()).toHaveLength(1));
    expect(options()[0]).toContain('SELECT one');
    fireEvent.click(screen.getByRole('button', { name: 'Clear history' }));
    await Promise.resolve();
    expect(model.entries).toHaveLength(1);
    popup.close();
    open(true);
    fireEvent.click(await screen.findByRole('button', { name: 'Clear history' }));
    await waitFor(() => expect(model.entries).toHaveLength(0));
  });

  it('says that it is empty, or that nothing was found', async () => {
    open();
    await screen.findByText('No queries yet. Those that you run are listed here.');
    model.add(entry('SELECT one', 1));
    await waitFor(() => expect(options()).toHaveLength(1));
    fireEvent.change(search(), { target: { value: 'zzz' } });
    await screen.findByText('No query has all these words.');
  });
});
