import type { SignInKind } from './archive.js';

/** As whom an archive is asked: without a credential, or with that of the user. */
export type Asker = 'anyone' | 'me';

/** Where one stands with an archive. */
export type AccountState =
  /** No account is possible or needed. */
  | 'none-needed'
  | 'signed-out'
  /** Found where the archive's own tools keep it; the archive has not been asked. */
  | 'found'
  | 'signed-in'
  | 'expired';

/** How long what was typed is kept: until the page closes, until Jupyter stops, stored. */
export type Keep = 'page' | 'session' | 'keyring' | 'file';

/** Where a credential came from. */
export interface ICredentialPlace {
  /** `here`: typed in a page. */
  readonly kind: 'here' | 'environment' | 'file' | 'hub';
  /** Environment variable or file; empty for `here`. */
  readonly name: string;
  /** For `here` only. */
  readonly kept: Keep | null;
}

/** A field the sign-in dialog asks for. */
export type SignInField = 'username' | 'password' | 'token' | 'key';

/** What the page knows of an account; never a secret. Kept in memory only: `who` may be an e-mail address. */
export interface IAccount {
  /** Id of the archive. */
  readonly archive: string;
  readonly kind: SignInKind;
  readonly state: AccountState;
  readonly who: string | null;
  /** Roles or scopes in the archive's own words. */
  readonly roles: readonly string[];
  /** Roles in plain words, “tables”, “post to the gallery”; in the order of the definition. */
  readonly rights: readonly string[];
  /** Roles the archive has and this account lacks, in its own words. */
  readonly missing: readonly string[];
  /** Unix time in seconds from which on it is not used any more; null: no end is known. */
  readonly expires: number | null;
  readonly place: ICredentialPlace | null;
  /** Unix time in seconds at which the archive last accepted it; null: never asked. */
  readonly checked: number | null;
  /** What Renew does: the server half alone, the dialog again, or nothing. */
  readonly renew: 'alone' | 'asks' | 'none';
  /** True where there is something that can be signed out of. */
  readonly canSignOut: boolean;
  /** What is to be typed; empty where nothing can be. */
  readonly asks: readonly SignInField[];
  /** Exact host (with a port that is not the usual one) that sees what is typed. */
  readonly host: string;
  /** Origins that may see the credential. */
  readonly origins: readonly string[];
  /** A credential found beside the one in use, which the dialog offers. */
  readonly found: ICredentialPlace | null;
  /** What went wrong with it the last time, one sentence. */
  readonly problem: string | null;
}

/** All accounts, as `GET api/accounts` answers. */
export interface IAccountList {
  readonly accounts: readonly IAccount[];
  /** The server's clock, Unix time in seconds: countdowns go by it. */
  readonly now: number;
  /** False on a shared server that cannot tell its users apart; `reason` is a sentence. */
  readonly signIn: { readonly enabled: boolean; readonly reason: string };
  /** Choices of “Keep me signed in” in their order, and the one proposed. */
  readonly keep: { readonly choices: readonly Keep[]; readonly usual: Keep };
  /** What the user should know, one sentence each (a damaged vault that was set aside). */
  readonly problems: readonly string[];
}

/** What the user typed, on its way to the server half; nobody keeps it. */
export interface ISignInRequest {
  readonly fields: Readonly<Partial<Record<SignInField, string>>>;
  readonly keep: Keep;
}
