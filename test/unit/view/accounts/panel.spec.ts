import { MessageLoop } from '@lumino/messaging';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IAccount } from '../../../../src/archives/account.js';
import { AccountsPanel } from '../../../../src/view/accounts/panel.js';
import type {
  IAccountCallbacks,
  IAccountsContext
} from '../../../../src/view/accounts/types.js';
import { Sidebar } from '../../../../src/view/sidebar.js';
import { account, context, definition, FakeSource, NOW, signedIn } from './fakes.js';

const DEFINITIONS = [
  definition(),
  definition({ id: 'rubin', name: 'Rubin' }),
  ...'abcde'.split('').map(id => definition({ id, name: `Open ${id}` }))
];

let source: FakeSource;
let callbacks: IAccountCallbacks;
let panel: AccountsPanel;
let sidebar: Sidebar;

beforeEach(async () => {
  source = new FakeSource([]);
  callbacks = {
    signIn: vi.fn(),
    signOut: vi.fn(),
    renew: vi.fn(),
    check: vi.fn(),
    cancel: vi.fn(),
    menu: vi.fn(),
    addArchive: vi.fn(),
    refresh: vi.fn()
  };
  panel = new AccountsPanel(source, callbacks, nullTranslator);
  sidebar = new Sidebar({ translator: nullTranslator, addArchive: vi.fn() });
  sidebar.addSection('accounts', panel);
  await act(async () => Widget.attach(sidebar, document.body));
});

afterEach(() => act(() => sidebar.dispose()));

const show = (accounts: IAccount[], changes: Partial<IAccountsContext> = {}) =>
  act(async () => {
    source.accounts = accounts;
    panel.context = context(DEFINITIONS, changes);
    source.changed.emit();
  });
const names = (list = 'Accounts') =>
  within(screen.getByRole('list', { name: list }))
    .getAllByRole('listitem')
    .map(item => item.getAttribute('aria-label'));
const button = (name: string) =>
  screen.getByRole<HTMLButtonElement>('button', { name });
const timer = (name: string) => screen.getByRole('timer', { name }).textContent;
const open = (...ids: string[]) =>
  ids.map(archive => account({ archive, state: 'none-needed', asks: [] }));

describe('Accounts section', () => {
  it('is a region with a heading, a list, and the promise below it', async () => {
    await show([signedIn(), account({ archive: 'rubin', asks: ['token'] })]);
    expect(screen.getByRole('heading', { name: 'Accounts Section' })).toBeTruthy();
    const region = within(screen.getByRole('region', { name: 'Accounts Section' }));
    expect(names()).toEqual(['ESO, ASTRO1, signed in', 'Rubin, not signed in']);
    expect(
      region.getByText(
        'Obsdeck sends each secret only to its own archive. Notebooks never see it.'
      )
    ).toBeTruthy();
  });

  it('says that public data need no account, until one is signed in', async () => {
    const words = 'You are not signed in. Public data need no account.';
    await show([account()]);
    expect(screen.getByText(words)).toBeTruthy();
    await show([signedIn()]);
    expect(screen.queryByText(words)).toBeNull();
  });

  it('begins with the archives at which somebody is known', async () => {
    await show([account(), signedIn({ archive: 'rubin', state: 'expired' })]);
    expect(names()).toEqual(['Rubin, ASTRO1, expired', 'ESO, not signed in']);
    button('Sign in again to Rubin').focus();
    await show([account(), account({ archive: 'rubin' })]);
    expect(names()[1]).toBe('Rubin, not signed in');
    expect(document.activeElement).toBe(button('Sign in to Rubin'));
  });

  it('counts in its title who is signed in', async () => {
    const summary = () =>
      document.querySelector('.jp-Obsdeck-SectionTools-summary')?.textContent;
    await show([account()]);
    expect(summary()).toBe('');
    await show([signedIn(), signedIn({ archive: 'rubin' })]);
    expect(summary()).toBe('2 signed in');
  });

  it('passes on what its buttons are for', async () => {
    await show([signedIn(), account({ archive: 'rubin' })]);
    fireEvent.click(button('Renew ESO'));
    fireEvent.click(button('Sign out of ESO'));
    fireEvent.click(button('Sign in to Rubin'));
    expect(callbacks.renew).toHaveBeenCalledWith('eso');
    expect(callbacks.signOut).toHaveBeenCalledWith('eso');
    expect(callbacks.signIn).toHaveBeenCalledWith('rubin');
  });

  it('has tools in its title that do not fold it', async () => {
    await show([]);
    const heading = screen.getByRole('heading', { name: 'Accounts Section' });
    const tool = (title: string) => heading.querySelector(`[title="${title}"]`);
    await waitFor(() => expect(tool('Check accounts again')).toBeTruthy());
    fireEvent.click(tool('Check accounts again')!);
    fireEvent.click(tool('Add archive')!);
    expect(callbacks.refresh).toHaveBeenCalledOnce();
    expect(callbacks.addArchive).toHaveBeenCalledOnce();
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve));
    expect(heading.querySelector('[aria-pressed="true"]')).toBeNull();
    expect(heading.getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(heading);
    expect(heading.getAttribute('aria-expanded')).toBe('false');
  });

  it('opens the menu of a row by the pointer, and by a button', async () => {
    await show([signedIn()]);
    const row = screen.getByRole('listitem', { name: /^ESO/ });
    fireEvent.contextMenu(row, { clientX: 30, clientY: 40 });
    expect(callbacks.menu).toHaveBeenLastCalledWith(
      'eso',
      { x: 30, y: 40 },
      button('Renew ESO')
    );
    fireEvent.click(button('More about ESO'));
    expect(callbacks.menu).toHaveBeenCalledTimes(2);
  });
});

describe('archives that need no account', () => {
  it('are rows while there are few', async () => {
    await show([account(), ...open('a', 'b', 'c')]);
    expect(names()).toHaveLength(4);
  });

  it('are folded away when there are many, after those with accounts', async () => {
    await show([...open('a', 'b', 'c', 'd'), account()]);
    expect(names()).toEqual(['ESO, not signed in']);
    fireEvent.click(button('No account needed (4)'));
    expect(names('No account needed')).toContain('Open a, no account needed');
  });
});

describe('what all accounts share', () => {
  it('is told as an alert: sign-in is off, stored sign-ins were damaged', async () => {
    source.signIn = {
      enabled: false,
      reason: 'Sign-in is off: this server cannot tell its users apart.'
    };
    source.problems = ['The stored sign-ins could not be read.'];
    await show([account({ asks: [] })]);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('this server cannot tell its users apart.');
    expect(alert.textContent).toContain('The stored sign-ins could not be read.');
    expect(screen.queryByRole('button', { name: 'Sign in to ESO' })).toBeNull();
  });

  it('is why nothing can be done, while rows stay as they are', async () => {
    const blocked = 'No connection to the Jupyter server.';
    await show([signedIn()], { blocked });
    expect(screen.getByRole('status').textContent).toBe(blocked);
    const renew = button('Renew ESO');
    expect(renew.getAttribute('aria-disabled')).toBe('true');
    expect(renew.title).toBe(blocked);
    fireEvent.click(renew);
    expect(callbacks.renew).not.toHaveBeenCalled();
  });
});

describe('time left', () => {
  it('goes on by the server’s clock, without being announced', async () => {
    await show([signedIn({ expires: NOW + 7 * 60 })]);
    expect(timer('ESO, time left')).toBe('7 min');
    expect(screen.getByRole('timer').getAttribute('aria-live')).toBe('off');
    source.time = NOW + 61;
    await act(async () => source.watchers.forEach(tick => tick()));
    expect(timer('ESO, time left')).toBe('5 min');
  });

  it('is not followed while nobody can see it', async () => {
    await show([signedIn()]);
    expect(source.watchers.size).toBe(1);
    await act(async () => sidebar.hide());
    expect(source.watchers.size).toBe(0);
    await act(async () => sidebar.show());
    expect(source.watchers.size).toBe(1);
    fireEvent.click(screen.getByRole('heading', { name: 'Accounts Section' }));
    expect(source.watchers.size).toBe(0);
  });

  it('makes the sidebar’s tab tell that an account needs care', async () => {
    const seen: boolean[] = [];
    panel.careChanged.connect(() => seen.push(panel.needsCare));
    await show([signedIn()]);
    expect(seen.at(-1)).toBe(false);
    await show([signedIn({ expires: NOW + 60 })]);
    expect(seen.at(-1)).toBe(true);
    await show([signedIn({ state: 'expired', expires: NOW - 60 })]);
    expect(seen.at(-1)).toBe(true);
    sidebar.needsCare = true;
    expect(sidebar.title.caption).toBe('Obsdeck, sign-in ends soon');
    sidebar.needsCare = false;
    expect(sidebar.title.caption).toBe('Obsdeck');
    expect(sidebar.title.className).toBe('');
  });
});

describe('the focus', () => {
  const focused = () => document.activeElement?.getAttribute('aria-label');

  it('stays on a button whose meaning changes', async () => {
    await show([account()]);
    button('Sign in to ESO').focus();
    await show([signedIn()]);
    expect(focused()).toBe('Renew ESO');
  });

  it('stays in the row when its button vanishes', async () => {
    await show([signedIn(), account({ archive: 'rubin' })]);
    button('Sign out of ESO').focus();
    await show([account(), account({ archive: 'rubin' })]);
    expect(focused()).toBe('Sign in to ESO');
  });

  it('goes to the neighbour when the row vanishes', async () => {
    await show([account(), account({ archive: 'rubin' })]);
    button('Sign in to Rubin').focus();
    await show([account()]);
    expect(focused()).toBe('Sign in to ESO');
  });

  it('is not taken from elsewhere', async () => {
    await show([signedIn()]);
    button('Sign out of ESO').focus();
    const other = document.body.appendChild(document.createElement('input'));
    other.focus();
    await show([account()]);
    expect(document.activeElement).toBe(other);
    other.remove();
  });

  it('is kept while something is done with the account', async () => {
    await show([signedIn()]);
    button('Renew ESO').focus();
    await show([signedIn()], { workOn: () => 'renew' });
    expect(focused()).toBe('Renew ESO');
    expect(names()).toEqual(['ESO, ASTRO1, renewing …']);
    fireEvent.click(button('Renew ESO'));
    expect(callbacks.renew).not.toHaveBeenCalled();
  });
});
