import type { Asker, IAccount } from '../archives/account.js';
import type { IArchiveDefinition } from '../archives/archive.js';
import type { ProtocolError } from '../protocol/errors.js';
import type { IRelease } from './release.js';

/** What is known of the row or file that cannot be seen. */
export interface IAccessRow {
  /** As the service gives it (`obs_release_date`): ISO date or time, or MJD. */
  readonly release?: string | null;
  /** `data_rights` of ObsCore: public, secure or proprietary. */
  readonly rights?: string | null;
  /** Programme whose members may see it. */
  readonly programme?: string | null;
  /** What DataLink says in place of a link (`error_message`). */
  readonly refusal?: string | null;
}

/** What “Why can’t I see it?” is asked about. */
export interface IAccessQuestion {
  readonly archive: Pick<IArchiveDefinition, 'name' | 'signIn'>;
  /** The user's account there; null where it is not known. */
  readonly account: IAccount | null;
  /** As whom it was asked; of a row, as whom it would be. */
  readonly as: Asker;
  /** What was asked for, as the user knows it: an identifier or a table. */
  readonly subject: string;
  readonly error?: ProtocolError | null;
  /** True where the answer had no rows. */
  readonly isEmpty?: boolean;
  readonly row?: IAccessRow;
  /** Unix time in seconds. */
  readonly now: number;
  /** Words for a time in seconds, such as “7 h 12 min”. */
  readonly span: (seconds: number) => string;
}

/** What the parts of the explanation share. */
export interface IAccessFacts extends IAccessQuestion {
  readonly hasAccounts: boolean;
  /** The account can be used, whoever asked. */
  readonly isSignedIn: boolean;
  /** The user's name there, or “you”. */
  readonly who: string;
  readonly release: IRelease | null;
  readonly isVague: boolean;
  readonly words: string | null;
}
