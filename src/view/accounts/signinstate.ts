import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';

import type {
  IAccount,
  ICredentialPlace,
  ISignInRequest,
  Keep,
  SignInField
} from '../../archives/account.js';
import type { ISignInDefinition } from '../../archives/archive.js';
import { isAbort, ProtocolError } from '../../protocol/errors.js';
import { type SignInWay, waysOf } from './ways.js';

/** What one signs in to, as the dialog tells it. */
export interface ISignInSubject {
  /** Name of the archive. */
  readonly name: string;
  readonly account: IAccount;
  readonly definition: ISignInDefinition;
  /** Choices of “Keep me signed in” in their order, and the one chosen at first. */
  readonly keep: { readonly choices: readonly Keep[]; readonly usual: Keep };
}

/** What the dialog asks others to do; it shows why that failed. */
export interface ISignInCallbacks {
  signIn(request: ISignInRequest, signal: AbortSignal): Promise<void>;
  /** Take the credential that was found. */
  use(place: ICredentialPlace): Promise<void>;
}

/** Why signing in did not work. */
export interface ISignInFailure {
  /** What happened, one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** The archive, or the way to it, failed: the same may work a little later. */
  readonly mayRetry: boolean;
}

/**
 * What the sign-in dialog holds while it is open. What is typed is not among it: secrets
 * stay in the fields of the page until they are sent.
 */
export class SignInState {
  constructor(
    readonly subject: ISignInSubject,
    private readonly _callbacks: ISignInCallbacks,
    private readonly _trans: TranslationBundle
  ) {
    this.ways = waysOf(subject.account.asks);
    this.way = this.ways[0] ?? [];
    this.keep = subject.keep.usual;
  }

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The ways there are to sign in, the usual one first. */
  readonly ways: readonly SignInWay[];
  way: SignInWay;
  keep: Keep;
  /** True while the archive is asked. */
  asking = false;
  failure: ISignInFailure | null = null;
  /** The field that was left empty. */
  empty: SignInField | null = null;

  choose(choice: Partial<Pick<SignInState, 'way' | 'keep'>>): void {
    this._set({ ...choice, ...(choice.way && { failure: null, empty: null }) });
  }

  /** Somebody types: what was said of the field before holds no longer. */
  typing(field: SignInField): void {
    if (this.empty === field) {
      this._set({ empty: null });
    }
  }

  /**
   * Sign in with what was typed, which is passed on and not kept.
   *
   * @returns true once signed in; false with `failure` or `empty` set, or when stopped
   */
  async signIn(fields: ISignInRequest['fields']): Promise<boolean> {
    const empty = this.way.find(field => !fields[field]) ?? null;
    if (empty) {
      this._set({ empty, failure: null });
      return false;
    }
    const { keep } = this;
    return this._ask(signal => this._callbacks.signIn({ fields, keep }, signal));
  }

  /** Take what was found instead. */
  async use(place: ICredentialPlace): Promise<boolean> {
    return this._ask(() => this._callbacks.use(place));
  }

  /** Stop asking; nothing is told any more. */
  stop(): void {
    this._abort?.abort();
    Signal.clearData(this);
  }

  private async _ask(ask: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const abort = (this._abort = new AbortController());
    this._set({ asking: true, failure: null, empty: null });
    let failure: ISignInFailure | null = null;
    try {
      await ask(abort.signal);
    } catch (reason) {
      failure = failureOf(reason, this._trans);
    }
    this._set({ asking: false, failure });
    return failure === null && !abort.signal.aborted;
  }

  private _set(
    values: Partial<Pick<SignInState, 'way' | 'keep' | 'asking' | 'failure' | 'empty'>>
  ): void {
    Object.assign(this, values);
    this._changed.emit();
  }

  private _abort: AbortController | null = null;
  private readonly _changed = new Signal<this, void>(this);
}

/** Kinds of failures that say something of what was typed. */
const REFUSALS: readonly ProtocolError['kind'][] = [
  'not-signed-in',
  'expired',
  'forbidden',
  'rejected',
  'refused-address'
];

function failureOf(reason: unknown, trans: TranslationBundle): ISignInFailure {
  if (reason instanceof ProtocolError) {
    const { kind, message, details } = reason;
    const mayRetry = !REFUSALS.includes(kind);
    return { message, hint: details.hint ?? '', mayRetry };
  }
  const message =
    reason instanceof Error && !isAbort(reason)
      ? reason.message
      : trans.__('Signing in was stopped.');
  return { message, hint: '', mayRetry: true };
}
