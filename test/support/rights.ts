import { Signal } from '@lumino/signaling';

import type { IAccount, IAccountList } from '../../src/archives/account.js';
import type { IRights } from '../../src/view/shared/rights.js';
import { accountList } from './accounts.js';

/** Accounts that a test changes. */
export class Rights implements IRights {
  /** @param _now - the server's clock, Unix time in seconds */
  constructor(
    private _accounts: readonly IAccount[],
    private readonly _now = 0
  ) {}

  readonly changed = new Signal<this, void>(this);
  readonly waiting: readonly string[] = [];
  /** What the server says of signing in, where it is not the usual. */
  signIn: IAccountList['signIn'] = { enabled: true, reason: '' };

  get list(): IAccountList {
    return { ...accountList(this._accounts, this._now), signIn: this.signIn };
  }

  get(archive: string): IAccount | undefined {
    return this._accounts.find(account => account.archive === archive);
  }

  now(): number {
    return this._now;
  }

  change(accounts: readonly IAccount[]): void {
    this._accounts = accounts;
    this.changed.emit();
  }
}
