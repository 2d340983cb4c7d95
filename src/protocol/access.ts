import { parseChallenges, signInHost, type IChallenge } from './challenge.js';
import { type ErrorKind, type IErrorDetails, ProtocolError } from './errors.js';
import { retryTime } from './retry.js';
import type { ITransportResponse } from './transport.js';
import type { IServiceWords } from './words.js';

/** An answer that refused something, with what it says. */
export interface IRefusal {
  readonly answer: Pick<ITransportResponse, 'status' | 'url' | 'header' | 'as'>;
  readonly words: IServiceWords;
  /** Who it was asked by; the answer tells whether a credential went along. */
  readonly asked?: 'me';
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
}

/** What a refusal is found to mean. */
interface IMeaning {
  readonly kind: ErrorKind;
  /** One sentence; missing: the service's own. */
  readonly message?: string;
  readonly hint?: string;
  readonly scope?: string;
}

const SIGN_IN_AGAIN = 'Sign in again.';

/** Characters of a service's words in which a meaning is looked for. */
const UNDERSTOOD = 2000;

/**
 * What an answer about rights or too many requests means; null for one about anything
 * else. The service's own words are in `details.serviceMessage`.
 */
export function explainRefusal(refusal: IRefusal): ProtocolError | null {
  const { answer, words, now } = refusal;
  const challenges = parseChallenges(answer.header('WWW-Authenticate') ?? '');
  const meaning = meaningOf(refusal, challenges);
  if (meaning === null) {
    return null;
  }
  const host = signInHost(challenges);
  const details: IErrorDetails = {
    status: answer.status,
    as: answer.as ?? 'anyone',
    hint:
      meaning.hint ?? (host === null ? undefined : `It asks to sign in at ${host}.`),
    ...(words.sentence !== null && { serviceMessage: words.sentence }),
    ...(meaning.scope !== undefined && { scope: meaning.scope }),
    ...(challenges.length > 0 && { challenges }),
    ...(host !== null && { signInHost: host }),
    ...(meaning.kind === 'rate-limited' && waitDetails(retryTime(answer, now), now))
  };
  const message = meaning.message ?? words.sentence ?? 'This is not open to everyone.';
  return new ProtocolError(meaning.kind, message, details);
}

function meaningOf(
  refusal: IRefusal,
  challenges: readonly IChallenge[]
): IMeaning | null {
  const { status, as } = refusal.answer;
  if (status === 429 || /^too?manyrequests$/i.test(refusal.words.code ?? '')) {
    return { kind: 'rate-limited' };
  }
  const spoken = status === 401 || status === 403 ? refusal.words.sentence : null;
  const meaning =
    bearerMeaning(refusal, challenges) ??
    spokenMeaning(spoken?.slice(0, UNDERSTOOD) ?? '') ??
    statusMeaning(refusal);
  // What was not sent cannot have expired.
  return meaning?.kind === 'expired' && as !== 'me' ? anonymous(refusal) : meaning;
}

/** The error codes of RFC 6750 §3.1. */
function bearerMeaning(
  { answer, words }: IRefusal,
  challenges: readonly IChallenge[]
): IMeaning | null {
  const told = challenges.find(({ parameters }) => 'error' in parameters)?.parameters;
  switch (told?.['error']) {
    case 'invalid_token':
      return {
        kind: 'expired',
        message: /expir/i.test(`${told['error_description']} ${words.sentence}`)
          ? 'The sign-in has expired.'
          : 'The sign-in has expired or was revoked.',
        hint: SIGN_IN_AGAIN
      };
    case 'insufficient_scope':
      return lacking(told['scope']?.split(' ') ?? []);
    case 'invalid_request':
      return answer.as === 'me'
        ? {
            kind: 'not-signed-in',
            message: 'The service could not read the sign-in.',
            hint: SIGN_IN_AGAIN
          }
        : null;
    default:
      return null;
  }
}

/** Services that say in words alone what is wrong: the MMODA dispatcher, pyobs-archive. */
function spokenMeaning(sentence: string): IMeaning | null {
  const roles =
    /privileges are not sufficient[^]*roles are missing:\s*([^]+?)\.?$/i.exec(sentence);
  if (roles) {
    return lacking(roles[1].split(/\s*,\s*/));
  }
  return PHRASES.find(([pattern]) => pattern.test(sentence))?.[1] ?? null;
}

const PHRASES: readonly (readonly [RegExp, IMeaning])[] = [
  [
    /\b(token|signature|session|sign-?in|credentials?)\b.{0,20}\bexpired\b/i,
    { kind: 'expired', message: 'The sign-in has expired.', hint: SIGN_IN_AGAIN }
  ],
  [
    /\binvalid token\b|\b(token|api key)\b.{0,20}\bnot valid\b/i,
    {
      kind: 'not-signed-in',
      message: 'The sign-in is not accepted.',
      hint: SIGN_IN_AGAIN
    }
  ],
  [
    /token must be provided|credentials were not provided|missing token/i,
    { kind: 'not-signed-in', message: 'An account is needed for this.' }
  ],
  [
    /user (is )?inactive|account (is )?(disabled|inactive)/i,
    { kind: 'forbidden', message: 'This account is not active.' }
  ]
];

function lacking(scopes: readonly string[]): IMeaning {
  const names = scopes.filter(scope => scope !== '');
  const scope = names.join(', ');
  if (names.length === 0) {
    return { kind: 'forbidden', message: 'This account lacks a right that is needed.' };
  }
  const message =
    names.length === 1
      ? `The right ${scope} is missing.`
      : `The rights ${scope} are missing.`;
  return { kind: 'forbidden', message, scope };
}

function statusMeaning(refusal: IRefusal): IMeaning | null {
  const { answer } = refusal;
  if (answer.status === 403) {
    return { kind: 'forbidden' };
  }
  if (answer.status !== 401) {
    return null;
  }
  if (answer.as === 'me') {
    // A Basic challenge is all that some say of a token that has run out.
    return {
      kind: 'expired',
      message: 'The sign-in was not accepted; it may have expired.',
      hint: SIGN_IN_AGAIN
    };
  }
  return anonymous(refusal);
}

/** No credential went along: none was asked for, or the address may not see it. */
function anonymous({ answer, asked }: IRefusal): IMeaning {
  const message =
    asked === 'me'
      ? `${hostOf(answer.url)} needs an account, and may not see yours.`
      : 'An account is needed for this.';
  return { kind: 'not-signed-in', message };
}

function waitDetails(until: number | null, now: number): IErrorDetails {
  return until === null
    ? { hint: 'Try again later.' }
    : { hint: `Try again in ${Math.ceil((until - now) / 1000)} s.`, retryAt: until };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
