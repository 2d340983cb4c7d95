import { Notification } from '@jupyterlab/apputils';
import { CommandRegistry } from '@lumino/commands';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { CommandIDs } from '../../../../src/plugins/commands.js';
import { rightsOf } from '../../../../src/plugins/accounts/rights.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import type { IAccounts, IArchiveRegistry } from '../../../../src/tokens.js';
import { archiveOf } from '../../model/rows.js';

const archive = archiveOf(async function* () {});
const registry = {
  get: (id: string) => (id === 'test' ? archive : undefined)
} as unknown as IArchiveRegistry;

/** The means of the user, where signing in does as told. */
function means(signIn: () => unknown) {
  const commands = new CommandRegistry();
  const executed = vi.fn();
  for (const id of [CommandIDs.signIn, CommandIDs.editArchive]) {
    commands.addCommand(id, {
      execute: args => {
        executed(id, args);
        return signIn();
      },
      describedBy: { args: {} }
    });
  }
  const asMe = vi.fn((_archive: string, work: () => Promise<unknown>) => work());
  const accounts = { asMe } as unknown as IAccounts;
  return { rights: rightsOf(accounts, registry, commands), executed, asMe };
}

afterEach(() => vi.restoreAllMocks());

describe('rightsOf', () => {
  it.each([
    [true, true],
    [false, false],
    [undefined, false]
  ])('takes %s of the sign-in for %s', async (answer, signedIn) => {
    const { rights, executed } = means(() => answer);
    expect(await rights.signIn('test')).toBe(signedIn);
    expect(executed).toHaveBeenCalledWith(CommandIDs.signIn, { archive: 'test' });
  });

  it('tells why a sign-in could not be asked for', async () => {
    const told = vi.spyOn(Notification, 'error').mockReturnValue('');
    const { rights } = means(() => {
      throw new ProtocolError('unavailable', 'No connection to the Jupyter server.');
    });
    expect(await rights.signIn('test')).toBe(false);
    expect(told.mock.calls[0][0]).toBe('No connection to the Jupyter server.');
  });

  it('lets work wait where the accounts say so, and knows archives as they are now', async () => {
    const { rights, asMe, executed } = means(() => undefined);
    expect(await rights.asMe('test', () => Promise.resolve(7))).toBe(7);
    expect(asMe).toHaveBeenCalledOnce();
    expect(rights.definition('test')).toBe(archive.definition);
    expect(rights.definition('gone')).toBeUndefined();
    rights.editArchive('test');
    expect(executed).toHaveBeenCalledWith(CommandIDs.editArchive, { archive: 'test' });
  });
});
