import type { IAxis, ISpectrum } from './client.js';

/** Part of an axis, from the smaller to the larger value. */
export interface IRange {
  readonly from: number;
  readonly to: number;
}

/** The finite values of an axis; null where there are none. */
export function extentOf({ values }: IAxis): IRange | null {
  let from = Infinity;
  let to = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      from = Math.min(from, value);
      to = Math.max(to, value);
    }
  }
  return from <= to ? { from, to } : null;
}

/** The values of the curves over a part of x, with some room; null where there are none. */
export function heightOf({ x, y }: ISpectrum, part: IRange): IRange | null {
  let from = Infinity;
  let to = -Infinity;
  for (const { values } of y) {
    values.forEach((value, index) => {
      const at = x.values[index];
      if (Number.isFinite(value) && at >= part.from && at <= part.to) {
        from = Math.min(from, value);
        to = Math.max(to, value);
      }
    });
  }
  if (from > to) {
    return null;
  }
  const room = (to - from) * 0.05 || Math.abs(to) * 0.05 || 1;
  return { from: from - room, to: to + room };
}

/**
 * Magnify a part of an axis, which stays within the whole.
 *
 * @param factor - 2 shows half of it
 * @param still - value that stays where it is
 */
export function magnified(
  part: IRange,
  whole: IRange,
  factor: number,
  still: number
): IRange {
  const from = still - (still - part.from) / factor;
  const to = still + (part.to - still) / factor;
  return within({ from, to }, whole);
}

/** Move a part of an axis by a share of its length, within the whole. */
export function moved(part: IRange, whole: IRange, share: number): IRange {
  const by = (part.to - part.from) * share;
  return within({ from: part.from + by, to: part.to + by }, whole);
}

/** Round numbers for the marks of an axis, at most about `count`. */
export function ticksOf({ from, to }: IRange, count: number): number[] {
  const rough = (to - from) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) {
    return [from];
  }
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(unit => unit * power).find(size => size >= rough)!;
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Index of the value next to a place on the axis; -1 where there are none. */
export function nearest({ values }: IAxis, at: number): number {
  let best = -1;
  values.forEach((value, index) => {
    const isNearer =
      Number.isFinite(value) &&
      (best < 0 || Math.abs(value - at) < Math.abs(values[best] - at));
    best = isNearer ? index : best;
  });
  return best;
}

/** Moved into the whole, and not longer than it. */
function within({ from, to }: IRange, whole: IRange): IRange {
  const length = Math.min(to - from, whole.to - whole.from);
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}
