import type { ConstraintKey, IConstraint } from '../../model/constraints.js';

/** A name and a value under “Details”. */
export interface IDetail {
  readonly name: string;
  readonly value: string;
}

/** What a banner offers to do about rights. */
export type RightsAction =
  /** Sign in, then ask as the user. */
  | 'sign-in'
  /** Sign in; what waits goes on. */
  | 'sign-in-on'
  /** Ask as the user, who is signed in already. */
  | 'as-me'
  /** Say how one signs in to an archive of the user's own. */
  | 'set-up'
  /** Say why something cannot be seen. */
  | 'why'
  | 'why-empty'
  /** Stop waiting. */
  | 'cancel';

/** What a banner offers to do. */
export type BannerAction =
  'again' | 'run' | 'search' | 'next' | `drop-${ConstraintKey}` | RightsAction;

/** A headline that changes each second. */
export interface ICountdown {
  /** Milliseconds since 1970, UTC. */
  readonly until: number;
  /** The headline for the seconds left. */
  words(seconds: number): string;
}

/** One banner above the grid. */
export interface IBanner {
  readonly key: string;
  readonly tone: 'plain' | 'warn' | 'bad';
  readonly role: 'status' | 'alert';
  /** What happened. */
  readonly headline: string;
  /** A time that is counted down to in the place of the headline. */
  readonly countdown?: ICountdown;
  /** What to do, or the cause; may be empty. */
  readonly text: string;
  /** Buttons, the likeliest first. */
  readonly actions: readonly BannerAction[];
  readonly details: readonly IDetail[];
  /** What `drop-…` actions drop, for their words. */
  readonly constraints?: readonly IConstraint[];
}

/** A banner that states something, as yet without words. */
export function plain(key: string): IBanner {
  return {
    key,
    tone: 'plain',
    role: 'status',
    headline: '',
    text: '',
    actions: [],
    details: []
  };
}
