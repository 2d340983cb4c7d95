import type { TranslationBundle } from '@jupyterlab/translation';

import type { Asker } from '../../archives/account.js';
import type { ResultWait } from '../../model/result.js';
import type { ProtocolError } from '../../protocol/errors.js';
import { formatClock, formatSpan } from '../shared/format.js';
import { type IBanner, type IDetail, plain } from './bannertypes.js';
import { errorSentence } from './errorwords.js';

/** What the banners know of the account at the archive that was asked. */
export interface IAccountSnapshot {
  /** Name of the archive. */
  readonly archive: string;
  /** Host that was asked. */
  readonly host: string;
  /** The archive has accounts, and Obsdeck knows how to sign in. */
  readonly canSignIn: boolean;
  readonly isSignedIn: boolean;
  /** The user added the archive, and can say how one signs in there. */
  readonly isOwn: boolean;
  /** There was a sign-in: where one is waited for, it ran out or is not accepted any more. */
  readonly wasSignedIn: boolean;
  /** When the sign-in ran out, milliseconds since 1970; null where that is not known. */
  readonly ranOut: number | null;
  /** Roles of the archive in plain words. */
  readonly roles: Readonly<Record<string, string>>;
}

/** What is said while a query waits; it is shown although nothing is wrong with it. */
export function waitBanner(
  trans: TranslationBundle,
  wait: ResultWait,
  account: IAccountSnapshot
): IBanner {
  return wait.for === 'service'
    ? pauseBanner(trans, wait.until, account.archive)
    : {
        ...plain('wait-sign-in'),
        tone: 'warn',
        role: 'alert',
        headline: account.wasSignedIn
          ? ranOutWords(trans, account)
          : needsAccount(trans, account),
        text: trans.__('What waits goes on after you sign in.'),
        actions: ['sign-in-on', 'cancel']
      };
}

/**
 * The banner for an error about rights or limits; null for any other.
 *
 * @param as - as whom it was asked
 */
export function rightsBanner(
  trans: TranslationBundle,
  error: ProtocolError | null,
  as: Asker,
  account: IAccountSnapshot,
  details: readonly IDetail[]
): IBanner | null {
  const base: IBanner = { ...plain('failed'), tone: 'bad', role: 'alert', details };
  switch (error?.kind) {
    case 'not-signed-in':
      return { ...base, ...notSignedIn(trans, error, as, account) };
    case 'expired':
      return {
        ...base,
        headline: ranOutWords(trans, account),
        actions: ['sign-in-on']
      };
    case 'forbidden':
    case 'embargoed':
      return {
        ...base,
        headline: errorSentence(trans, error),
        text: lackWords(trans, error, account),
        actions: ['why']
      };
    case 'rate-limited':
      return error.details.retryAt === undefined
        ? null
        : {
            ...base,
            ...pauseWords(trans, error.details.retryAt, account.archive),
            actions: ['again']
          };
    default:
      return null;
  }
}

function notSignedIn(
  trans: TranslationBundle,
  error: ProtocolError,
  as: Asker,
  account: IAccountSnapshot
): Pick<IBanner, 'headline' | 'text' | 'actions'> {
  if (!account.canSignIn) {
    return withoutSignIn(trans, error, account);
  }
  if (as === 'me') {
    const headline = errorSentence(trans, error);
    return account.isSignedIn
      ? { headline, text: '', actions: ['why'] }
      : { headline, text: '', actions: ['sign-in-on'] };
  }
  const headline = needsAccount(trans, account);
  return account.isSignedIn
    ? {
        headline,
        text: trans.__('You are signed in, but asked as anyone.'),
        actions: ['as-me']
      }
    : { headline, text: '', actions: ['sign-in'] };
}

/** Who can set up a sign-in depends on who added the archive. */
function withoutSignIn(
  trans: TranslationBundle,
  error: ProtocolError,
  { archive, host, isOwn }: IAccountSnapshot
): Pick<IBanner, 'headline' | 'text' | 'actions'> {
  const { signInHost } = error.details;
  const headline = signInHost
    ? trans.__('%1 asks to sign in at %2.', host, signInHost)
    : needsAccount(trans, { archive });
  return isOwn
    ? { headline, text: '', actions: ['set-up'] }
    : {
        headline,
        text: trans.__(
          'Signing in to it is not set up; an administrator of this server can do that.'
        ),
        actions: []
      };
}

/** “Rubin needs an account for this.” */
export function needsAccount(
  trans: TranslationBundle,
  { archive }: Pick<IAccountSnapshot, 'archive'>
): string {
  return trans.__('%1 needs an account for this.', archive);
}

/** “The ESO sign-in ran out at 20:52 UTC.” */
function ranOutWords(
  trans: TranslationBundle,
  { archive, ranOut }: IAccountSnapshot
): string {
  return ranOut === null
    ? trans.__('The %1 sign-in ran out.', archive)
    : trans.__('The %1 sign-in ran out at %2.', archive, formatClock(ranOut));
}

/** The right that is missing, in plain words where the definition has any. */
function lackWords(
  trans: TranslationBundle,
  { details: { scope } }: ProtocolError,
  { roles }: IAccountSnapshot
): string {
  if (!scope) {
    return '';
  }
  const names = scope.split(', ').map(name => {
    const words = roles[name];
    return words ? trans.__('%1 (%2)', name, words) : name;
  });
  return trans.__('Missing: %1.', names.join(', '));
}

function pauseBanner(
  trans: TranslationBundle,
  until: number,
  archive: string
): IBanner {
  return {
    ...plain('wait-service'),
    ...pauseWords(trans, until, archive),
    text: trans.__('It goes on by itself.'),
    actions: ['cancel']
  };
}

/** “ESO asks to wait 40 s.” */
function pauseWords(
  trans: TranslationBundle,
  until: number,
  archive: string
): Pick<IBanner, 'headline' | 'countdown'> {
  const words = (seconds: number): string =>
    trans.__('%1 asks to wait %2.', archive, formatSpan(seconds));
  return { headline: '', countdown: { until, words } };
}
