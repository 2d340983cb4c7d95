import { describe, expect, it, vi } from 'vitest';

import type { IAccount } from '../../../../src/archives/account.js';
import type { IArchive } from '../../../../src/archives/archive.js';
import { QueryModel } from '../../../../src/model/query.js';
import type { VOTableEvent } from '../../../../src/protocol/votable/types.js';
import { QueryRunner } from '../../../../src/view/results/runner.js';
import { account, signedIn } from '../../../support/accounts.js';
import { Rights } from '../../../support/rights.js';
import { answer, archiveOf, obscore, QUERY, TABLE } from './support.js';

/** A query at an archive with accounts, and who the archive was asked by. */
function setUp(accounts: readonly IAccount[], signsIn = true) {
  const askers: (string | undefined)[] = [];
  const base = archiveOf(async function* (): AsyncIterable<VOTableEvent> {
    yield* answer(obscore());
  });
  const definition = { ...base.definition, signIn: { kind: 'basic' as const } };
  const archive: IArchive = {
    definition,
    discover: {
      ...base.discover!,
      run: (table, query, signal, how) => {
        askers.push(how?.as);
        return base.discover!.run(table, query, signal);
      }
    }
  };
  const rights = new Rights(accounts);
  const signIn = vi.fn(async () => {
    if (signsIn) {
      rights.change([signedIn('test')]);
    }
    return signsIn;
  });
  const editArchive = vi.fn();
  const model = new QueryModel();
  const means = { rights, definition: () => definition, signIn, editArchive };
  const runner = new QueryRunner(model, means);
  const open = (as: 'me' | 'anyone'): void =>
    model.open({ archive, table: TABLE, query: QUERY, subject: 'x', as });
  return { askers, rights, signIn, editArchive, model, runner, open };
}

describe('QueryRunner', () => {
  it('asks nobody to sign in for what anyone may ask', async () => {
    const { runner, open, askers, signIn } = setUp([]);
    open('anyone');
    await runner.run();
    expect(askers).toEqual([undefined]);
    expect(signIn).not.toHaveBeenCalled();
    expect(runner.who).toBeNull();
  });

  it('signs in first, then asks', async () => {
    const { runner, open, askers, signIn } = setUp([account('test')]);
    open('me');
    await runner.run();
    expect(signIn).toHaveBeenCalledWith('test');
    expect(askers).toEqual(['me']);
  });

  it('asks nothing at all when the user gives up signing in', async () => {
    const { runner, open, askers } = setUp([account('test')], false);
    open('me');
    await runner.run();
    expect(askers).toEqual([]);
  });

  it('signs in once only', async () => {
    const { runner, open, askers, signIn } = setUp([signedIn('test')]);
    open('me');
    await runner.run();
    expect(signIn).not.toHaveBeenCalled();
    expect(askers).toEqual(['me']);
  });

  it('asks as the user from then on where anyone was not enough', async () => {
    const { runner, open, askers, model } = setUp([account('test')]);
    open('anyone');
    await runner.run();
    await runner.runAsMe();
    expect(askers).toEqual([undefined, 'me']);
    expect(model.request?.as).toBe('me');
  });

  it('remembers as whom the rows came, whoever signs in later', async () => {
    const { runner, open, rights } = setUp([signedIn('test')]);
    open('me');
    await runner.run();
    rights.change([{ ...signedIn('test'), who: 'OTHER' }]);
    expect(runner.who).toBe('ASTRO1');
  });

  it('leaves what waits for the sign-in to itself', async () => {
    const { runner, open, askers, model } = setUp([account('test')]);
    open('me');
    vi.spyOn(model.result, 'state', 'get').mockReturnValue('loading');
    await runner.signInAndGo();
    expect(askers).toEqual([]);
  });

  it('runs nothing in a tab that was closed during the sign-in', async () => {
    const { runner, open, askers, model, signIn } = setUp([account('test')]);
    open('me');
    signIn.mockImplementation(() => {
      model.dispose();
      return Promise.resolve(true);
    });
    await runner.run();
    await runner.signInAndGo();
    expect(askers).toEqual([]);
  });

  it('tells when a sign-in ran out', async () => {
    const over = { ...signedIn('test', 1000), state: 'expired' } as const;
    const { runner, open } = setUp([over]);
    expect(runner.account).toBeNull();
    open('anyone');
    await runner.run();
    expect(runner.account).toMatchObject({
      host: 'tap.example.org',
      canSignIn: true,
      isSignedIn: false,
      wasSignedIn: true,
      ranOut: 1_000_000
    });
  });

  it('lets the user change how one signs in', () => {
    const { runner, open, editArchive } = setUp([]);
    open('anyone');
    runner.editArchive();
    expect(editArchive).toHaveBeenCalledWith('test');
  });
});
