import { type IDecimal, scanDecimal, toDouble } from './decimal.js';

const TWO_32 = 2 ** 32;

const SPECIAL: Readonly<Record<string, number>> = {
  nan: NaN,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-infinity': -Infinity
};

/** What floating-point numbers are written to. */
export type FloatArray = Float32Array | Float64Array;

/** True for the white space of XML: blank, tab, line feed, carriage return. */
export function isBlank(byte: number): boolean {
  return byte === 32 || (byte <= 13 && (byte === 10 || byte === 9 || byte === 13));
}

/** The characters of these bytes, one each. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) {
    text += String.fromCharCode(bytes[at]);
  }
  return text;
}

/**
 * Reads a decimal number, `NaN` or `±Inf` and stores exactly what `Number(text)` is.
 *
 * @param bytes - holds the text, without blanks around it
 * @param start - first byte
 * @param end - behind the last byte
 * @param out - where the number goes
 * @param index - its place there
 * @returns false if the text is no such number; what is stored then means nothing
 */
export function readFloat(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: FloatArray,
  index: number
): boolean {
  const stop = readDecimal(bytes, start, end, out, index);
  return stop === end || (stop < 0 && readSpecial(bytes, start, end, out, index));
}

const decimal: IDecimal = {
  high: 0,
  low: 0,
  lowDigits: 0,
  digits: 0,
  fraction: 0,
  isShort: true
};

/**
 * Reads the decimal number that begins here and stores exactly what `Number(text)` is.
 *
 * @returns behind the number; −1, with nothing stored, if there is none
 */
export function readDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: FloatArray,
  index: number
): number {
  const negative = bytes[start] === 45;
  const first = negative || bytes[start] === 43 ? start + 1 : start;
  const middle = scanDecimal(bytes, first, end, decimal);
  if (decimal.digits === 0) {
    return -1;
  }
  const stop = exponentEnd(bytes, middle, end);
  const power = stop === middle ? 0 : readExponent(bytes, middle + 1, stop);
  const value = decimal.isShort ? toDouble(decimal, power - decimal.fraction) : NaN;
  if (Number.isNaN(value)) {
    out[index] = Number(latin1(bytes, start, stop));
  } else {
    out[index] = negative ? -value : value;
  }
  return stop;
}

/**
 * Reads an integer, decimal or `0x…`; a decimal fraction of zero is tolerated.
 *
 * @returns NaN if the text is no integer, or one of more than 15 digits
 */
export function readInteger(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === 45;
  const first = negative || bytes[start] === 43 ? start + 1 : start;
  if (first >= end || end - first > 15) {
    return readWholeFloat(bytes, start, end);
  }
  let value = 0;
  for (let at = first; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) {
      return isHex(bytes, first, end)
        ? readHex(bytes, first + 2, end, negative)
        : readWholeFloat(bytes, start, end);
    }
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}

/**
 * Reads a 64-bit integer, decimal or `0x…`, without loss.
 *
 * @param out - where the number goes
 * @param words - the same memory as 32-bit words, low word first
 * @param index - its place in `out`
 * @returns false if the text is no integer of 64 bits
 */
export function readLong(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: BigInt64Array,
  words: Int32Array,
  index: number
): boolean {
  const value = readInteger(bytes, start, end);
  if (Number.isSafeInteger(value)) {
    storeSafe(value, words, index);
    return true;
  }
  const match = /^([+-]?)(0[xX][0-9a-fA-F]{1,16}|\d{1,19})$/.exec(
    latin1(bytes, start, Math.min(end, start + 32))
  );
  if (match === null || end - start > 32) {
    return false;
  }
  const hex = match[2].length > 1 && /[xX]/.test(match[2][1]);
  const magnitude = BigInt(match[2]);
  const exact = match[1] === '-' ? -magnitude : magnitude;
  out[index] = exact;
  return hex || out[index] === exact;
}

/** Stores an integer of at most 53 bits as two words, without making a BigInt. */
function storeSafe(value: number, words: Int32Array, index: number): void {
  const high = Math.floor(value / TWO_32);
  words[index * 2] = value - high * TWO_32;
  words[index * 2 + 1] = high;
}

function readSpecial(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: FloatArray,
  index: number
): boolean {
  if (end - start > 9) {
    return false;
  }
  const value = SPECIAL[latin1(bytes, start, end).toLowerCase()];
  if (value === undefined) {
    return false;
  }
  out[index] = value;
  return true;
}

/** Behind the exponent that begins here with `e`, or `start` if none does. */
function exponentEnd(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || (bytes[start] | 32) !== 101) {
    return start;
  }
  const sign = bytes[start + 1];
  const first = sign === 45 || sign === 43 ? start + 2 : start + 1;
  const stop = digitsEnd(bytes, first, end);
  return stop > first ? stop : start;
}

/** The exponent between its `e` and its end. */
function readExponent(bytes: Uint8Array, start: number, end: number): number {
  const signed = bytes[start] === 45 || bytes[start] === 43;
  let value = 0;
  for (let at = signed ? start + 1 : start; at < end; at++) {
    value = Math.min(value * 10 + bytes[at] - 48, 100_000);
  }
  return bytes[start] === 45 ? -value : value;
}

/** Behind the digits that begin here, if any do. */
function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] >= 48 && bytes[at] <= 57) {
    at += 1;
  }
  return at;
}

/** Behind the integer that begins here: a sign, if there is one, and digits. */
export function integerEnd(bytes: Uint8Array, start: number, end: number): number {
  const signed = bytes[start] === 45 || bytes[start] === 43;
  return digitsEnd(bytes, signed ? start + 1 : start, end);
}

function isHex(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > 2 && bytes[start] === 48 && (bytes[start + 1] | 32) === 120;
}

function readHex(
  bytes: Uint8Array,
  start: number,
  end: number,
  negative: boolean
): number {
  const text = latin1(bytes, start, end);
  const value = /^[0-9a-f]+$/i.test(text) ? parseInt(text, 16) : NaN;
  return negative ? -value : value;
}

const scratch = new Float64Array(1);

/** Some services write `3.0` or `1e3` for integers; more than 2^53 would be a guess. */
function readWholeFloat(bytes: Uint8Array, start: number, end: number): number {
  const read = end - start <= 64 && readFloat(bytes, start, end, scratch, 0);
  return read && Number.isSafeInteger(scratch[0]) ? scratch[0] : NaN;
}
