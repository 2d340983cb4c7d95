import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { IAccount, Keep } from '../../../../src/archives/account.js';
import { AccountActions } from '../../../../src/plugins/accounts/accountactions.js';
import type { IAccounts, IArchiveRegistry } from '../../../../src/tokens.js';
import type {
  ISignInCallbacks,
  ISignInSubject
} from '../../../../src/view/accounts/signinstate.js';
import { account, definition, signedIn } from '../../view/accounts/fakes.js';

const CHOICES: readonly Keep[] = ['page', 'session', 'file'];

let known: IAccount;
let accounts: Pick<IAccounts, 'signIn' | 'use' | 'check' | 'renew' | 'signOut'>;
let actions: AccountActions;
let ask: ReturnType<
  typeof vi.fn<(to: ISignInSubject, by: ISignInCallbacks) => Promise<boolean>>
>;

beforeEach(() => {
  known = account();
  ask = vi.fn(async () => true);
  accounts = {
    signIn: vi.fn(async () => undefined),
    use: vi.fn(async () => undefined),
    check: vi.fn(async () => undefined),
    renew: vi.fn(async () => true),
    signOut: vi.fn(async () => undefined)
  };
  const list = { keep: { choices: CHOICES, usual: 'session' } };
  const get = (archive: string) => (archive === 'eso' ? known : undefined);
  const registry = { get: () => ({ definition: definition() }) };
  actions = new AccountActions({
    accounts: { ...accounts, list, get } as unknown as IAccounts,
    archives: registry as unknown as IArchiveRegistry,
    ask
  });
});

const asked = () => ask.mock.calls[0];

describe('Signing in', () => {
  it('asks for what the archive wants, under its name', async () => {
    expect(await actions.signIn('eso')).toBe(true);
    expect(asked()[0]).toMatchObject({ name: 'ESO', account: known });
  });

  it.each([
    ['usual', 'session'],
    [undefined, 'session'],
    ['keyring', 'session'],
    ['file', 'file'],
    ['page', 'page']
  ])('proposes for the setting %s to keep it: %s', async (setting, usual) => {
    actions.prefer(setting);
    await actions.signIn('eso');
    expect(asked()[0].keep).toEqual({ choices: CHOICES, usual });
  });

  it('tells while the archive is asked, and can be stopped', async () => {
    await actions.signIn('eso');
    const callbacks: ISignInCallbacks = asked()[1];
    vi.mocked(accounts.signIn).mockImplementation(
      async (_archive, _request, signal) => {
        expect(actions.workOn('eso')).toBe('sign-in');
        actions.cancel('eso');
        expect(signal?.aborted).toBe(true);
      }
    );
    const request = { fields: {}, keep: 'session' } as const;
    await callbacks.signIn(request, new AbortController().signal);
    expect(accounts.signIn).toHaveBeenCalledOnce();
    expect(actions.workOn('eso')).toBeUndefined();
  });

  it('asks nothing of an archive that is not known', async () => {
    expect(await actions.signIn('other')).toBe(false);
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('Renewing', () => {
  it('asks nobody where the server half can do it', async () => {
    known = signedIn({ renew: 'alone' });
    expect(await actions.renew('eso')).toBe(true);
    expect(accounts.renew).toHaveBeenCalledWith('eso');
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks the user where it could not', async () => {
    known = signedIn({ renew: 'alone' });
    vi.mocked(accounts.renew).mockResolvedValue(false);
    expect(await actions.renew('eso')).toBe(true);
    expect(ask).toHaveBeenCalledOnce();
  });

  it('asks the user at once where only they can', async () => {
    known = signedIn({ renew: 'asks' });
    ask.mockResolvedValue(false);
    expect(await actions.renew('eso')).toBe(false);
    expect(accounts.renew).not.toHaveBeenCalled();
  });

  it('tells that it has ended, also when it failed', async () => {
    known = signedIn({ renew: 'alone' });
    const seen: unknown[] = [];
    actions.changed.connect(() => seen.push(actions.workOn('eso')));
    vi.mocked(accounts.renew).mockRejectedValue(new Error('No answer.'));
    await expect(actions.renew('eso')).rejects.toThrow('No answer.');
    expect(seen).toEqual(['renew', undefined]);
  });
});
