import { type ISignal, Signal } from '@lumino/signaling';

import type { Keep } from '../../archives/account.js';
import type { IAccounts, IArchiveRegistry } from '../../tokens.js';
import type {
  ISignInCallbacks,
  ISignInSubject
} from '../../view/accounts/signinstate.js';
import type { AccountWork } from '../../view/accounts/types.js';

interface IAccountActionsParts {
  readonly accounts: IAccounts;
  readonly archives: IArchiveRegistry;
  /** Ask the user; resolves to false when they cancelled. */
  ask(subject: ISignInSubject, callbacks: ISignInCallbacks): Promise<boolean>;
}

/** What the user does with accounts, and with which of them something is being done. */
export class AccountActions {
  constructor(private readonly _parts: IAccountActionsParts) {}

  /** Let the dialog begin with this choice of “Keep me signed in”, where it is offered. */
  prefer(keep: unknown): void {
    this._preferred = keep;
  }

  /** Emitted when something is done with an account, and when that has ended. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What is being done with an account now. */
  workOn(archive: string): AccountWork | undefined {
    return this._work.get(archive);
  }

  /** Stop signing in. */
  cancel(archive: string): void {
    this._aborts.get(archive)?.abort();
  }

  /**
   * Ask for what signing in needs, and sign in.
   *
   * @returns false when the user cancelled
   */
  async signIn(archive: string): Promise<boolean> {
    const { accounts, archives, ask } = this._parts;
    const account = accounts.get(archive);
    const definition = archives.get(archive)?.definition;
    const { list } = accounts;
    if (!account || !definition || !list) {
      return false;
    }
    const subject = {
      name: definition.name,
      account,
      definition: definition.signIn,
      keep: { ...list.keep, usual: this._keepAmong(list.keep) }
    };
    return await ask(subject, {
      signIn: (request, signal) =>
        this._do(archive, 'sign-in', async abort => {
          signal.addEventListener('abort', () => abort.abort());
          await accounts.signIn(archive, request, abort.signal);
        }),
      use: place => this._do(archive, 'check', () => accounts.use(archive, place))
    });
  }

  /** Renew without the user where that goes, otherwise by signing in again. */
  async renew(archive: string): Promise<boolean> {
    const { accounts } = this._parts;
    const alone = accounts.get(archive)?.renew === 'alone';
    return (
      (alone && (await this._do(archive, 'renew', () => accounts.renew(archive)))) ||
      (await this.signIn(archive))
    );
  }

  /** Ask the archive whether it accepts the credential. */
  check(archive: string): Promise<void> {
    return this._do(archive, 'check', () => this._parts.accounts.check(archive));
  }

  signOut(archive: string): Promise<void> {
    return this._do(archive, 'sign-out', () => this._parts.accounts.signOut(archive));
  }

  private _keepAmong({
    choices,
    usual
  }: {
    choices: readonly Keep[];
    usual: Keep;
  }): Keep {
    return choices.find(choice => choice === this._preferred) ?? usual;
  }

  private async _do<Result>(
    archive: string,
    work: AccountWork,
    action: (abort: AbortController) => Promise<Result>
  ): Promise<Result> {
    const abort = new AbortController();
    this._work.set(archive, work);
    this._aborts.set(archive, abort);
    this._changed.emit();
    try {
      return await action(abort);
    } finally {
      this._work.delete(archive);
      this._aborts.delete(archive);
      this._changed.emit();
    }
  }

  /** A setting of the user; not every value is offered everywhere. */
  private _preferred: unknown;
  private readonly _work = new Map<string, AccountWork>();
  private readonly _aborts = new Map<string, AbortController>();
  private readonly _changed = new Signal<this, void>(this);
}
