import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { IAccount } from '../../../../src/archives/account.js';
import { addAccountCommands } from '../../../../src/plugins/accounts/accountcommands.js';
import type { AccountActions } from '../../../../src/plugins/accounts/accountactions.js';
import { CommandIDs } from '../../../../src/plugins/commands.js';
import type { IAccounts, IArchiveRegistry } from '../../../../src/tokens.js';
import { account, definition, signedIn } from '../../view/accounts/fakes.js';

const OWN = definition({ id: 'mine', name: 'Mine', origin: 'user', editable: true });
const DEFINITIONS = [definition(), definition({ id: 'rubin', name: 'Rubin' }), OWN];

let commands: CommandRegistry;
let known: IAccount[];
let actions: Pick<AccountActions, 'signIn' | 'signOut' | 'renew'>;
let remove: ReturnType<typeof vi.fn<(id: string) => Promise<void>>>;

beforeEach(() => {
  commands = new CommandRegistry();
  known = [account(), signedIn({ archive: 'rubin' })];
  actions = {
    signIn: vi.fn(async () => true),
    signOut: vi.fn(async () => undefined),
    renew: vi.fn(async () => true)
  };
  remove = vi.fn(async () => undefined);
  const find = (id: string) => DEFINITIONS.find(one => one.id === id);
  const get = (id: string) => find(id) && { definition: find(id) };
  addAccountCommands({
    commands,
    accounts: {
      get accounts() {
        return known;
      },
      get: (id: string) => known.find(({ archive }) => archive === id)
    } as unknown as IAccounts,
    archives: { get, remove } as unknown as IArchiveRegistry,
    actions: actions as AccountActions,
    translator: nullTranslator,
    palette: null
  });
});

/** The dialog in front, shown without style sheets. */
async function dialog(): Promise<HTMLDialogElement> {
  const shown = await waitFor(() => {
    const node = document.querySelector('dialog');
    expect(node?.querySelector('button')).toBeTruthy();
    return node!;
  });
  shown.setAttribute('open', '');
  return shown;
}

const press = (name: string) =>
  act(async () => fireEvent.click(screen.getByRole('button', { name })));

describe('The commands of accounts', () => {
  it.each([
    [CommandIDs.signIn, 'signIn'],
    [CommandIDs.signOut, 'signOut'],
    [CommandIDs.renew, 'renew']
  ] as const)('%s does it with the archive of its argument', async (id, method) => {
    await commands.execute(id, { archive: 'rubin' });
    expect(actions[method]).toHaveBeenCalledWith('rubin');
  });

  it('tell whether one is signed in then', async () => {
    expect(await commands.execute(CommandIDs.signIn, { archive: 'eso' })).toBe(true);
  });

  it('ask for an archive with which it can be done', async () => {
    const done = commands.execute(CommandIDs.signOut);
    const shown = await dialog();
    const names = [...shown.querySelectorAll('option')].map(one => one.textContent);
    expect(names).toEqual(['Rubin']);
    await act(async () => fireEvent.keyDown(shown, { key: 'Escape' }));
    expect(await done).toBe(false);
    expect(actions.signOut).not.toHaveBeenCalled();
  });

  it('say on the button what they do', async () => {
    const done = commands.execute(CommandIDs.signOut);
    expect((await dialog()).textContent).toContain('Archive');
    await press('Sign out');
    await done;
    expect(actions.signOut).toHaveBeenCalledWith('rubin');
  });

  it('cannot be used where there is no such archive', () => {
    known = [account()];
    expect(commands.isEnabled(CommandIDs.signOut)).toBe(false);
    expect(commands.isEnabled(CommandIDs.renew)).toBe(false);
    expect(commands.isEnabled(CommandIDs.signIn)).toBe(true);
  });
});

describe('The menu of a row', () => {
  it('forgets what is there to be forgotten', async () => {
    const isThere = (archive: string) =>
      commands.isVisible(CommandIDs.forgetAccount, { archive });
    expect([isThere('eso'), isThere('rubin')]).toEqual([false, true]);
    await commands.execute(CommandIDs.forgetAccount, { archive: 'rubin' });
    expect(actions.signOut).toHaveBeenCalledWith('rubin');
  });

  it('removes archives of the user’s own only', async () => {
    const isThere = (archive: string) =>
      commands.isVisible(CommandIDs.removeArchive, { archive });
    expect([isThere('eso'), isThere('mine')]).toEqual([false, true]);
    await commands.execute(CommandIDs.removeArchive, { archive: 'eso' });
    expect(document.querySelector('dialog')).toBeNull();
    expect(remove).not.toHaveBeenCalled();
  });

  it('asks before it removes one', async () => {
    const cancelled = commands.execute(CommandIDs.removeArchive, { archive: 'mine' });
    await dialog();
    await press('Cancel');
    await cancelled;
    expect(remove).not.toHaveBeenCalled();
    const removed = commands.execute(CommandIDs.removeArchive, { archive: 'mine' });
    await dialog();
    await press('Remove');
    await removed;
    expect(remove).toHaveBeenCalledWith('mine');
  });
});
