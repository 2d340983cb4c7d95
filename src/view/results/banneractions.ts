import type { ConstraintKey, IConstraint } from '../../model/constraints.js';
import type { BannerAction, RightsAction } from './bannertypes.js';

/** What the buttons of banners do; those of missing actions are not shown. */
export type BannerActions = Partial<Record<BannerAction, () => void>>;

/** What can be done about a result. */
export interface IBannerMeans {
  /** Runs the query as it stands. */
  readonly run: () => void;
  /** Asks for the rows that follow. */
  readonly next: () => void;
  /** Brings the search form to the front. */
  readonly search?: () => void;
  /** What the query was constrained by. */
  readonly constraints: readonly IConstraint[];
  /** Searches again without a constraint. */
  readonly drop?: (constraint: ConstraintKey) => void;
  /** What is done about rights. */
  readonly rights: Readonly<Record<RightsAction, () => void>>;
}

/**
 * The actions of the banners.
 *
 * @param keepFocus - puts the focus where it is not lost: running takes the banner away
 */
export function bannerActions(
  { run, next, search, constraints, drop, rights }: IBannerMeans,
  keepFocus: () => void
): BannerActions {
  const keeping = (act: () => void) => () => {
    keepFocus();
    act();
  };
  const actions: BannerActions = {
    again: keeping(run),
    run: keeping(run),
    next: keeping(next),
    search,
    ...rights
  };
  for (const { key } of drop ? constraints : []) {
    actions[`drop-${key}`] = keeping(() => drop?.(key));
  }
  return actions;
}
