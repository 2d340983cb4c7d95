import type {
  IAccount,
  IAccountList,
  ICredentialPlace,
  ISignInRequest
} from '../archives/account.js';

/** Where the accounts are kept: the server half. */
export interface IAccountStore {
  accounts(page: string): Promise<IAccountList>;
  signIn(
    archive: string,
    request: ISignInRequest,
    page: string,
    signal?: AbortSignal
  ): Promise<{ readonly account: IAccount }>;
  useFound(
    archive: string,
    place: ICredentialPlace
  ): Promise<{ readonly account: IAccount }>;
  checkAccount(archive: string): Promise<{ readonly account: IAccount }>;
  renewAccount(
    archive: string
  ): Promise<{ readonly account: IAccount; readonly renewed?: boolean }>;
  signOut(archive: string): Promise<void>;
  leave(page: string): Promise<void>;
}

/**
 * What the server half told last of the accounts. An answer that is out of date, because
 * a newer one is here or something was done with an account meanwhile, is never taken.
 */
export class AccountList {
  /** @param _read - asks the server half */
  constructor(private readonly _read: () => Promise<IAccountList>) {}

  /** What was told last; null before anything was. */
  get told(): IAccountList | null {
    return this._told;
  }

  /** The account of an archive, as it was told last. */
  find(archive: string): IAccount | undefined {
    return this._told?.accounts.find(account => account.archive === archive);
  }

  /**
   * Ask for the list; again while something is done with an account meanwhile.
   *
   * @returns whether the answer was taken; not where a newer one is here
   */
  async read(): Promise<boolean> {
    const reading = ++this._readings;
    for (;;) {
      const changes = this._changes;
      const told = await this._read();
      if (reading < this._latest) {
        return false;
      }
      if (changes === this._changes) {
        this._latest = reading;
        this._told = told;
        return true;
      }
    }
  }

  /**
   * Do something with an account and take what comes of it.
   *
   * @returns the answer, and whether the list is to be read to know how the account is:
   * another thing was being done with it at the same time
   */
  async act<T extends { readonly account?: IAccount }>(
    archive: string,
    ask: () => Promise<T>
  ): Promise<T & { readonly unsure: boolean }> {
    const acting = this._acting.get(archive) ?? new Set<{ unsure: boolean }>();
    this._acting.set(archive, acting);
    const mine = { unsure: acting.size > 0 };
    acting.forEach(other => (other.unsure = true));
    acting.add(mine);
    try {
      const answer = await ask();
      if (!mine.unsure && answer.account) {
        this._put(answer.account);
      }
      return { ...answer, unsure: mine.unsure };
    } finally {
      acting.delete(mine);
      this._changes++;
    }
  }

  private _put(account: IAccount): void {
    if (this._told) {
      const accounts = this._told.accounts.map(known =>
        known.archive === account.archive ? account : known
      );
      this._told = { ...this._told, accounts };
    }
  }

  private _told: IAccountList | null = null;
  /** Ends of things done with an account: answers asked for before are out of date. */
  private _changes = 0;
  /** Reads begun, and the one whose answer is here. */
  private _readings = 0;
  private _latest = 0;
  /** By archive, what is being done with its account. */
  private readonly _acting = new Map<string, Set<{ unsure: boolean }>>();
}

/** The account without what was known of the person. */
export function signedOut(account: IAccount): IAccount {
  return {
    ...account,
    state: 'signed-out',
    who: null,
    roles: [],
    rights: [],
    missing: [],
    expires: null,
    place: null,
    checked: null,
    renew: 'none',
    canSignOut: false,
    problem: null
  };
}
