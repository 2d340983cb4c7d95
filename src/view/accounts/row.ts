import type { TranslationBundle } from '@jupyterlab/translation';

import type { IAccount } from '../../archives/account.js';
import type { IArchiveDefinition } from '../../archives/archive.js';
import type { AccountWork, IAccountCallbacks, IAccountsContext } from './types.js';
import { asksWords, originWords, placeWords, secretName, timeLeft } from './words.js';

/** The icon of a row: shape and words carry the meaning, colour comes third. */
export type RowIcon = 'user' | 'soon' | 'expired' | 'globe' | 'busy';

/** A button of a row. */
export interface IRowAction {
  readonly does: keyof Pick<
    IAccountCallbacks,
    'signIn' | 'signOut' | 'renew' | 'check' | 'cancel'
  >;
  readonly label: string;
  /** Accessible name, which carries the archive. */
  readonly name: string;
  readonly look: 'primary' | 'button' | 'link';
}

/** What a row of the section shows. */
export interface IRow {
  readonly archive: string;
  readonly title: string;
  readonly icon: RowIcon;
  /** Who one is there; where nobody, the state. */
  readonly who: string;
  /** Accessible name: archive, who, state. */
  readonly name: string;
  /** Time left or since the end; null where no end is known. */
  readonly time: string | null;
  /** Rights, what is missing, what is wrong; one line each. */
  readonly lines: readonly { readonly text: string; readonly tone: 'plain' | 'warn' }[];
  /** Where the credential, or the archive, came from. */
  readonly origin: string;
  /** Said of an archive that the administrator set up: nothing can be edited. */
  readonly locked: boolean;
  /** In the place of buttons, where there is nothing to do. */
  readonly note: string;
  readonly actions: readonly IRowAction[];
}

/** What is shown of an account, from its state alone. */
export function describeRow(
  account: IAccount,
  context: IAccountsContext & { readonly now: number },
  trans: TranslationBundle
): IRow {
  const { archive } = account;
  const definition = context.definition(archive);
  const title = definition?.name ?? archive;
  const work = context.workOn(archive);
  const soon = endsSoon(account, context);
  const state = work ? workWords(work, trans) : stateWords(account, soon, trans);
  const isKnown = account.state !== 'none-needed' && account.state !== 'signed-out';
  const who = (isKnown && account.who) || '';
  return {
    archive,
    title,
    icon: work ? 'busy' : soon ? 'soon' : ICONS[account.state],
    who: work ? state : who || state,
    name: [title, who, state].filter(Boolean).join(', '),
    time: work || !isKnown ? null : timeLeft(account, context.now, trans),
    lines: linesOf(account, definition, trans),
    ...originOf(account, definition, trans),
    note: account.state === 'none-needed' ? trans.__('anonymous only') : '',
    actions: actionsOf(account, title, work, trans)
  };
}

/** True for a sign-in that is about to end. */
export function endsSoon(
  { state, expires }: IAccount,
  { now, warnSeconds }: { readonly now: number; readonly warnSeconds: number }
): boolean {
  const isInUse = state === 'signed-in' || state === 'found';
  return isInUse && expires !== null && expires - now <= warnSeconds;
}

const ICONS: Record<IAccount['state'], RowIcon> = {
  'none-needed': 'globe',
  'signed-out': 'globe',
  found: 'user',
  'signed-in': 'user',
  expired: 'expired'
};

function stateWords(
  { state }: IAccount,
  soon: boolean,
  trans: TranslationBundle
): string {
  switch (state) {
    case 'none-needed':
      return trans.__('no account needed');
    case 'signed-out':
      return trans.__('not signed in');
    case 'expired':
      return trans.__('expired');
    case 'found':
      return soon ? trans.__('ends soon') : trans.__('not checked yet');
    default:
      return soon ? trans.__('ends soon') : trans.__('signed in');
  }
}

function workWords(work: AccountWork, trans: TranslationBundle): string {
  switch (work) {
    case 'sign-in':
      return trans.__('signing in …');
    case 'renew':
      return trans.__('renewing …');
    case 'check':
      return trans.__('checking …');
    default:
      return trans.__('signing out …');
  }
}

/** Rights and missing ones in plain words, and what went wrong the last time. */
function linesOf(
  account: IAccount,
  definition: IArchiveDefinition | undefined,
  trans: TranslationBundle
): IRow['lines'] {
  const { state, rights, missing, place, problem, asks } = account;
  const lines: { text: string; tone: 'plain' | 'warn' }[] = [];
  if (state === 'found' && place) {
    const what = secretName(asks, trans);
    const where = placeWords(place, trans);
    const text = trans.__('%1 found in %2, not checked yet', what, where);
    lines.push({ text, tone: 'plain' });
  } else if (state === 'signed-in') {
    const label = definition?.signIn.rightsLabel ?? trans.__('Can use');
    if (rights.length > 0) {
      lines.push({ text: `${label}: ${rights.join(', ')}`, tone: 'plain' });
    }
    lines.push(...missing.map(role => lackOf(role, definition, trans)));
  }
  if (problem) {
    lines.push({ text: problem, tone: 'warn' });
  }
  return lines;
}

/** “Can’t post: the role gallery contributor is missing”. */
function lackOf(
  role: string,
  definition: IArchiveDefinition | undefined,
  trans: TranslationBundle
): IRow['lines'][number] {
  const deed = definition?.signIn.needs?.[role];
  const text = deed
    ? trans.__('Can’t %1: the role %2 is missing', deed, role)
    : trans.__('The role %1 is missing', role);
  return { text, tone: 'warn' };
}

function originOf(
  { state, place, asks }: IAccount,
  definition: IArchiveDefinition | undefined,
  trans: TranslationBundle
): Pick<IRow, 'origin' | 'locked'> {
  if (state !== 'signed-out' && state !== 'none-needed' && place) {
    return { origin: originWords(place, trans), locked: false };
  }
  switch (definition?.origin) {
    case 'administrator':
      return { origin: trans.__('set by the administrator'), locked: true };
    case 'user':
      return { origin: trans.__('added by you'), locked: false };
    default:
      return { origin: asksWords(asks, trans), locked: false };
  }
}

/** What can be done, in the order of the Tab key. */
function actionsOf(
  account: IAccount,
  title: string,
  work: AccountWork | undefined,
  trans: TranslationBundle
): IRowAction[] {
  if (work === 'sign-in') {
    const name = trans.__('Cancel signing in to %1', title);
    return [{ does: 'cancel', label: trans.__('Cancel'), name, look: 'button' }];
  }
  const canType = account.asks.length > 0;
  switch (account.state) {
    case 'none-needed':
      return [];
    case 'signed-out':
      return canType || account.found ? [signIn(title, trans)] : [];
    case 'expired':
      return [canType ? signInAgain(title, trans) : check(title, trans)];
    case 'found':
      return [check(title, trans), ...signOut(account, title, trans)];
    default:
      return [...renew(account, title, trans), ...signOut(account, title, trans)];
  }
}

function signIn(title: string, trans: TranslationBundle): IRowAction {
  const name = trans.__('Sign in to %1', title);
  return { does: 'signIn', label: trans.__('Sign in'), name, look: 'button' };
}

function signInAgain(title: string, trans: TranslationBundle): IRowAction {
  const name = trans.__('Sign in again to %1', title);
  return { does: 'renew', label: trans.__('Sign in again'), name, look: 'primary' };
}

function check(title: string, trans: TranslationBundle): IRowAction {
  const name = trans.__('Check %1', title);
  return { does: 'check', label: trans.__('Check'), name, look: 'link' };
}

function renew(
  account: IAccount,
  title: string,
  trans: TranslationBundle
): IRowAction[] {
  const name = trans.__('Renew %1', title);
  return account.renew === 'none'
    ? []
    : [{ does: 'renew', label: trans.__('Renew'), name, look: 'link' }];
}

function signOut(
  account: IAccount,
  title: string,
  trans: TranslationBundle
): IRowAction[] {
  const name = trans.__('Sign out of %1', title);
  return account.canSignOut
    ? [{ does: 'signOut', label: trans.__('Sign out'), name, look: 'link' }]
    : [];
}
