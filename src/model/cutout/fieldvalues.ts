import { intervalValue } from '../../protocol/soda/stencil.js';
import { findSpectralUnit, formatSpectral, toMetre } from '../../protocol/spectral.js';
import { mjdToIso, parseTime } from '../../protocol/time.js';
import { parseNumber } from './numbers.js';
import type { IFieldValue, IServiceField } from './fields.js';

/** What a field stands for: the values to send (none: leave it out), or why there are none. */
export type FieldReading =
  { readonly values: readonly string[] } | { readonly problem: string };

/** Read what was entered into a field. */
export function readField(field: IServiceField, value: IFieldValue): FieldReading {
  return READERS[field.kind](field, value);
}

type Reader = (field: IServiceField, value: IFieldValue) => FieldReading;

const READERS: Readonly<Record<IServiceField['kind'], Reader>> = {
  text: (_field, { text }) => sent(text.trim()),
  choice: (_field, { text }) => sent(text),
  choices: (_field, { chosen }) => ({ values: chosen }),
  number: readNumber,
  numbers: readNumbers,
  interval: (field, value) => readLimits(field, value, text => parseNumber(text)),
  band: readBand,
  time: (field, value) => readLimits(field, value, parseTime)
};

function sent(text: string): FieldReading {
  return { values: text === '' ? [] : [text] };
}

function readNumber(field: IServiceField, { text }: IFieldValue): FieldReading {
  if (text.trim() === '') {
    return { values: [] };
  }
  const number = parseNumber(text);
  const [min, max] = field.range;
  const problem = whyNot(field, number);
  if (problem !== null) {
    return { problem };
  }
  return Number(number) < min || Number(number) > max
    ? { problem: `${field.name} must be ${limitsIn(field)}.` }
    : { values: [String(number)] };
}

function readNumbers(field: IServiceField, { text }: IFieldValue): FieldReading {
  const words = text.split(/[\s,;]+/).filter(word => word !== '');
  const numbers = words.map(parseNumber);
  const problem = numbers
    .map(number => whyNot(field, number))
    .find(why => why !== null);
  if (problem) {
    return { problem };
  }
  return field.count !== null && words.length > 0 && words.length !== field.count
    ? { problem: `${field.name} takes ${field.count} numbers.` }
    : sent(numbers.join(' '));
}

function whyNot(
  { name, isWhole }: IServiceField,
  number: number | null
): string | null {
  if (number === null || !Number.isFinite(number)) {
    return `${name} must be a number, with a dot as decimal sign.`;
  }
  return isWhole && !Number.isInteger(number)
    ? `${name} must be a whole number.`
    : null;
}

/** Limits in the unit of the parameter; one that is empty is none (DALI 1.1 §3.3.4). */
function readLimits(
  field: IServiceField,
  value: IFieldValue,
  read: (text: string, edge: 'start' | 'end') => number | null
): FieldReading {
  const isOpen = [value.text, value.until].map(text => text.trim() === '');
  if (isOpen[0] && isOpen[1]) {
    return { values: [] };
  }
  const from = isOpen[0] ? openLimit(field, 0) : read(value.text, 'start');
  const until = isOpen[1] ? openLimit(field, 1) : read(value.until, 'end');
  if (from === null || until === null) {
    return { problem: `${field.name} must have ${WANTED[field.kind] ?? 'numbers'}.` };
  }
  return checkLimits(field, from, until);
}

const WANTED: Readonly<Record<string, string>> = {
  time: 'ISO times or MJDs as limits'
};

/** Whole numbers have no infinity, so that what the service names has to do. */
function openLimit({ isWhole, range }: IServiceField, side: 0 | 1): number | null {
  const open = side === 0 ? -Infinity : Infinity;
  return isWhole ? (Number.isFinite(range[side]) ? range[side] : null) : open;
}

function checkLimits(field: IServiceField, from: number, until: number): FieldReading {
  const { name, isWhole, range } = field;
  if (from > until) {
    return { problem: `${name}: the second limit is below the first.` };
  }
  if (isWhole && !(Number.isInteger(from) && Number.isInteger(until))) {
    return { problem: `${name} must have whole numbers.` };
  }
  if (until < range[0] || from > range[1]) {
    return { problem: `${name} is outside the data, which have ${limitsIn(field)}.` };
  }
  return { values: [intervalValue(from, until)] };
}

/** BAND is in metres of vacuum wavelength (SODA 1.0 §3.3.5); large frequencies are short. */
function readBand(field: IServiceField, value: IFieldValue): FieldReading {
  const unit = findSpectralUnit(value.unit);
  if (unit === null) {
    return { problem: `${value.unit} is no spectral unit.` };
  }
  const isReversed = unit.quantity !== 'wavelength';
  const swapped = { ...value, text: value.until, until: value.text };
  return readLimits(field, isReversed ? swapped : value, text => {
    const number = parseNumber(text);
    return number === null || number < 0 ? null : toMetre(number, unit);
  });
}

/** The limits of a field in words: “between 2 and 32”, “at least 1 deg”. */
export function limitsIn(field: IServiceField): string {
  const [min, max] = field.range;
  const [low, high] = [min, max].map(limit => limitText(field, limit));
  if (Number.isFinite(min) && Number.isFinite(max)) {
    return `between ${low} and ${high}`;
  }
  return Number.isFinite(min) ? `at least ${low}` : `at most ${high}`;
}

/** One limit of a field as a person reads it. */
export function limitText({ kind, unit }: IServiceField, limit: number): string {
  if (kind === 'band') {
    return formatSpectral(limit);
  }
  const text = kind === 'time' ? mjdToIso(limit) : String(Number(limit.toPrecision(7)));
  return kind === 'time' || unit === '' ? text : `${text} ${unit}`;
}
