import type { IPosition } from '../position.js';

/** What is cut out of the sky: ICRS, degrees (SODA 1.0 §3.3). */
export type Stencil =
  | {
      readonly kind: 'circle';
      readonly at: IPosition;
      /** More than 0. */
      readonly radius: number;
    }
  | {
      readonly kind: 'polygon';
      /** Three or more, the first one not repeated. */
      readonly corners: readonly IPosition[];
    }
  | {
      readonly kind: 'range';
      /** Limits of right ascension; the first is the larger one where it crosses 0°. */
      readonly ra: readonly [from: number, to: number];
      readonly dec: readonly [from: number, to: number];
    };

/** The shapes a stencil can have. */
export type StencilKind = Stencil['kind'];

/** Limits of an interval; infinite where it is open, null where nobody said. */
export interface IIntervalBounds {
  readonly from: number | null;
  readonly to: number | null;
}

/** How a stencil is sent. */
export interface IStencilParameter {
  /** As the descriptor writes it. */
  readonly name: string;
  /** The shape is a word of the value (`POS`). */
  readonly isPos: boolean;
}
