import type { Constraint } from '../../model/constraints.js';

/** A name and a value under “Details”. */
export interface IDetail {
  readonly name: string;
  readonly value: string;
}

/** What a banner offers to do. */
export type BannerAction = 'again' | 'run' | 'search' | `drop-${Constraint}`;

/** One banner above the grid. */
export interface IBanner {
  readonly key: string;
  readonly tone: 'plain' | 'warn' | 'bad';
  readonly role: 'status' | 'alert';
  /** What happened. */
  readonly headline: string;
  /** What to do, or the cause; may be empty. */
  readonly text: string;
  /** Buttons, the likeliest first. */
  readonly actions: readonly BannerAction[];
  readonly details: readonly IDetail[];
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
