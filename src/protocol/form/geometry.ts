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
 * {@link touching}, and by its centre a row without an outline, as spectra often are: the
 * service finds no such row by INTERSECTS.
 */
function within(
  place: FormPlace,
  shape: string,
  profile: IFormProfile,
  names: Names,
  context: IFormContext
): readonly ICondition[] {
  const { position } = profile;
  return touching(place, shape, profile, names, context).map(condition => {
    const { ra, dec, region } = position ?? {};
    const [column] = condition.columns;
    if (!ra || !dec || column !== region || !hasCentre(context, ra, dec)) {
      return condition;
    }
    const centre = isCentre(ra, dec, shape, names);
    const adql = `(${condition.adql} OR (${names(column)} IS NULL AND ${centre}))`;
    return { place, columns: [column, ra, dec], adql };
  });
}

/**
 * The outline where the table has one and the service can intersect it, otherwise the
 * centre: some services have no INTERSECTS and refuse the whole query. Only one of them,
 * so that a service can join many shapes by its index; with both it compares all with all.
 */
export function touching(
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
  if (region !== null && geometry?.has('INTERSECTS') && has(columns, region)) {
    const adql = `INTERSECTS(${names(region)}, ${shape}) = 1`;
    return [{ place, columns: [region], adql }];
  }
  return [{ place, columns: [ra, dec], adql: isCentre(ra, dec, shape, names) }];
}

function isCentre(ra: string, dec: string, shape: string, names: Names): string {
  return `CONTAINS(POINT('ICRS', ${names(ra)}, ${names(dec)}), ${shape}) = 1`;
}

function hasCentre({ columns }: IFormContext, ra: string, dec: string): boolean {
  return has(columns, ra) && has(columns, dec);
}

function has(columns: readonly string[] | undefined, column: string): boolean {
  const wanted = column.toLowerCase();
  return columns?.some(name => name.toLowerCase() === wanted) ?? true;
}
