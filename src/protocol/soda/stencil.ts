import { orientPolygon } from '../polygon.js';
import type { IPosition } from '../position.js';
import type { ISodaOffer } from './offer.js';
import type { IStencilParameter, Stencil } from './types.js';

/** Decimals of degrees that are sent: a millionth of an arcsecond. */
const DECIMALS = 10;

/**
 * The one parameter that sends a stencil; null where the service has none for its shape.
 */
export function stencilParameter(
  { stencils }: Pick<ISodaOffer, 'stencils'>,
  stencil: Stencil
): readonly [name: string, value: string] | null {
  const parameter = stencils.get(stencil.kind);
  return parameter === undefined
    ? null
    : [parameter.name, stencilValue(parameter, stencil)];
}

/**
 * A stencil as SODA 1.0 §3.3 writes it: numbers parted by single blanks, for `POS` with the
 * word of the shape before them in upper case. Polygons go counter-clockwise seen from inside
 * the sphere (DALI 1.1 §3.3.7), in whatever order they were drawn.
 */
export function stencilValue({ isPos }: IStencilParameter, stencil: Stencil): string {
  const words = numbersOf(stencil).map(number);
  return [...(isPos ? [stencil.kind.toUpperCase()] : []), ...words].join(' ');
}

/** Limits of an interval in DALI's notation, infinite ones included. */
export function intervalValue(from: number, to: number): string {
  return `${number(from)} ${number(to)}`;
}

function numbersOf(stencil: Stencil): readonly number[] {
  switch (stencil.kind) {
    case 'circle':
      return [stencil.at.ra, stencil.at.dec, stencil.radius];
    case 'polygon':
      return turned(stencil.corners).flatMap(({ ra, dec }) => [ra, dec]);
    case 'range':
      return [...stencil.ra, ...stencil.dec];
  }
}

/** What is no polygon stays as it is: the service says what is wrong with it. */
function turned(corners: readonly IPosition[]): readonly IPosition[] {
  const read = orientPolygon(corners);
  return 'corners' in read ? read.corners : corners;
}

/** Degrees without noise behind the last decimal; wavelengths keep all their digits. */
function number(value: number): string {
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  const isSmall = Math.abs(value) < 1e-3;
  return String(
    isSmall ? Number(value.toPrecision(12)) : Number(value.toFixed(DECIMALS))
  );
}
