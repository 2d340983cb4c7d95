import { quoteLiteral } from '../adql/index.js';
import { isoLiteral, parseTime, type DayEdge } from '../time.js';

import { numberLiteral, readNumber } from './numbers.js';
import { columnPlace, fieldOf, fieldsByKey } from './profile.js';
import type {
  Criterion,
  FormPlace,
  IFormField,
  IFormProfile,
  IRange,
  ISearchForm
} from './types.js';

/** Notes a problem; its null stands for the value that could not be read. */
export type Report = (field: FormPlace, message: string) => null;

/** What is asked of a column, its values as ADQL literals. */
export type ColumnTest =
  | {
      readonly type: 'values';
      readonly literals: readonly string[];
      readonly none: boolean;
    }
  | { readonly type: 'texts'; readonly texts: readonly string[] }
  | {
      readonly type: 'words';
      readonly words: readonly string[];
      readonly none: boolean;
    }
  | { readonly type: 'identifier'; readonly text: string }
  /** Begin and end of each day; the end is that of the next one. */
  | {
      readonly type: 'days';
      readonly days: readonly (readonly [string, string])[];
    }
  | {
      readonly type: 'range';
      readonly min: string | null;
      readonly max: string | null;
    };

/** A column with what is asked of it. */
export interface IColumnCriterion {
  readonly field: IFormField;
  readonly test: ColumnTest;
}

/** The filled criteria in the order of the profile; problems are reported. */
export function readCriteria(
  form: ISearchForm,
  profile: IFormProfile,
  report: Report
): readonly IColumnCriterion[] {
  const filled = Object.entries(form.columns).filter(([, value]) => isFilled(value));
  for (const [column] of filled) {
    if (!fieldOf(profile, column)) {
      report(columnPlace(column), `This service has no ${column}.`);
    }
  }
  const criteria = new Map(filled);
  return [...fieldsByKey(profile)].flatMap(([key, field]) => {
    const criterion = criteria.get(key);
    const test =
      criterion === undefined
        ? null
        : readTest(field, criterion, columnPlace(field.column), report);
    return test === null ? [] : [{ field, test }];
  });
}

/** True where a criterion leaves rows out. */
export function isFilled(criterion: Criterion): boolean {
  if (typeof criterion === 'string') {
    return criterion.trim() !== '';
  }
  return isRange(criterion)
    ? criterion.min.trim() !== '' || criterion.max.trim() !== ''
    : criterion.length > 0;
}

function isRange(criterion: Criterion): criterion is IRange {
  return typeof criterion === 'object' && 'min' in criterion;
}

function readTest(
  field: IFormField,
  criterion: Criterion,
  place: FormPlace,
  report: Report
): ColumnTest | null {
  if (hasNul(criterion)) {
    return report(place, 'The text has a character that cannot be searched for.');
  }
  if (isRange(criterion)) {
    return readRange(field, criterion, place, report);
  }
  return typeof criterion === 'string'
    ? readText(field, criterion.trim(), place, report)
    : readValues(field, criterion, place, report);
}

function readText(
  field: IFormField,
  text: string,
  place: FormPlace,
  report: Report
): ColumnTest | null {
  if (field.control === 'identifier') {
    return { type: 'identifier', text };
  }
  const items = splitList(text);
  if (items.length === 0) {
    return null;
  }
  if (field.control === 'words' && field.values === 'text') {
    return { type: 'words', words: items, none: false };
  }
  switch (field.values) {
    case 'text':
      return { type: 'texts', texts: items };
    case 'number':
      return readValues(field, items, place, report);
    case 'time':
      return readDays(field, items, place, report);
  }
}

/** A date is a day, or the night that begins on it; a moment is the day it lies in. */
function readDays(
  { noon = 0 }: IFormField,
  items: readonly string[],
  place: FormPlace,
  report: Report
): ColumnTest | null {
  const days: (readonly [string, string])[] = [];
  for (const item of items) {
    const moment = parseTime(item);
    if (moment === null) {
      return report(place, `\u2018${item}\u2019 is not a date. Type 2016-09-26.`);
    }
    const shift = noon / 24;
    const isDate = Number.isInteger(moment);
    const begin = (isDate ? moment : Math.floor(moment - shift)) + shift;
    days.push([isoLiteral(begin), isoLiteral(begin + 1)]);
  }
  return { type: 'days', days };
}

function readValues(
  field: IFormField,
  values: readonly (string | number | null)[],
  place: FormPlace,
  report: Report
): ColumnTest | null {
  const known = values.filter(value => value !== null);
  const none = known.length < values.length;
  if (field.control === 'words') {
    return { type: 'words', words: known.map(String), none };
  }
  const literals = known.map(value => literalOf(field, String(value), 'start'));
  const wrong = literals.indexOf(null);
  return wrong < 0
    ? { type: 'values', literals: literals.filter(item => item !== null), none }
    : report(place, notOfType(field, String(known[wrong])));
}

function readRange(
  field: IFormField,
  range: IRange,
  place: FormPlace,
  report: Report
): ColumnTest | null {
  const min = readLimit(field, range.min, 'start', place, report);
  const max = readLimit(field, range.max, 'end', place, report);
  if (min === undefined || max === undefined) {
    return null;
  }
  return isSwapped(field, range)
    ? report(place, 'The upper limit is below the lower one.')
    : { type: 'range', min, max };
}

/** A limit as a literal; null for none, undefined where it cannot be read. */
function readLimit(
  field: IFormField,
  typed: string,
  edge: DayEdge,
  place: FormPlace,
  report: Report
): string | null | undefined {
  const text = typed.trim();
  if (text === '') {
    return null;
  }
  const literal = literalOf(field, text, edge);
  if (literal === null) {
    report(place, notOfType(field, text));
  }
  return literal ?? undefined;
}

function isSwapped({ values }: IFormField, { min, max }: IRange): boolean {
  if (min.trim() === '' || max.trim() === '') {
    return false;
  }
  switch (values) {
    case 'number':
      return readNumber(max) < readNumber(min);
    case 'time':
      return (parseTime(max, 'end') ?? 0) < (parseTime(min) ?? 0);
    case 'text':
      return false;
  }
}

function literalOf({ values }: IFormField, text: string, edge: DayEdge): string | null {
  switch (values) {
    case 'number':
      return numberLiteral(text);
    case 'time': {
      const moment = parseTime(text, edge);
      return moment === null ? null : isoLiteral(moment);
    }
    case 'text':
      return quoteLiteral(text);
  }
}

function notOfType({ values }: IFormField, text: string): string {
  return values === 'time'
    ? `\u2018${text}\u2019 is not a time. Type 2016-09-26 03:04 (UTC) or an MJD.`
    : `\u2018${text}\u2019 is not a number.`;
}

/** NUL cannot be in an ADQL literal, nor in what most services read. */
function hasNul(criterion: Criterion): boolean {
  const texts = typeof criterion === 'string' ? [criterion] : Object.values(criterion);
  return texts.some(text => String(text).includes('\0'));
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
}
