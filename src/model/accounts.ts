import { PromiseDelegate } from '@lumino/coreutils';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Poll } from '@lumino/polling';
import { type ISignal, Signal } from '@lumino/signaling';

import type {
  IAccount,
  IAccountList,
  ICredentialPlace,
  ISignInRequest
} from '../archives/account.js';
import { asProtocolError, ProtocolError } from '../protocol/errors.js';
import { AccountList, type IAccountStore, signedOut } from './accountlist.js';
import { accountAt, endingFirst, isUsable, untilTick, untilTurn } from './countdown.js';
import { ServerClock } from './serverclock.js';
import { SignInGate } from './signingate.js';
import { Timer } from './timer.js';

/** What an {@link AccountsModel} works with. */
export interface IAccountsOptions {
  readonly store: IAccountStore;
  /** Random id of the page, the same after a reload; no secret. */
  readonly page: string;
  /** Name of an archive as the user knows it, for messages. */
  readonly nameOf: (archive: string) => string;
  /** True while nobody sees the page; it then asks seldom. */
  readonly isHidden?: () => boolean;
  /** Milliseconds from any beginning, never going back. */
  readonly monotonic?: () => number;
}

/** Milliseconds between two questions to the server half, which are also heartbeats. */
const FREQUENCY = { interval: 30_000, backoff: true, max: 60_000 };

/**
 * The same while nobody sees the page. Well below the 5 min after which the server half
 * forgets what was to be kept as long as the page.
 */
const HIDDEN_INTERVAL = 120_000;

/** The accounts of the person at this page; never holds a secret. */
export class AccountsModel implements IDisposable {
  /** @param _options - the server half, and how this page is called there */
  constructor(private readonly _options: IAccountsOptions) {
    this._monotonic = _options.monotonic ?? (() => performance.now());
    this._clock = new ServerClock(this._monotonic);
    this._poll = new Poll({
      name: 'obsdeck:accounts',
      auto: false,
      frequency: FREQUENCY,
      standby: () => this._mayRest(),
      factory: () => this._read()
    });
  }

  /** Emitted when anything below changed, and when an account passes its warning or end. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted once when a sign-in ran out while something needed it, with the archive's id. */
  get ranOut(): ISignal<this, string> {
    return this._ranOut;
  }

  /** Resolves once the accounts were read for the first time. */
  get ready(): Promise<void> {
    return this._ready.promise;
  }

  /** One per archive; what has run out is expired, though the server half was not asked. */
  get accounts(): readonly IAccount[] {
    return this._accounts;
  }

  /** What the server half told last; null before it did. */
  get list(): IAccountList | null {
    return this._list.told;
  }

  /** Why the accounts could not be read the last time; those read before stay. */
  get error(): ProtocolError | null {
    return this._error;
  }

  /** Minutes before its end at which an account needs care. */
  get warnMinutes(): number {
    return this._warnMinutes;
  }

  set warnMinutes(value: number) {
    this._warnMinutes = value;
    this._emit();
  }

  /** Ids of the archives whose sign-in ran out while something waits for it. */
  get waiting(): readonly string[] {
    return this._gate.waiting;
  }

  get isDisposed(): boolean {
    return this._poll.isDisposed;
  }

  /** Stop asking; what waits for a sign-in ends. */
  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._poll.dispose();
    this._turn.set(null, () => undefined);
    this._tick.set(null, () => undefined);
    const reason = new ProtocolError('cancelled', 'Cancelled.');
    this.waiting.forEach(archive => this._gate.reject(archive, reason));
    Signal.clearData(this);
  }

  /** The server's time, Unix time in seconds. */
  now(): number {
    return this._clock.now();
  }

  get(archive: string): IAccount | undefined {
    return this._accounts.find(account => account.archive === archive);
  }

  /** The account in use that ends first, of those that end within these minutes. */
  endsNext(withinMinutes = Infinity): IAccount | null {
    return endingFirst(this._accounts, this.now(), withinMinutes * 60);
  }

  /**
   * Call back whenever a time left, or the time since an end, reads otherwise: every
   * minute, within the last two every second. Nothing runs while nobody watches.
   */
  watch(tick: () => void): IDisposable {
    const watcher = (): void => tick();
    this._watchers.add(watcher);
    this._scheduleTick();
    return new DisposableDelegate(() => {
      this._watchers.delete(watcher);
      this._scheduleTick();
    });
  }

  /** Read the accounts, and go on doing so every 30 s. */
  start(): Promise<void> {
    void this._poll.start();
    return this.ready;
  }

  /** Read the accounts again; never throws: what went wrong is in `error`. */
  async refresh(): Promise<void> {
    await this._read().catch(() => undefined);
  }

  /**
   * Sign in with what was typed.
   *
   * @throws {@link ProtocolError} `not-signed-in` when it was not accepted
   */
  async signIn(
    archive: string,
    request: ISignInRequest,
    signal?: AbortSignal
  ): Promise<void> {
    const { store, page } = this._options;
    await this._act(archive, () => store.signIn(archive, request, page, signal));
    this._gate.open(archive);
  }

  /** Take the credential that was found. */
  async use(archive: string, place: ICredentialPlace): Promise<void> {
    await this._act(archive, () => this._options.store.useFound(archive, place));
    this._gate.open(archive);
  }

  /** Ask the archive whether it accepts the credential. */
  async check(archive: string): Promise<void> {
    await this._act(archive, () => this._options.store.checkAccount(archive));
  }

  /** Renew without asking the user; false where only a new sign-in helps. */
  async renew(archive: string): Promise<boolean> {
    const { store } = this._options;
    const { renewed } = await this._act(archive, () => store.renewAccount(archive));
    if (renewed) {
      this._gate.open(archive);
    }
    return renewed === true;
  }

  /** Sign out; what waits for a sign-in there ends. */
  async signOut(archive: string): Promise<void> {
    await this._act(archive, async () => {
      await this._options.store.signOut(archive);
      const account = this.get(archive);
      return { account: account && signedOut(account) };
    });
    const name = this._options.nameOf(archive);
    const message = `You signed out of ${name}. What waited for it was stopped.`;
    this._gate.reject(
      archive,
      new ProtocolError('not-signed-in', message, { archive: name })
    );
    await this.refresh();
  }

  /**
   * Do something in the user's name; where the sign-in has run out, again after the next
   * one. However much waits for an archive, `ranOut` is emitted once.
   *
   * @throws what `work` throws for other reasons, or although the sign-in is fresh;
   * `cancelled` by `signal`
   */
  asMe<T>(archive: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this._gate.run(archive, work, signal);
  }

  /** What waits for a sign-in ends with the error it waits for. */
  giveUp(archive: string): void {
    this._gate.reject(archive);
  }

  /** The page goes away or is loaded anew; never throws. */
  async leaving(): Promise<void> {
    await this._options.store.leave(this._options.page).catch(() => undefined);
  }

  private async _act<T extends { readonly account?: IAccount }>(
    archive: string,
    ask: () => Promise<T>
  ): Promise<T> {
    try {
      const answer = await this._list.act(archive, ask);
      this._emit();
      if (answer.unsure) {
        await this.refresh();
      }
      return answer;
    } catch (error) {
      // A credential that was refused is another account from now on.
      void this.refresh();
      throw error;
    }
  }

  private async _read(): Promise<void> {
    try {
      const before = new Map(this._accounts.map(one => [one.archive, one]));
      if (await this._list.read()) {
        this._error = null;
        this._lastRead = this._monotonic();
        this._emit();
        this._ready.resolve();
        this._openGates(before);
      }
    } catch (reason) {
      this._error = asProtocolError(reason);
      this._emit();
      throw reason;
    }
  }

  /** What waits goes on when another page, or the archive's own tools, signed in. */
  private _openGates(before: ReadonlyMap<string, IAccount>): void {
    for (const archive of this.waiting) {
      const account = this.get(archive);
      if (account && isUsable(account) && !isSame(account, before.get(archive))) {
        this._gate.open(archive);
      }
    }
  }

  /** The list, with the clock set by it. */
  private async _ask(): Promise<IAccountList> {
    const asked = this._clock.mark();
    const list = await this._options.store.accounts(this._options.page);
    this._clock.take(list.now, asked);
    return list;
  }

  private _emit(): void {
    if (this.isDisposed) {
      return;
    }
    const now = this.now();
    this._accounts = (this.list?.accounts ?? []).map(one => accountAt(one, now));
    this._scheduleTurn(now);
    this._scheduleTick();
    this._changed.emit();
  }

  private _scheduleTurn(now: number): void {
    const wait = untilTurn(this._accounts, now, this._warnMinutes * 60);
    this._turn.set(wait, () => this._emit());
  }

  private _scheduleTick(): void {
    const isWatched = this._watchers.size > 0;
    this._tick.set(isWatched ? untilTick(this._accounts, this.now()) : null, () => {
      this._watchers.forEach(tick => tick());
      this._scheduleTick();
    });
  }

  /** Hidden pages ask seldom, but often enough to be known as open. */
  private _mayRest(): boolean {
    const isHidden = this._options.isHidden?.() ?? false;
    return isHidden && this._monotonic() - this._lastRead < HIDDEN_INTERVAL;
  }

  private async _isSignedIn(archive: string): Promise<boolean> {
    await this.refresh();
    const account = this.get(archive);
    return account !== undefined && isUsable(account);
  }

  private readonly _gate = new SignInGate({
    ranOut: archive => this._ranOut.emit(archive),
    changed: () => this._changed.emit(),
    isSignedIn: archive => this._isSignedIn(archive)
  });
  private readonly _list = new AccountList(() => this._ask());
  private readonly _monotonic: () => number;
  private readonly _clock: ServerClock;
  private readonly _poll: Poll;
  private _accounts: readonly IAccount[] = [];
  private _error: ProtocolError | null = null;
  private _warnMinutes = 15;
  /** Monotonic milliseconds. */
  private _lastRead = -Infinity;
  private readonly _watchers = new Set<() => void>();
  /** Fires when an account passes its warning or its end. */
  private readonly _turn = new Timer();
  /** Fires when a countdown reads otherwise. */
  private readonly _tick = new Timer();
  private readonly _ready = new PromiseDelegate<void>();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _ranOut = new Signal<this, string>(this);
}

/** True where nobody signed in, and the archive was not asked, between the two. */
function isSame(account: IAccount, before: IAccount | undefined): boolean {
  return (
    account.state === before?.state &&
    account.expires === before.expires &&
    account.checked === before.checked &&
    account.who === before.who
  );
}
