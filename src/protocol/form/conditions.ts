import { formatNumber, quoteLiteral } from '../adql/index.js';
import { isoLiteral } from '../time.js';

import type { IColumnCriterion } from './criteria.js';
import { buildInside } from './geometry.js';
import { columnPlace } from './profile.js';
import { wavelengthLiteral } from './wavelengths.js';
import type { ICondition, IConstraints, IInterval, Names } from './terms.js';
import type { FormPlace, IFormContext, IFormProfile } from './types.js';

/** Conditions in the order of the form: where, when, which light, then the columns. */
export function buildConditions(
  constraints: IConstraints,
  profile: IFormProfile,
  names: Names,
  context: IFormContext
): readonly ICondition[] {
  const { time, wavelength, columns } = constraints;
  return [
    ...buildInside(constraints, profile, names, context),
    ...overlapTime(time, profile, names),
    ...overlapWavelength(wavelength, profile, names),
    ...columns.flatMap(criterion => testColumn(criterion, names))
  ];
}

function overlapTime(
  wanted: IInterval,
  { time }: IFormProfile,
  names: Names
): readonly ICondition[] {
  if (time === null) {
    return [];
  }
  const literal = time.as === 'mjd' ? formatNumber : isoLiteral;
  return overlap(wanted, time, ['from', 'until'], literal, names);
}

function overlapWavelength(
  wanted: IInterval,
  { spectral }: IFormProfile,
  names: Names
): readonly ICondition[] {
  if (spectral === null) {
    return [];
  }
  const literal = (metre: number) => wavelengthLiteral(metre, spectral.unit);
  return overlap(wanted, spectral, ['wavelengthFrom', 'wavelengthTo'], literal, names);
}

/** Rows whose interval shares at least a point with the wanted one. */
function overlap(
  wanted: IInterval,
  { min, max }: { readonly min: string; readonly max: string },
  [from, to]: readonly [FormPlace, FormPlace],
  literal: (value: number) => string,
  names: Names
): readonly ICondition[] {
  return [
    ...(wanted.min === null
      ? []
      : [
          {
            place: from,
            columns: [max],
            adql: `${names(max)} >= ${literal(wanted.min)}`
          }
        ]),
    ...(wanted.max === null
      ? []
      : [
          { place: to, columns: [min], adql: `${names(min)} <= ${literal(wanted.max)}` }
        ])
  ];
}

function testColumn(
  { field, test }: IColumnCriterion,
  names: Names
): readonly ICondition[] {
  const name = names(field.column);
  const of = (adql: string, ...others: string[]): ICondition => ({
    place: columnPlace(field.column),
    columns: [field.column, ...others],
    adql
  });
  switch (test.type) {
    case 'values':
      return [of(anyOf([...equal(test.literals, name), ...isNull(test.none, name)]))];
    case 'texts':
      return [of(anyOf(matches(test.texts, name)))];
    case 'words':
      return [of(anyOf([...hasWord(test.words, name), ...isNull(test.none, name)]))];
    case 'identifier':
      return [identified(test.text, name, names, of)];
    case 'days':
      return inDays(test.days, name, of);
    case 'range':
      return [
        ...(test.min === null ? [] : [of(`${name} >= ${test.min}`)]),
        ...(test.max === null ? [] : [of(`${name} <= ${test.max}`)])
      ];
  }
}

function inDays(
  days: readonly (readonly [string, string])[],
  name: string,
  of: (adql: string) => ICondition
): readonly ICondition[] {
  const bounds = days.map(([begin, end]) => [
    `${name} >= ${begin}`,
    `${name} < ${end}`
  ]);
  return bounds.length === 1
    ? bounds[0].map(of)
    : [of(anyOf(bounds.map(pair => `(${pair.join(' AND ')})`)))];
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions[0] : `(${conditions.join(' OR ')})`;
}

function isNull(wanted: boolean, column: string): readonly string[] {
  return wanted ? [`${column} IS NULL`] : [];
}

function equal(literals: readonly string[], column: string): readonly string[] {
  switch (literals.length) {
    case 0:
      return [];
    case 1:
      return [`${column} = ${literals[0]}`];
    default:
      return [`${column} IN (${literals.join(', ')})`];
  }
}

/** Equal, or LIKE when a wildcard was typed; `_` alone is too common in names to be one. */
function matches(texts: readonly string[], column: string): readonly string[] {
  const isPattern = (text: string) => /[%*]/.test(text);
  const exact = texts.filter(text => !isPattern(text)).map(quoteLiteral);
  const patterns = texts
    .filter(isPattern)
    .map(text => `${column} LIKE ${quoteLiteral(text.replaceAll('*', '%'))}`);
  return [...equal(exact, column), ...patterns];
}

/** A word of a comma-separated list: alone, first, last, or between others. */
function hasWord(words: readonly string[], column: string): readonly string[] {
  const within = words.flatMap(word =>
    [`${word},%`, `%,${word}`, `%,${word},%`].map(
      pattern => `${column} LIKE ${quoteLiteral(pattern)}`
    )
  );
  return [...equal(words.map(quoteLiteral), column), ...within];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Rubin's file identifiers are the UUID at the end of a longer one, also in the address. */
function identified(
  text: string,
  name: string,
  names: Names,
  of: (adql: string, ...others: string[]) => ICondition
): ICondition {
  const whole = `${name} = ${quoteLiteral(text)}`;
  return UUID.test(text)
    ? of(
        `(${whole} OR ${names('access_url')} LIKE ${quoteLiteral(`%${text}%`)})`,
        'access_url'
      )
    : of(whole);
}
