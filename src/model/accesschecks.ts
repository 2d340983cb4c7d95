import type { IAccessFacts } from './accessfacts.js';

/** How one of the three conditions stands. */
export type CheckState = 'good' | 'bad' | 'warn' | 'unknown';

/** One line of the check list. */
export interface IAccessCheck {
  readonly name: 'signed-in' | 'public' | 'permission';
  readonly state: CheckState;
  /** What is known of it, to stand behind its name. */
  readonly detail: string;
}

type Finding = Omit<IAccessCheck, 'name'>;

/** Signed in, public, permission: the three things that seeing something rests on. */
export function checksOf(facts: IAccessFacts): readonly IAccessCheck[] {
  return [
    { name: 'signed-in', ...signedIn(facts) },
    { name: 'public', ...isPublic(facts) },
    { name: 'permission', ...permission(facts) }
  ];
}

function signedIn(facts: IAccessFacts): Finding {
  const { account, as, error, hasAccounts, isSignedIn, now, span } = facts;
  if (!hasAccounts) {
    return { state: 'unknown', detail: 'no account needed, anonymous only' };
  }
  if (account?.state === 'expired') {
    const { expires } = account;
    const ago = expires === null ? '' : ` ${span(Math.max(0, now - expires))} ago`;
    return { state: 'bad', detail: `no, expired${ago}` };
  }
  if (error?.kind === 'expired') {
    return { state: 'bad', detail: 'no, the sign-in is not accepted any more' };
  }
  if (!isSignedIn) {
    return { state: 'bad', detail: 'no' };
  }
  const name = account?.who ? `yes, as ${account.who}` : 'yes';
  if (as === 'anyone') {
    return { state: 'warn', detail: `${name}, but asked as anyone` };
  }
  if (error?.details.as === 'anyone') {
    return { state: 'warn', detail: `${name}, but this address may not see it` };
  }
  const left = account?.expires ? `, ${span(account.expires - now)} left` : '';
  return { state: 'good', detail: `${name}${left}` };
}

function isPublic({ release, row }: IAccessFacts): Finding {
  if (release !== null) {
    return release.isAhead
      ? { state: 'bad', detail: `no, release date ${release.date}` }
      : { state: 'good', detail: `yes, since ${release.date}` };
  }
  switch (row?.rights?.trim().toLowerCase()) {
    case 'public':
      return { state: 'good', detail: 'yes' };
    case 'proprietary':
    case 'secure':
      return { state: 'bad', detail: 'no' };
    default:
      return { state: 'unknown', detail: 'not known' };
  }
}

function permission(facts: IAccessFacts): Finding {
  const { account, archive, as, error, isEmpty, isVague, isSignedIn, row } = facts;
  const scope = error?.details.scope;
  if (scope) {
    return { state: 'bad', detail: `missing: ${inPlainWords(scope, facts)}` };
  }
  if (isVague) {
    const detail = `not given, or no such file; ${archive.name} answers both alike`;
    return { state: 'warn', detail };
  }
  if (as === 'anyone' || !isSignedIn) {
    return { state: 'unknown', detail: 'not known before you sign in' };
  }
  if (error?.kind === 'forbidden' || error?.kind === 'embargoed' || row?.refusal) {
    return { state: 'bad', detail: 'not given' };
  }
  if (account && account.missing.length > 0) {
    return {
      state: 'warn',
      detail: `missing: ${inPlainWords(account.missing.join(', '), facts)}`
    };
  }
  return isEmpty
    ? {
        state: 'warn',
        detail: `not known; ${archive.name} leaves out what you may not see`
      }
    : { state: 'unknown', detail: 'not known' };
}

/** Rights in the archive's own words, each with what it is for where that is known. */
function inPlainWords(scope: string, { archive }: IAccessFacts): string {
  const { roles = {} } = archive.signIn;
  return scope
    .split(', ')
    .map(name => (Object.hasOwn(roles, name) ? `${name} (${roles[name]})` : name))
    .join(', ');
}
