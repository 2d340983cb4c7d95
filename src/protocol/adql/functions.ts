import { geometryFunctions, type ITapCapability } from '../vosi.js';

/** A function as editors tell of it. */
export interface IAdqlFunction {
  readonly name: string;
  /** With its arguments: `POINT('ICRS', ra, dec)`. */
  readonly signature: string;
  readonly description: string;
  /** Defined by ADQL for geometry (ADQL 2.1 §4.2), by ADQL, or by the service. */
  readonly group: 'geometry' | 'standard' | 'service';
}

/** Geometry functions with arguments and meaning; angles are degrees (ADQL 2.1 §4.2). */
const GEOMETRY: readonly (readonly [string, string, string])[] = [
  [
    'POINT',
    "'ICRS', ra, dec",
    'A position; right ascension and declination in degrees.'
  ],
  ['CIRCLE', "'ICRS', ra, dec, radius", 'A cone; all numbers in degrees.'],
  [
    'POLYGON',
    "'ICRS', ra1, dec1, ra2, dec2, ra3, dec3",
    'A region within great circles between its corners, in degrees.'
  ],
  ['BOX', "'ICRS', ra, dec, width, height", 'Deprecated; a POLYGON does the same.'],
  ['REGION', "'CIRCLE ICRS 10 20 0.5'", 'A region written in the service’s own way.'],
  ['CONTAINS', 'inner, outer', '1 if the first lies within the second, else 0.'],
  ['INTERSECTS', 'region1, region2', '1 if the two overlap, else 0.'],
  ['DISTANCE', 'point1, point2', 'Angle between two positions in degrees.'],
  ['AREA', 'region', 'Area of a region in square degrees.'],
  ['CENTROID', 'region', 'The middle of a region.'],
  ['COORD1', 'point', 'Right ascension, or longitude, in degrees.'],
  ['COORD2', 'point', 'Declination, or latitude, in degrees.'],
  ['COORDSYS', 'region', 'Deprecated; the coordinate frame of a region.']
];

/** Other functions of ADQL (ADQL 2.1 §2.3 and §4), and the aggregates of SQL. */
const STANDARD: readonly (readonly [string, string, string])[] = [
  ['COUNT', '*', 'Number of rows.'],
  ['MIN', 'x', 'Smallest value.'],
  ['MAX', 'x', 'Largest value.'],
  ['AVG', 'x', 'Mean value.'],
  ['SUM', 'x', 'Sum of all values.'],
  ['ABS', 'x', 'Absolute value.'],
  ['CEILING', 'x', 'Next whole number upwards.'],
  ['FLOOR', 'x', 'Next whole number downwards.'],
  ['ROUND', 'x, digits', 'Rounded to so many digits.'],
  ['TRUNCATE', 'x, digits', 'Cut off after so many digits.'],
  ['MOD', 'x, y', 'Remainder of x divided by y.'],
  ['POWER', 'x, y', 'x to the power of y.'],
  ['SQRT', 'x', 'Square root.'],
  ['EXP', 'x', 'Exponential function.'],
  ['LOG', 'x', 'Natural logarithm.'],
  ['LOG10', 'x', 'Logarithm to base 10.'],
  ['PI', '', 'The number π.'],
  ['RAND', '', 'A random number between 0 and 1.'],
  ['DEGREES', 'x', 'Radians to degrees.'],
  ['RADIANS', 'x', 'Degrees to radians.'],
  ['SIN', 'x', 'Sine of an angle in radians.'],
  ['COS', 'x', 'Cosine of an angle in radians.'],
  ['TAN', 'x', 'Tangent of an angle in radians.'],
  ['COT', 'x', 'Cotangent of an angle in radians.'],
  ['ASIN', 'x', 'Arc sine in radians.'],
  ['ACOS', 'x', 'Arc cosine in radians.'],
  ['ATAN', 'x', 'Arc tangent in radians.'],
  ['ATAN2', 'y, x', 'Angle of a direction in radians.'],
  ['LOWER', 'text', 'Text in lower case.'],
  ['UPPER', 'text', 'Text in upper case.'],
  ['COALESCE', 'x, y', 'The first value that is there.'],
  ['CAST', 'x AS type', 'Value as another type.'],
  ['IN_UNIT', "x, 'unit'", 'Value in another unit.']
];

/** Functions that ADQL defines for geometry, in upper case. */
export const GEOMETRY_NAMES: ReadonlySet<string> = new Set(
  GEOMETRY.map(([name]) => name)
);

/** Functions that every service has to know, in upper case. */
export const STANDARD_NAMES: ReadonlySet<string> = new Set(
  STANDARD.map(([name]) => name)
);

/**
 * The functions of a service: the geometry it lists (all, where it lists none), those of
 * ADQL, and its own, the last ones with the signatures it gives.
 */
export function functionsOf(
  capability: ITapCapability | null
): readonly IAdqlFunction[] {
  if (capability === null) {
    return ANY;
  }
  let functions = FUNCTIONS.get(capability);
  if (functions === undefined) {
    functions = list(capability);
    FUNCTIONS.set(capability, functions);
  }
  return functions;
}

/** Functions of the service's own: signature by name in upper case. */
export function ownFunctions(capability: ITapCapability): ReadonlyMap<string, string> {
  const forms = capability.languages
    .flatMap(language => language.features)
    .filter(({ type }) => /#features-udf$/i.test(type))
    .flatMap(group => group.forms);
  return new Map(forms.map(form => [form.split('(')[0].trim().toUpperCase(), form]));
}

function list(capability: ITapCapability): IAdqlFunction[] {
  const geometry = geometryFunctions(capability);
  const own = [...ownFunctions(capability).values()].map(signature => ({
    name: signature.split('(')[0].trim(),
    signature,
    description: '',
    group: 'service' as const
  }));
  return [
    ...GEOMETRY.filter(([name]) => geometry.size === 0 || geometry.has(name)).map(
      described('geometry')
    ),
    ...own,
    ...STANDARD.map(described('standard'))
  ];
}

function described(
  group: IAdqlFunction['group']
): (row: readonly [string, string, string]) => IAdqlFunction {
  return ([name, args, description]) => ({
    name,
    signature: `${name}(${args})`,
    description,
    group
  });
}

const ANY = [
  ...GEOMETRY.map(described('geometry')),
  ...STANDARD.map(described('standard'))
];

const FUNCTIONS = new WeakMap<ITapCapability, readonly IAdqlFunction[]>();
