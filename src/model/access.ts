import { canSignIn } from '../archives/signin.js';
import { checksOf, type IAccessCheck } from './accesschecks.js';
import type { IAccessFacts, IAccessQuestion } from './accessfacts.js';
import { isUsable } from './countdown.js';
import { type IRelease, readRelease } from './release.js';

/**
 * Why something cannot be seen.
 *
 * - `anonymous`: it was asked without an account
 * - `expired`: the sign-in has run out, or is not accepted any more
 * - `embargoed`: it is proprietary until its release date
 * - `no-permission`: the account lacks a right
 * - `vague`: the service does not tell lack of permission and of the file apart
 * - `empty-authorised`: it was asked with an account, and nothing came
 * - `account-not-needed`: the archive has no accounts, so it is not about rights
 * - `other`: nothing points to rights
 */
export type AccessCause =
  | 'anonymous'
  | 'expired'
  | 'embargoed'
  | 'no-permission'
  | 'vague'
  | 'empty-authorised'
  | 'account-not-needed'
  | 'other';

/** The button that mends it; `as-me` where one is signed in and asked as anyone. */
export type AccessMend =
  'sign-in' | 'sign-in-again' | 'sign-in-other' | 'as-me' | 'calendar';

/** Why something cannot be seen, and what helps. */
export interface IAccessAnswer {
  readonly cause: AccessCause;
  readonly sentence: string;
  /** Signed in, public, permission; always these three. */
  readonly checks: readonly IAccessCheck[];
  /** The service's own words; null where it said nothing. */
  readonly words: string | null;
  /** The likeliest remedy; null where there is none. */
  readonly mend: AccessMend | null;
  /** When it becomes public; null where that is not known or is past. */
  readonly release: IRelease | null;
  /** Page of the archive on how to get access. */
  readonly helpUrl: string | null;
}

/** Explain why something cannot be seen, by what is known; asks nobody. */
export function explainAccess(question: IAccessQuestion): IAccessAnswer {
  const facts = factsOf(question);
  const cause = causeOf(facts);
  const { signIn } = question.archive;
  return {
    cause,
    sentence: SENTENCES[cause](facts),
    checks: checksOf(facts),
    words: facts.words,
    mend: mendOf(cause, facts),
    release: facts.release?.isAhead ? facts.release : null,
    helpUrl: signIn.accessHelpUrl ?? null
  };
}

/** “The file does not exist or you have no permission”, in either order. */
const VAGUE =
  /(not exist|no such|not found)[^.]{0,80}(permission|authori[sz]ed|access)|(permission|authori[sz]ed|access)[^.]{0,80}(not exist|no such|not found)/i;

function factsOf(question: IAccessQuestion): IAccessFacts {
  const { archive, account, error, row, now } = question;
  const words = error?.details.serviceMessage || row?.refusal || null;
  return {
    ...question,
    hasAccounts: canSignIn(archive),
    isSignedIn: account !== null && isUsable(account),
    who: account?.who ?? 'you',
    release: readRelease(row?.release ?? '', now),
    isVague: VAGUE.test(words ?? ''),
    words
  };
}

function causeOf(facts: IAccessFacts): AccessCause {
  const { error, as, hasAccounts, isVague } = facts;
  if (isProprietary(facts)) {
    return 'embargoed';
  }
  if (!isAboutRights(facts)) {
    return 'other';
  }
  if (!hasAccounts && !error?.details.signInHost) {
    return isVague ? 'vague' : 'account-not-needed';
  }
  if (isOver(facts)) {
    return 'expired';
  }
  if (as === 'anyone' || error?.kind === 'not-signed-in') {
    return 'anonymous';
  }
  if (isVague) {
    return 'vague';
  }
  return facts.isEmpty ? 'empty-authorised' : 'no-permission';
}

/** By its release date; by what it is called where there is none. */
function isProprietary({ row, release, error }: IAccessFacts): boolean {
  const rights = row?.rights?.trim().toLowerCase() ?? '';
  const isCalled = rights === 'proprietary' || rights === 'secure';
  return error?.kind === 'embargoed' || (release?.isAhead ?? isCalled);
}

/** An answer without rows may be about rights, as services leave out what one may not see. */
function isAboutRights({ error, isVague, row, isEmpty }: IAccessFacts): boolean {
  const kind = error?.kind;
  return (
    kind === 'not-signed-in' ||
    kind === 'expired' ||
    kind === 'forbidden' ||
    isVague ||
    Boolean(row?.refusal) ||
    Boolean(isEmpty)
  );
}

/** It was asked with a sign-in that has run out, or is not accepted any more. */
function isOver({ error, as, account }: IAccessFacts): boolean {
  const isRefused = error?.kind === 'not-signed-in' && error.details.as === 'me';
  return (
    error?.kind === 'expired' ||
    isRefused ||
    (as === 'me' && account?.state === 'expired')
  );
}

/** The credential did not go along, as the address is none of those that may see it. */
function isForeign({ error, as }: IAccessFacts): boolean {
  return as === 'me' && error?.details.as === 'anyone';
}

const SENTENCES: Readonly<Record<AccessCause, (facts: IAccessFacts) => string>> = {
  anonymous: facts => anonymousSentence(facts),
  expired: ({ archive, account }) =>
    account?.state === 'expired'
      ? `The ${archive.name} sign-in has run out.`
      : `${archive.name} does not accept the sign-in any more.`,
  embargoed: facts => embargoSentence(facts),
  'no-permission': ({ archive, subject, who, error }) => {
    const lack = error?.details.scope ? `: ${rightsOf(error.details.scope)}` : '.';
    return `${archive.name} knows ${who} and does not show ${subject}${lack}`;
  },
  vague: ({ archive, subject }) =>
    `Either there is no ${subject}, or you may not see it; ${archive.name} does not say which.`,
  'empty-authorised': ({ archive, who }) =>
    `${archive.name} was asked as ${who} and sent no rows. Rows that an account may not see are left out without a word.`,
  'account-not-needed': ({ archive }) =>
    `${archive.name} has no accounts, so it is not for lack of a right.`,
  other: ({ error }) => error?.message ?? 'Nothing is known that keeps you from it.'
};

function anonymousSentence(facts: IAccessFacts): string {
  const { archive, subject, error } = facts;
  if (isForeign(facts)) {
    return error?.message ?? '';
  }
  if (facts.isEmpty) {
    return `${archive.name} was asked as anyone, and shows only what is public then.`;
  }
  return facts.isVague
    ? `${archive.name} was asked as anyone, and does not say whether ${subject} exists.`
    : `${archive.name} shows ${subject} only to those who signed in.`;
}

/** “… is proprietary until 2027-09-14 (in 297 days). You asked as ASTRO1; …” */
function embargoSentence(facts: IAccessFacts): string {
  const { subject, release, row, archive } = facts;
  const until = release?.isAhead
    ? ` until ${release.date} (in ${inDays(release.days)})`
    : '';
  const few = row?.programme
    ? `people named on programme ${row.programme}`
    : `people whom ${archive.name} has given permission`;
  const only = until ? 'until then only' : 'only';
  return `${subject} is proprietary${until}. ${standing(facts)}; ${only} ${few} may read it.`;
}

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days.toLocaleString('en-US')} days`;
}

/** As whom it was asked; of a row, which was not refused itself, who one is. */
function standing({ as, who, account, error, isEmpty }: IAccessFacts): string {
  if (error || isEmpty) {
    return as === 'me' ? `You asked as ${who}` : 'You asked as anyone';
  }
  if (as === 'anyone') {
    return 'You are not signed in';
  }
  return account?.who ? `You are signed in as ${who}` : 'You are signed in';
}

function rightsOf(scope: string): string {
  return scope.includes(', ')
    ? `the rights ${scope} are missing.`
    : `the right ${scope} is missing.`;
}

function mendOf(cause: AccessCause, facts: IAccessFacts): AccessMend | null {
  const isAhead = facts.release?.isAhead ?? false;
  const { hasAccounts, isSignedIn, as } = facts;
  if (!hasAccounts || isForeign(facts) || cause === 'other') {
    return isAhead ? 'calendar' : null;
  }
  if (isOver(facts)) {
    return 'sign-in-again';
  }
  if (!isSignedIn) {
    return 'sign-in';
  }
  if (as === 'anyone') {
    return 'as-me';
  }
  return isAhead ? 'calendar' : 'sign-in-other';
}
