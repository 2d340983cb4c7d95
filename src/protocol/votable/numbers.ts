/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** One more digit behind a mantissa up to this keeps it below 2^53, thus exact. */
const MAX_MANTISSA = 900_719_925_474_098;

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
 * @returns false, with nothing stored, if the text is no such number
 */
export function readFloat(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: FloatArray,
  index: number
): boolean {
  const negative = bytes[start] === 45;
  const first = negative || bytes[start] === 43 ? start + 1 : start;
  const { at, digits, fraction, mantissa, isExact } = scanDecimal(bytes, first, end);
  if (digits === 0) {
    return readSpecial(bytes, start, end, out, index);
  }
  const power = at === end ? 0 : readExponent(bytes, at, end);
  if (Number.isNaN(power)) {
    return false;
  }
  const scale = power - fraction;
  if (isExact && scale >= -22 && scale <= 22) {
    // Both operands are exact, so the one rounding of IEEE 754 is the right one.
    const value = scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
    out[index] = negative ? -value : value;
  } else {
    out[index] = Number(latin1(bytes, start, end));
  }
  return true;
}

/** What `scanDecimal` found. One object for all, because there are millions of calls. */
const decimal = { at: 0, digits: 0, fraction: 0, mantissa: 0, isExact: true };

/**
 * Reads digits with at most one point between: how many there are, how many behind
 * the point, their value without the point and whether that is exact, and where they
 * end.
 */
function scanDecimal(bytes: Uint8Array, start: number, end: number): typeof decimal {
  let mantissa = 0;
  let isExact = true;
  let point = -1;
  let at = start;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) {
      isExact = isExact && mantissa <= MAX_MANTISSA;
      mantissa = isExact ? mantissa * 10 + digit : mantissa;
    } else if (digit === -2 && point < 0) {
      point = at;
    } else {
      break;
    }
  }
  decimal.at = at;
  decimal.digits = at - start - (point < 0 ? 0 : 1);
  decimal.fraction = point < 0 ? 0 : at - point - 1;
  decimal.mantissa = mantissa;
  decimal.isExact = isExact;
  return decimal;
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

/** The exponent that begins here with `e`, or NaN if something else does. */
function readExponent(bytes: Uint8Array, start: number, end: number): number {
  if ((bytes[start] | 32) !== 101) {
    return NaN;
  }
  const signed = bytes[start + 1] === 45 || bytes[start + 1] === 43;
  const first = signed ? start + 2 : start + 1;
  let value = first < end ? 0 : NaN;
  for (let at = first; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) {
      return NaN;
    }
    value = Math.min(value * 10 + digit, 100_000);
  }
  return bytes[start + 1] === 45 ? -value : value;
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
