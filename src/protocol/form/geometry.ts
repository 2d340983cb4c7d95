import { formatNumber } from '../adql/index.js';
import type { IPosition } from '../position.js';

import type { ICondition, IConstraints, Names } from './terms.js';
import type { FormPlace, IFormContext, IFormProfile } from './types.js';

/** Rows inside the circle or the polygon. */
export function buildInside(
  { circle, polygon }: IConstraints,
  profile: IFormProfile,
  names: Names,
  context: IFormContext
): readonly ICondition[] {
  const shapes: readonly (readonly [FormPlace, string])[] = [
    ...(circle ? [['position', circleShape(circle)] as const] : []),
    ...(polygon ? [['polygon', polygonShape(polygon)] as const] : [])
  ];
  return shapes.flatMap(([place, shape]) =>
    within(place, shape, profile, names, context)
  );
}

/** ADQL 2.1 §4.2; the frame is `ICRS`, which every version of ADQL accepts. */
export function circleShape(circle: IPosition & { readonly radius: number }): string {
  const numbers = [circle.ra, circle.dec, circle.radius].map(formatNumber);
  return `CIRCLE('ICRS', ${numbers.join(', ')})`;
}

function polygonShape(corners: readonly IPosition[]): string {
  const numbers = corners.flatMap(({ ra, dec }) => [ra, dec]).map(formatNumber);
  return `POLYGON('ICRS', ${numbers.join(', ')})`;
}

/**
 * The outline where the table has one and the service can intersect it, otherwise the
 * centre: some services have no INTERSECTS and refuse the whole query. A row without an
 * outline, as spectra often are, is looked for by its centre, too: it would be missed.
 */
export function within(
  place: FormPlace,
  shape: string,
  { position }: IFormProfile,
  names: Names,
  { geometry, columns }: IFormContext
): readonly ICondition[] {
  if (position === null) {
    return [];
  }
  const { ra, dec, region } = position;
  const centre = `CONTAINS(POINT('ICRS', ${names(ra)}, ${names(dec)}), ${shape}) = 1`;
  if (region === null || !geometry?.has('INTERSECTS') || !has(columns, region)) {
    return [{ place, columns: [ra, dec], adql: centre }];
  }
  const outline = `INTERSECTS(${names(region)}, ${shape}) = 1`;
  if (!has(columns, ra) || !has(columns, dec)) {
    return [{ place, columns: [region], adql: outline }];
  }
  const adql = `(${outline} OR (${names(region)} IS NULL AND ${centre}))`;
  return [{ place, columns: [region, ra, dec], adql }];
}

function has(columns: readonly string[] | undefined, column: string): boolean {
  const wanted = column.toLowerCase();
  return columns?.some(name => name.toLowerCase() === wanted) ?? true;
}
