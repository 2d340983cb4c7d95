import type { IAccount } from '../archives/account.js';

/** Seconds below which a time left is told to the second. */
const BY_SECOND = 120;

/** Longest wait of a timer, in seconds: beyond 2^31 ms timers fire at once. */
const LONGEST = 24 * 3600;

/** What an account is at a time: what ran out is expired, though nobody has been asked. */
export function accountAt(account: IAccount, now: number): IAccount {
  const { state, expires } = account;
  const isInUse = state === 'signed-in' || state === 'found';
  return isInUse && expires !== null && expires <= now
    ? { ...account, state: 'expired' }
    : account;
}

/** True for a credential that requests can be signed with. */
export function isUsable(account: IAccount): boolean {
  return account.state === 'signed-in' || account.state === 'found';
}

/** The usable account that ends first, at most `seconds` from now; null where none does. */
export function endingFirst(
  accounts: readonly IAccount[],
  now: number,
  seconds: number
): IAccount | null {
  const ending = accounts.filter(
    account => isUsable(account) && account.expires !== null && account.expires > now
  );
  const first = ending.reduce<IAccount | null>(
    (best, account) => (best && endOf(best) <= endOf(account) ? best : account),
    null
  );
  return first && endOf(first) - now <= seconds ? first : null;
}

/**
 * Seconds until an account passes its warning or its end; null where none will.
 *
 * @param warnSeconds - how long before the end a warning is given
 */
export function untilTurn(
  accounts: readonly IAccount[],
  now: number,
  warnSeconds: number
): number | null {
  const turns = accounts
    .filter(({ expires }) => expires !== null)
    .flatMap(account => [endOf(account) - warnSeconds, endOf(account)])
    .map(turn => turn - now)
    .filter(wait => wait > 0);
  return turns.length > 0 ? Math.min(...turns, LONGEST) : null;
}

/**
 * Seconds until the time left of some account, or the time since its end, reads otherwise;
 * null where no account has an end.
 */
export function untilTick(accounts: readonly IAccount[], now: number): number | null {
  const waits = accounts
    .filter(({ expires }) => expires !== null)
    .map(account => tickOf(endOf(account) - now));
  return waits.length > 0 ? Math.min(...waits) : null;
}

/** Seconds until a time left reads otherwise; past the end it is told in minutes. */
function tickOf(left: number): number {
  const unit = left > 0 && left <= BY_SECOND ? 1 : 60;
  const rest = ((left % unit) + unit) % unit;
  const wait = rest > 0 ? rest : unit;
  return left > BY_SECOND ? Math.min(wait, left - BY_SECOND) : wait;
}

function endOf({ expires }: IAccount): number {
  return expires ?? Infinity;
}
