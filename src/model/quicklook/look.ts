import type { ILimits, Interval, Stretch } from './client.js';
import type { ColourMap } from './colourmaps.js';

/** How values become colours. */
export interface ILook {
  readonly stretch: Stretch;
  readonly interval: Interval;
  /** Set by hand; null where the interval finds them. */
  readonly limits: ILimits | null;
  readonly map: ColourMap;
  readonly inverted: boolean;
}

/** What a picture looks like at first. */
export const FIRST_LOOK: ILook = {
  stretch: 'asinh',
  interval: 'zscale',
  limits: null,
  map: 'grey',
  inverted: false
};

/** True where the same values have the same brightness; colours are the page's. */
export function isAsBright(one: ILook, other: ILook): boolean {
  return (
    one.stretch === other.stretch &&
    one.interval === other.interval &&
    one.limits?.low === other.limits?.low &&
    one.limits?.high === other.limits?.high
  );
}
