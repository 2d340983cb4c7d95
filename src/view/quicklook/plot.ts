import type { IAxis, ISpectrum } from '../../model/quicklook/client.js';
import { type IRange, ticksOf } from '../../model/quicklook/spectrum.js';
import type { ISize } from '../../model/quicklook/viewport.js';
import { withMinus } from '../shared/format.js';

/** Room around the plot for axes, px. */
export const MARGINS = { left: 76, right: 16, top: 12, bottom: 44 };

/** Where values are on the plot. */
export interface IScale {
  /** Px of a value. */
  at(value: number): number;
  /** Value at px. */
  value(px: number): number;
}

/** A mark of an axis. */
export interface ITick {
  readonly at: number;
  readonly label: string;
}

/** Values from left to right, or from below to above. */
export function scaleOf({ from, to }: IRange, start: number, end: number): IScale {
  const length = to - from || 1;
  return {
    at: value => start + ((value - from) / length) * (end - start),
    value: px => from + ((px - start) / (end - start)) * length
  };
}

/** The scales of a plot of that size. */
export function scalesOf(
  x: IRange,
  y: IRange,
  { width, height }: ISize
): { readonly x: IScale; readonly y: IScale } {
  const { left, right, top, bottom } = MARGINS;
  return {
    x: scaleOf(x, left, width - right),
    y: scaleOf(y, height - bottom, top)
  };
}

/** A curve as an SVG path; it breaks where there is no value. */
export function pathOf(
  x: IAxis,
  y: IAxis,
  part: IRange,
  scales: { readonly x: IScale; readonly y: IScale }
): string {
  const room = part.to - part.from;
  let path = '';
  let isOpen = false;
  x.values.forEach((at, index) => {
    const value = y.values[index];
    const isIn = at >= part.from - room && at <= part.to + room;
    if (Number.isFinite(value) && isIn) {
      const place = `${round(scales.x.at(at))} ${round(scales.y.at(value))}`;
      path += `${isOpen ? 'L' : 'M'}${place}`;
      isOpen = true;
    } else {
      isOpen = false;
    }
  });
  return path;
}

/** Marks of an axis with as many digits as tell them apart. */
export function ticks(range: IRange, scale: IScale, count: number): ITick[] {
  const values = ticksOf(range, count);
  const step = values.length > 1 ? values[1] - values[0] : 0;
  return values.map(value => ({ at: scale.at(value), label: tickLabel(value, step) }));
}

/** Name and unit of an axis: `WAVE, nm`. */
export function axisLabel({ name, unit }: IAxis): string {
  return [name, unit].filter(word => word !== '').join(', ');
}

/** The part of a spectrum that has values. */
export function hasValues({ x, y }: ISpectrum): boolean {
  return y.some(({ values }) =>
    values.some((value, index) => Number.isFinite(value + x.values[index]))
  );
}

function tickLabel(value: number, step: number): string {
  const size = Math.max(Math.abs(value), Math.abs(step));
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) {
    return withMinus(String(Number(value.toPrecision(4))));
  }
  const decimals = step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return withMinus(String(Number(value.toFixed(decimals))));
}

function round(px: number): number {
  // An SVG with numbers beyond these is not drawn by some browsers.
  return Math.max(-1e5, Math.min(1e5, Math.round(px * 10) / 10));
}
