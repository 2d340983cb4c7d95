import { PromiseDelegate } from '@lumino/coreutils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IAccount, IAccountList } from '../../../src/archives/account.js';
import type { IAccountStore } from '../../../src/model/accountlist.js';
import { AccountsModel } from '../../../src/model/accounts.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import { account, accountList, signedIn } from '../../support/accounts.js';

/** The server's clock at the beginning of a test, Unix time in seconds. */
const START = 2_000_000_000;

/** A server half that holds accounts; its clock runs with the test's timers. */
class FakeServer implements IAccountStore {
  constructor(public held: readonly IAccount[]) {}

  readonly pages: string[] = [];
  readonly left: string[] = [];
  /** Where set, answers fail with it. */
  failure: Error | null = null;
  /** Where set, the next list waits for it after it was made up. */
  delay: PromiseDelegate<void> | null = null;

  async accounts(page: string): Promise<IAccountList> {
    this.pages.push(page);
    const list = accountList(this.held, START + performance.now() / 1000);
    const { delay } = this;
    this.delay = null;
    await delay?.promise;
    if (this.failure) {
      throw this.failure;
    }
    return list;
  }

  async signIn(archive: string): Promise<{ account: IAccount }> {
    return Promise.resolve(this._put(signedIn(archive, this.now() + 3600)));
  }

  async useFound(archive: string): Promise<{ account: IAccount }> {
    return this.signIn(archive);
  }

  async checkAccount(archive: string): Promise<{ account: IAccount }> {
    return Promise.resolve(this._put(signedIn(archive)));
  }

  async renewAccount(
    archive: string
  ): Promise<{ account: IAccount; renewed: boolean }> {
    return { ...(await this.signIn(archive)), renewed: true };
  }

  async signOut(archive: string): Promise<void> {
    this._put(account(archive));
    return Promise.resolve();
  }

  async leave(page: string): Promise<void> {
    this.left.push(page);
    return Promise.resolve();
  }

  now(): number {
    return START + performance.now() / 1000;
  }

  private _put(put: IAccount): { account: IAccount } {
    this.held = this.held.map(one => (one.archive === put.archive ? put : one));
    return { account: put };
  }
}

const REQUEST = {
  fields: { username: 'astronomer', password: 'invented' },
  keep: 'session'
} as const;

let models: AccountsModel[] = [];

/** A model that has read its list, and the server it asks. */
async function started(held: readonly IAccount[], isHidden = () => false) {
  const server = new FakeServer(held);
  const model = modelOf(server, isHidden);
  const ready = model.start();
  await vi.advanceTimersByTimeAsync(0);
  await ready;
  return { server, model };
}

function modelOf(store: IAccountStore, isHidden = () => false): AccountsModel {
  const model = new AccountsModel({
    store,
    page: 'page-1',
    nameOf: archive => archive.toUpperCase(),
    isHidden
  });
  models.push(model);
  return model;
}

function stateOf(model: AccountsModel, archive = 'eso'): string | undefined {
  return model.get(archive)?.state;
}

const EXPIRED = new ProtocolError('expired', 'The sign-in has expired.');

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date']
  });
});

afterEach(() => {
  models.forEach(model => model.dispose());
  models = [];
  vi.useRealTimers();
});

describe('AccountsModel, reading', () => {
  it('knows nothing before it has asked', () => {
    const model = modelOf(new FakeServer([account('eso')]));
    expect(model.list).toBeNull();
    expect(model.accounts).toEqual([]);
    expect(model.error).toBeNull();
  });

  it('reads the list every 30 s, which tells the server that the page is open', async () => {
    const { server } = await started([account('eso')]);
    await vi.advanceTimersByTimeAsync(90_500);
    expect(server.pages).toEqual(['page-1', 'page-1', 'page-1', 'page-1']);
  });

  it('asks seldom while nobody looks, but before the page is forgotten', async () => {
    const { server } = await started([account('eso')], () => true);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(server.pages.length).toBeGreaterThanOrEqual(5);
    expect(server.pages.length).toBeLessThanOrEqual(7);
  });

  it('keeps what it knows while the server is gone, says so, and recovers', async () => {
    const { server, model } = await started([signedIn('eso')]);
    server.failure = new ProtocolError('unavailable', 'No connection.');
    await vi.advanceTimersByTimeAsync(31_000);
    expect(model.error).toMatchObject({ kind: 'unavailable' });
    expect(stateOf(model)).toBe('signed-in');
    server.failure = null;
    await vi.advanceTimersByTimeAsync(61_000);
    expect(model.error).toBeNull();
  });

  it('never throws when asked to refresh', async () => {
    const { server, model } = await started([]);
    server.failure = new TypeError('broken');
    await expect(model.refresh()).resolves.toBeUndefined();
    expect(model.error?.message).toBe('broken');
  });

  it('does not take an older list for a newer one', async () => {
    const { server, model } = await started([account('eso')]);
    const delay = (server.delay = new PromiseDelegate<void>());
    const slow = model.refresh();
    server.held = [signedIn('eso')];
    await model.refresh();
    delay.resolve();
    await slow;
    expect(stateOf(model)).toBe('signed-in');
  });

  it('tells the server that the page leaves, and does not mind when it cannot', async () => {
    const { server, model } = await started([]);
    await model.leaving();
    expect(server.left).toEqual(['page-1']);
    server.leave = () => Promise.reject(new Error('gone'));
    await expect(model.leaving()).resolves.toBeUndefined();
  });
});

describe('AccountsModel, signing in and out', () => {
  it('shows an account as soon as it is there', async () => {
    const { model } = await started([account('eso'), account('rubin')]);
    await model.signIn('eso', REQUEST);
    expect(stateOf(model)).toBe('signed-in');
    expect(stateOf(model, 'rubin')).toBe('signed-out');
    await model.signOut('eso');
    expect(model.get('eso')).toMatchObject({ state: 'signed-out', who: null });
  });

  it('throws what the server says, and changes nothing', async () => {
    const { server, model } = await started([account('eso')]);
    const refused = new ProtocolError('not-signed-in', 'ESO did not accept this.');
    server.signIn = () => Promise.reject(refused);
    await expect(model.signIn('eso', REQUEST)).rejects.toBe(refused);
    expect(stateOf(model)).toBe('signed-out');
    expect(model.error).toBeNull();
  });

  it('shows what the server thinks of an account that was refused', async () => {
    const { server, model } = await started([signedIn('eso')]);
    server.checkAccount = () => {
      server.held = [{ ...signedIn('eso'), state: 'expired', problem: 'Revoked.' }];
      return Promise.reject(EXPIRED);
    };
    await expect(model.check('eso')).rejects.toBe(EXPIRED);
    await vi.advanceTimersByTimeAsync(0);
    expect(model.get('eso')).toMatchObject({ state: 'expired', problem: 'Revoked.' });
  });

  it('keeps nothing of what was typed', async () => {
    const { model } = await started([account('eso')]);
    await model.signIn('eso', REQUEST);
    const seen = new Set<unknown>();
    const visit = (value: unknown): void => {
      if (typeof value === 'object' && value !== null && !seen.has(value)) {
        seen.add(value);
        Object.values(value).forEach(visit);
      }
      expect(value).not.toBe(REQUEST.fields.password);
    };
    visit(model.list);
    visit(model.accounts);
  });

  it('does not undo a sign-in by a list that was made up before', async () => {
    const { server, model } = await started([account('eso')]);
    const delay = (server.delay = new PromiseDelegate<void>());
    const reading = model.refresh();
    await model.signIn('eso', REQUEST);
    delay.resolve();
    await reading;
    expect(stateOf(model)).toBe('signed-in');
  });

  it('shows a sign-out at once even where the list cannot be read', async () => {
    const { server, model } = await started([signedIn('eso')]);
    server.failure = new ProtocolError('unavailable', 'No connection.');
    await model.signOut('eso');
    expect(stateOf(model)).toBe('signed-out');
  });

  it('goes by the server where an account was signed in and out at a time', async () => {
    const { server, model } = await started([account('eso')]);
    const slow = new PromiseDelegate<void>();
    server.signIn = async () => {
      await slow.promise;
      return { account: signedIn('eso') };
    };
    const signingIn = model.signIn('eso', REQUEST);
    const signingOut = model.signOut('eso');
    await signingOut;
    const seen = new Set<string | undefined>();
    model.changed.connect(() => seen.add(stateOf(model)));
    slow.resolve();
    await signingIn;
    expect([...seen]).toEqual(['signed-out']);
  });

  it('signs in to two archives at a time', async () => {
    const { model } = await started([account('eso'), account('rubin')]);
    await Promise.all([model.signIn('eso', REQUEST), model.signIn('rubin', REQUEST)]);
    expect(model.accounts.map(({ state }) => state)).toEqual([
      'signed-in',
      'signed-in'
    ]);
  });

  it('says whether a renewal needs the user', async () => {
    const { server, model } = await started([signedIn('eso', START + 10)]);
    expect(await model.renew('eso')).toBe(true);
    expect(model.get('eso')?.expires).toBeGreaterThan(START + 3000);
    server.renewAccount = async () =>
      Promise.resolve({ account: signedIn('eso'), renewed: false });
    expect(await model.renew('eso')).toBe(false);
  });
});

describe('AccountsModel, time', () => {
  it('goes by the server’s clock', async () => {
    const { model } = await started([]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(model.now()).toBeCloseTo(START + performance.now() / 1000, 3);
  });

  it('tells when an account passes its warning and its end, without a request', async () => {
    const { server, model } = await started([signedIn('eso', START + 1000)]);
    model.warnMinutes = 15;
    const seen: (string | undefined)[] = [];
    server.failure = new ProtocolError('unavailable', 'No connection.');
    await vi.advanceTimersByTimeAsync(99_000);
    expect(model.endsNext(15)).toBeNull();
    model.changed.connect(() =>
      seen.push(`${stateOf(model)} ${model.endsNext(15)?.archive ?? '-'}`)
    );
    await vi.advanceTimersByTimeAsync(2000);
    expect(seen.at(-1)).toBe('signed-in eso');
    await vi.advanceTimersByTimeAsync(900_000);
    expect(seen.at(-1)).toBe('expired -');
  });

  it('ticks by the minute, then by the second, and only while somebody watches', async () => {
    const { model } = await started([signedIn('eso', START + 181)]);
    const idle = vi.getTimerCount();
    let ticks = 0;
    const watching = model.watch(() => ticks++);
    expect(vi.getTimerCount()).toBe(idle + 1);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(ticks).toBe(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ticks).toBe(12);
    watching.dispose();
    expect(vi.getTimerCount()).toBe(idle);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ticks).toBe(12);
  });

  it('asks and ticks no more once it is disposed', async () => {
    const { server, model } = await started([signedIn('eso', START + 3000)]);
    let ticks = 0;
    model.watch(() => ticks++);
    model.dispose();
    await vi.advanceTimersByTimeAsync(100_000);
    expect([ticks, server.pages.length, vi.getTimerCount()]).toEqual([0, 1, 0]);
  });
});

describe('AccountsModel, what waits', () => {
  /** Work that fails until the account of `eso` is in use. */
  function needing(server: FakeServer) {
    return async (): Promise<string> => {
      await Promise.resolve();
      if (server.held[0].state !== 'signed-in') {
        throw EXPIRED;
      }
      return 'done';
    };
  }

  it('tells once, and lets all go on after the sign-in', async () => {
    const { server, model } = await started([account('eso')]);
    const told: string[] = [];
    model.ranOut.connect((_, archive) => told.push(archive));
    const waiting = [1, 2, 3].map(() => model.asMe('eso', needing(server)));
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual(['eso']);
    expect(model.waiting).toEqual(['eso']);
    await model.signIn('eso', REQUEST);
    expect(await Promise.all(waiting)).toEqual(['done', 'done', 'done']);
    expect(model.waiting).toEqual([]);
  });

  it('goes on when another page signed in', async () => {
    const { server, model } = await started([account('eso')]);
    const waiting = model.asMe('eso', needing(server));
    await vi.advanceTimersByTimeAsync(0);
    server.held = [signedIn('eso', START + 5000)];
    await vi.advanceTimersByTimeAsync(31_000);
    expect(await waiting).toBe('done');
  });

  it('does not take an old sign-in for a new one', async () => {
    const { server, model } = await started([signedIn('eso', START + 5000)]);
    let tries = 0;
    const waiting = model.asMe('eso', async () => {
      await Promise.resolve();
      tries++;
      throw EXPIRED;
    });
    waiting.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(95_000);
    expect(server.pages.length).toBeGreaterThan(3);
    expect(tries).toBe(1);
    model.giveUp('eso');
    await expect(waiting).rejects.toBe(EXPIRED);
  });

  it('ends readably on sign-out', async () => {
    const { model } = await started([signedIn('eso', START + 5000)]);
    const waiting = model.asMe('eso', () => Promise.reject(EXPIRED));
    const ended = expect(waiting).rejects.toMatchObject({
      kind: 'not-signed-in',
      message: 'You signed out of ESO. What waited for it was stopped.',
      details: { archive: 'ESO' }
    });
    await vi.advanceTimersByTimeAsync(0);
    await model.signOut('eso');
    await ended;
  });

  it('ends with the page', async () => {
    const { model } = await started([account('eso')]);
    const waiting = model.asMe('eso', () => Promise.reject(EXPIRED));
    const ended = expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
    await vi.advanceTimersByTimeAsync(0);
    model.dispose();
    await ended;
  });
});
