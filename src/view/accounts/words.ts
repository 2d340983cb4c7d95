import type { TranslationBundle } from '@jupyterlab/translation';

import type {
  ICredentialPlace,
  IAccount,
  Keep,
  SignInField
} from '../../archives/account.js';
import { formatSpan } from '../shared/format.js';
import { waysOf } from './ways.js';

/** Seconds; time gone by is told by nothing shorter, so that a row that waits stays calm. */
const MINUTE = 60;

/** What the archive calls that which is typed: a password, a token, an API key. */
export function secretName(
  asks: readonly SignInField[],
  trans: TranslationBundle
): string {
  if (asks.includes('key')) {
    return trans.__('API key');
  }
  return asks.includes('token') ? trans.__('Token') : trans.__('Password');
}

/** One way to sign in, told by what is typed: “User name and password”. */
export function wayWords(
  way: readonly SignInField[],
  trans: TranslationBundle
): string {
  return way.includes('password')
    ? trans.__('User name and password')
    : secretName(way, trans);
}

/** The ways an archive offers; nothing where nothing can be typed. */
export function asksWords(
  asks: readonly SignInField[],
  trans: TranslationBundle
): string {
  const [first, ...others] = waysOf(asks);
  return others.reduce(
    (words, [field]) =>
      field === 'key'
        ? trans.__('%1, or API key', words)
        : trans.__('%1, or token', words),
    first ? wayWords(first, trans) : ''
  );
}

/** Where a credential was found, for within a sentence. */
export function placeWords(place: ICredentialPlace, trans: TranslationBundle): string {
  switch (place.kind) {
    case 'environment':
      return trans.__('environment %1', place.name);
    case 'file':
      return trans.__('the file %1', place.name);
    case 'hub':
      return trans.__('the file of this hub');
    default:
      return trans.__('this page');
  }
}

/** Where the credential of a row came from: “signed in here, kept”. */
export function originWords(place: ICredentialPlace, trans: TranslationBundle): string {
  switch (place.kind) {
    case 'here':
      return isStored(place.kept)
        ? trans.__('signed in here, kept')
        : trans.__('signed in here');
    case 'environment':
      return placeWords(place, trans);
    default:
      return trans.__('from %1', placeWords(place, trans));
  }
}

/** The choices of “Keep me signed in”. */
export function keepWords(keep: Keep, trans: TranslationBundle): string {
  switch (keep) {
    case 'page':
      return trans.__('Until I close this page');
    case 'session':
      return trans.__('Until Jupyter stops');
    case 'keyring':
      return trans.__('Keep in the keyring of this computer');
    default:
      return trans.__('Keep in a file only I can read');
  }
}

/**
 * The time left of an account, or the time since its end; null where no end is known.
 *
 * @param now - Unix time in seconds, by the server's clock
 */
export function timeLeft(
  { expires }: IAccount,
  now: number,
  trans: TranslationBundle
): string | null {
  if (expires === null) {
    return null;
  }
  const left = expires - now;
  if (left > 0) {
    return formatSpan(left);
  }
  const gone = -left;
  return gone < MINUTE
    ? trans.__('expired just now')
    : trans.__('expired %1 ago', gone < 2 * MINUTE ? '1 min' : formatSpan(gone));
}

/** True where a sign-in outlives the Jupyter server. */
function isStored(kept: Keep | null): boolean {
  return kept === 'keyring' || kept === 'file';
}
