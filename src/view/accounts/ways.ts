import type { SignInField } from '../../archives/account.js';

/** Fields that are typed together: user name and password, or a token alone. */
export type SignInWay = readonly SignInField[];

/** The ways there are to type what an archive asks for, the usual one first. */
export function waysOf(asks: readonly SignInField[]): SignInWay[] {
  const byPassword = asks.filter(field => field === 'username' || field === 'password');
  const others = asks.filter(field => field === 'token' || field === 'key');
  return [...(byPassword.length > 0 ? [byPassword] : []), ...others.map(one => [one])];
}
