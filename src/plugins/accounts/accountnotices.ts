import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IAccount } from '../../archives/account.js';
import { mayRunAt } from '../../model/jobs/entry.js';
import type { IAccounts, IQueryJobs } from '../../tokens.js';
import { formatClock } from '../../view/shared/format.js';
import { attempt } from '../attempt.js';

interface INoticeParts {
  readonly accounts: IAccounts;
  /** Missing where there are none. */
  readonly jobs?: IQueryJobs | null;
  readonly trans: TranslationBundle;
  nameOf(archive: string): string;
  /** True where the user sees already that something waits for a sign-in. */
  isSeen(archive: string): boolean;
  renew(archive: string): Promise<unknown>;
}

/** Jobs that a notice names; of more, their number is told. */
const NAMED_JOBS = 2;

/** Letters of a job's name in a notice. */
const LONGEST_NAME = 40;

/** Seconds by which a timer may be late without changing what is told. */
const LATE = 5;

/**
 * Tells of sign-ins that end soon, once each, and of those that something out of sight
 * waits for.
 */
export class AccountNotices {
  constructor(private readonly _parts: INoticeParts) {
    const { accounts, jobs } = _parts;
    jobs?.changed.connect(() => this.update());
    accounts.changed.connect(() => this.update());
    accounts.ranOut.connect((_, archive) => this._tellRanOut(archive));
  }

  /** Minutes before its end at which a sign-in is told. */
  warnMinutes = 0;

  /** Tell what is new, and take back what no longer holds. */
  update(): void {
    const { accounts } = this._parts;
    const now = accounts.now();
    for (const account of accounts.accounts) {
      const left = (account.expires ?? Infinity) - now;
      const isInUse = account.state === 'signed-in' || account.state === 'found';
      if (isInUse && left <= this.warnMinutes * 60) {
        this._tellEnding(account, left);
      } else {
        this._endings.takeBack(account.archive);
      }
      if (!accounts.waiting.includes(account.archive)) {
        this._waits.takeBack(account.archive);
      }
    }
  }

  /** Once per sign-in: a renewed one has another end. */
  private _tellEnding({ archive, expires, renew }: IAccount, left: number): void {
    const { trans, nameOf } = this._parts;
    const minutes = Math.max(1, Math.floor((left + LATE) / 60));
    const message = trans._n(
      '%2 sign-in ends in %1 minute, at %3.',
      '%2 sign-in ends in %1 minutes, at %3.',
      minutes,
      nameOf(archive),
      formatClock((expires ?? 0) * 1000)
    );
    const words = [message, this._outlasting(archive, left)].join(' ').trim();
    this._endings.tell(archive, String(expires), words, [
      { label: trans.__('Later'), callback: () => undefined },
      ...(renew === 'none' ? [] : [this._renewal(archive, trans.__('Renew'))])
    ]);
  }

  /** Which jobs may run longer than the sign-in lasts; empty for none. */
  private _outlasting(archive: string, left: number): string {
    const { jobs, trans } = this._parts;
    const now = jobs?.now() ?? 0;
    const names = (jobs?.jobs ?? [])
      .filter(entry => entry.record.archive === archive)
      .filter(entry => mayRunAt(entry, now, now + left * 1000))
      .map(({ record }) => trans.__('“%1”', shortened(record.name)));
    const named = names.slice(0, NAMED_JOBS).join(', ');
    const more = names.length - NAMED_JOBS;
    if (more > 0) {
      return trans._n(
        'Jobs that may run longer: %2 and %1 more.',
        'Jobs that may run longer: %2 and %1 more.',
        more,
        named
      );
    }
    return (
      named &&
      trans._n(
        'A job may run longer: %2.',
        'Jobs that may run longer: %2.',
        names.length,
        named
      )
    );
  }

  private _tellRanOut(archive: string): void {
    const { accounts, trans, nameOf, isSeen } = this._parts;
    if (isSeen(archive)) {
      return;
    }
    const end = accounts.get(archive)?.expires ?? accounts.now();
    const message = trans.__(
      'The %1 sign-in ran out at %2. What waits goes on after you sign in.',
      nameOf(archive),
      formatClock(Math.min(end, accounts.now()) * 1000)
    );
    this._waits.tell(archive, String(end), message, [
      this._renewal(archive, trans.__('Sign in and go on'))
    ]);
  }

  private _renewal(archive: string, label: string): Notification.IAction {
    return {
      label,
      callback: () => attempt(this._parts.renew(archive))
    };
  }

  private readonly _endings = new Notices();
  private readonly _waits = new Notices();
}

interface IShown {
  readonly id: string;
  readonly occasion: string;
  message: string;
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME
    ? `${letters.slice(0, LONGEST_NAME).join('')}…`
    : name;
}

/**
 * Notifications of one sort, at most one per archive. Each occasion is told once; what is
 * still on screen is kept true.
 */
class Notices {
  tell(
    archive: string,
    occasion: string,
    message: string,
    actions: Notification.IAction[]
  ): void {
    const shown = this._shown.get(archive);
    if (shown?.occasion !== occasion) {
      this.takeBack(archive);
      const id = Notification.warning(message, { autoClose: false, actions });
      this._shown.set(archive, { id, occasion, message });
    } else if (shown.message !== message) {
      shown.message = message;
      Notification.update({ id: shown.id, message });
    }
  }

  takeBack(archive: string): void {
    const shown = this._shown.get(archive);
    if (shown) {
      Notification.dismiss(shown.id);
      this._shown.delete(archive);
    }
  }

  private readonly _shown = new Map<string, IShown>();
}
