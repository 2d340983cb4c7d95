import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IAccount } from '../../../../src/archives/account.js';
import { AccountNotices } from '../../../../src/plugins/accounts/accountnotices.js';
import type { IJob } from '../../../../src/model/jobs/types.js';
import type { IAccounts, IQueryJobs } from '../../../../src/tokens.js';
import { account, NOW, signedIn } from '../../view/accounts/fakes.js';
import { document as told, job, NOW as HEARD } from '../../view/jobs/fakes.js';

/** As much of the accounts as notices need. */
class Accounts {
  accounts: readonly IAccount[] = [];
  waiting: readonly string[] = [];
  readonly changed = new Signal<this, void>(this);
  readonly ranOut = new Signal<this, string>(this);
  now = () => NOW;
  get = (archive: string) => this.accounts.find(one => one.archive === archive);

  become(accounts: readonly IAccount[], waiting: readonly string[] = []): void {
    Object.assign(this, { accounts, waiting });
    this.changed.emit();
  }
}

/** As much of the jobs as notices need. */
class Jobs {
  jobs: readonly IJob[] = [];
  readonly changed = new Signal<this, void>(this);
  now = () => HEARD;
}

let accounts: Accounts;
let jobs: Jobs;
let seen: readonly string[];
let renew: ReturnType<typeof vi.fn<(archive: string) => Promise<unknown>>>;

beforeEach(() => {
  accounts = new Accounts();
  jobs = new Jobs();
  seen = [];
  renew = vi.fn(async () => true);
  const notices = new AccountNotices({
    accounts: accounts as unknown as IAccounts,
    jobs: jobs as unknown as IQueryJobs,
    trans: nullTranslator.load('obsdeck'),
    nameOf: archive => archive.toUpperCase(),
    isSeen: archive => seen.includes(archive),
    renew
  });
  notices.warnMinutes = 15;
});

afterEach(() => Notification.dismiss());

const shown = () => Notification.manager.notifications;
const messages = () => shown().map(({ message }) => message);
const labels = () => shown()[0].options.actions?.map(({ label }) => label);
const ending = (minutes: number, changes: Partial<IAccount> = {}) =>
  signedIn({ expires: NOW + minutes * 60, ...changes });

describe('a sign-in that is about to end', () => {
  it('is told with its time', () => {
    accounts.become([ending(6)]);
    expect(messages()).toEqual(['ESO sign-in ends in 6 minutes, at 20:46 UTC.']);
    expect(labels()).toEqual(['Later', 'Renew']);
  });

  it('is not told while there is time enough, nor when nobody is signed in', () => {
    accounts.become([ending(16), account({ archive: 'a', expires: NOW + 60 })]);
    expect(messages()).toEqual([]);
  });

  it('is told once, and once more when the next one ends', () => {
    const first = ending(6);
    accounts.become([first]);
    Notification.dismiss();
    accounts.become([first]);
    expect(messages()).toEqual([]);
    accounts.become([ending(600)]);
    accounts.become([ending(5)]);
    expect(messages()).toHaveLength(1);
  });

  it('is not told any more once renewed', () => {
    accounts.become([ending(6)]);
    accounts.become([ending(600)]);
    expect(messages()).toEqual([]);
  });

  it('is renewed from there', () => {
    accounts.become([ending(6)]);
    shown()[0].options.actions?.[1].callback(new MouseEvent('click'));
    expect(renew).toHaveBeenCalledWith('eso');
  });

  it('offers nothing that cannot be done', () => {
    accounts.become([ending(1, { renew: 'none' })]);
    expect(messages()).toEqual(['ESO sign-in ends in 1 minute, at 20:41 UTC.']);
    expect(labels()).toEqual(['Later']);
  });
});

describe('a sign-in that ends before jobs do', () => {
  /** A job as me that has run 48 s of its limit. */
  const running = (name: string, limit: number | null, as: 'me' | null = 'me'): IJob =>
    job(told({ executionDuration: limit }), {
      record: { name, ...(as && { as }) }
    });
  const words = 'ESO sign-in ends in 6 minutes, at 20:46 UTC.';

  it('is told with the jobs that may run longer, by the clock of their service', () => {
    jobs.jobs = [
      running('M 83', 600),
      running('Short', 60),
      running('Not me', 600, null)
    ];
    accounts.become([ending(6)]);
    expect(messages()).toEqual([`${words} A job may run longer: “M 83”.`]);
  });

  it('names a few of many, and counts the others', () => {
    const long = 'x'.repeat(500);
    const names = ['a', long, 'c', 'd'];
    jobs.jobs = names.map(name => running(name, 0));
    accounts.become([ending(6)]);
    const short = `${'x'.repeat(40)}…`;
    expect(messages()).toEqual([
      `${words} Jobs that may run longer: “a”, “${short}” and 2 more.`
    ]);
  });

  it('keeps what is on screen true, and shows nothing that was dismissed', () => {
    accounts.become([ending(6)]);
    jobs.jobs = [running('M 83', null)];
    jobs.changed.emit();
    expect(messages()).toEqual([`${words} A job may run longer: “M 83”.`]);
    Notification.dismiss();
    jobs.jobs = [];
    jobs.changed.emit();
    expect(messages()).toEqual([]);
  });

  it('names no job of another archive, nor one that has ended', () => {
    const over = job(told({ phase: 'COMPLETED' }), { record: { as: 'me' } });
    const elsewhere = job(told(), { record: { as: 'me', archive: 'rubin' } });
    jobs.jobs = [over, elsewhere];
    accounts.become([ending(6)]);
    expect(messages()).toEqual([words]);
  });
});

describe('a sign-in that something waits for', () => {
  const expired = signedIn({ state: 'expired', expires: NOW - 120 });

  it('is told once, with the time it ended', () => {
    accounts.become([expired], ['eso']);
    accounts.ranOut.emit('eso');
    accounts.ranOut.emit('eso');
    expect(messages()).toEqual([
      'The ESO sign-in ran out at 20:38 UTC. What waits goes on after you sign in.'
    ]);
    expect(labels()).toEqual(['Sign in and go on']);
    shown()[0].options.actions?.[0].callback(new MouseEvent('click'));
    expect(renew).toHaveBeenCalledWith('eso');
  });

  it('is not told to those who see it already', () => {
    seen = ['eso'];
    accounts.become([expired], ['eso']);
    accounts.ranOut.emit('eso');
    expect(messages()).toEqual([]);
  });

  it('is not told any more once nothing waits', () => {
    accounts.become([expired], ['eso']);
    accounts.ranOut.emit('eso');
    accounts.become([ending(400)]);
    expect(messages()).toEqual([]);
  });
});
