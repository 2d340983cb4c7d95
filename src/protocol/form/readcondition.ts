import { typedTime, parseTime } from '../time.js';
import { wavelengthTyped } from './wavelengths.js';

import { columnKey, fieldOf } from './profile.js';
import type { IPlainToken } from './tokens.js';
import type {
  Criterion,
  IFormField,
  IFormProfile,
  IRange,
  ISearchForm
} from './types.js';

/** What of a form was read so far. */
export interface IFormParts {
  readonly fields: Partial<ISearchForm>;
  readonly columns: Readonly<Record<string, Criterion>>;
}

type Tokens = readonly IPlainToken[];

/**
 * Take one condition into a form. It is read as the form would write it, and no more
 * carefully than that: the caller compares what the form makes of it.
 *
 * @param parts - what earlier conditions gave
 * @returns null for a condition that no form writes
 */
export function readCondition(
  tokens: Tokens,
  profile: IFormProfile,
  parts: IFormParts
): IFormParts | null {
  const column = tokens.find(({ text }) => text !== '(');
  if (column?.kind === 'word' && ['contains', 'intersects'].includes(column.text)) {
    return readShape(tokens, parts);
  }
  if (!column || (column.kind !== 'word' && column.kind !== 'delimited')) {
    return null;
  }
  const [, sign, value] = tokens;
  const axis =
    tokens.length === 3 ? readAxis(column, sign, value, profile, parts) : null;
  if (axis) {
    return axis;
  }
  const field = fieldOf(profile, column.written);
  const criterion = field && readCriterion(field, tokens, parts.columns[column.text]);
  return criterion === undefined || criterion === null
    ? null
    : {
        ...parts,
        columns: { ...parts.columns, [columnKey(column.written)]: criterion }
      };
}

/** The numbers in the brackets of the first shape; another one only repeats it. */
function readShape(tokens: Tokens, parts: IFormParts): IFormParts | null {
  const start = tokens.findIndex(({ text }) => ['circle', 'polygon'].includes(text));
  const end = tokens.findIndex(({ text }, index) => index > start && text === ')');
  const numbers = tokens
    .slice(start, end)
    .filter(({ kind }) => kind === 'number')
    .map(({ text }) => text);
  if (start < 0) {
    return null;
  }
  if (tokens[start].text === 'circle') {
    const [ra, dec, radius] = numbers;
    const fields = { position: `${ra} ${dec}`, radius, radiusUnit: 'deg' as const };
    return numbers.length === 3
      ? { ...parts, fields: { ...parts.fields, ...fields } }
      : null;
  }
  const corners = numbers.flatMap((ra, index) =>
    index % 2 === 0 ? [`${ra} ${numbers[index + 1]}`] : []
  );
  return { ...parts, fields: { ...parts.fields, polygon: corners.join(', ') } };
}

/** Limits of time and wavelength, each of which a form has once. */
function readAxis(
  { written }: IPlainToken,
  { text: sign }: IPlainToken,
  value: IPlainToken,
  { time, spectral }: IFormProfile,
  parts: IFormParts
): IFormParts | null {
  const is = (column: string | undefined): boolean =>
    column !== undefined && columnKey(column) === columnKey(written);
  const put = (field: keyof ISearchForm, text: string): IFormParts | null =>
    field in parts.fields
      ? null
      : { ...parts, fields: { ...parts.fields, [field]: text } };
  if (is(time?.max) && sign === '>=') {
    return put('from', timeTyped(value, 'start'));
  }
  if (is(time?.min) && sign === '<=') {
    return put('until', timeTyped(value, 'end'));
  }
  if (spectral && is(spectral.max) && sign === '>=') {
    return put('wavelengthFrom', wavelengthTyped(Number(value.text), spectral.unit));
  }
  if (spectral && is(spectral.min) && sign === '<=') {
    return put('wavelengthTo', wavelengthTyped(Number(value.text), spectral.unit));
  }
  return null;
}

function timeTyped(value: IPlainToken, edge: 'start' | 'end'): string {
  const text = plainValue(value);
  const mjd = value.kind === 'number' ? Number(text) : parseTime(text);
  return mjd === null ? text : typedTime(mjd, edge);
}

function readCriterion(
  field: IFormField,
  tokens: Tokens,
  before: Criterion | undefined
): Criterion | null {
  const [, sign, value] = tokens;
  if (tokens.length === 3 && ['>=', '<=', '<'].includes(sign.text)) {
    return readLimit(field, sign.text, value, before);
  }
  if (before !== undefined) {
    return null;
  }
  if (field.values === 'time' && field.control === 'text') {
    return readDays(tokens);
  }
  return field.control === 'identifier' ? plainValue(value) : readTexts(field, tokens);
}

function readLimit(
  field: IFormField,
  sign: string,
  value: IPlainToken,
  before: Criterion | undefined
): Criterion | null {
  if (field.values === 'time' && field.control === 'text') {
    // The end of the day follows from its beginning.
    return sign === '<' && before !== undefined
      ? before
      : plainValue(value).slice(0, 10);
  }
  const edge = sign === '<=' ? 'end' : 'start';
  const text = field.values === 'time' ? timeTyped(value, edge) : plainValue(value);
  const range = isRange(before) ? before : { min: '', max: '' };
  return edge === 'end' ? { ...range, max: text } : { ...range, min: text };
}

/** The beginnings of several days. */
function readDays(tokens: Tokens): string {
  return tokens
    .filter(({ kind }, index) => kind === 'string' && tokens[index - 1].text === '>=')
    .map(token => plainValue(token).slice(0, 10))
    .join(', ');
}

/**
 * Values of `=`, `IN`, `LIKE` and `IS NULL`, as a text where one is typed and as a list
 * where they are ticked, or where the text would be read otherwise.
 */
function readTexts(field: IFormField, tokens: Tokens): Criterion | null {
  const patterns = tokens.some(({ text }) => text === 'like');
  const isWords = field.control === 'words';
  const values = tokens
    .filter(({ kind }) => kind === 'string' || kind === 'number')
    .filter((_, index, all) => !isWords || index < all.length / WORD_FORMS)
    .map(token => (field.values === 'number' ? numberOf(token) : plainValue(token)));
  const list = [
    ...values,
    ...(tokens.some(({ text }) => text === 'null') ? [null] : [])
  ];
  const typed = values.join(', ');
  const isTypable = values.every(value =>
    /^[^\s,](?:[^,]*[^\s,])?$/.test(String(value))
  );
  const hasWildcard = /[%*]/.test(typed);
  const isText = field.control === 'text' || (patterns && !isWords);
  return isText &&
    isTypable &&
    list.length === values.length &&
    hasWildcard === patterns
    ? typed
    : list;
}

/** A word is looked for alone, first, last and in between. */
const WORD_FORMS = 4;

function numberOf({ text }: IPlainToken): string | number {
  const value = Number(text);
  return Number.isSafeInteger(value) || !Number.isInteger(value) ? value : text;
}

function plainValue({ kind, text }: IPlainToken): string {
  return kind === 'string' ? text.slice(1, -1).replaceAll("''", "'") : text;
}

function isRange(criterion: Criterion | undefined): criterion is IRange {
  return typeof criterion === 'object' && 'min' in criterion;
}
