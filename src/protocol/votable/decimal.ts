/** Powers of ten that a double holds exactly. */
const EXACT_POWERS = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** Powers of ten beyond these are left to the platform. */
const MAX_POWER = 64;

/** Digits behind the ninth that are read; together they stay exact in two doubles. */
const LOW_DIGITS = 9;

/** A first part below this takes one more digit and still fits 30 bits. */
const HIGH_LIMIT = 100_000_000;

/** Splits a double in two halves of 26 bits each (Dekker, Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

/** Far more than the error of the product below (2^-102), far less than half a digit. */
const MARGIN = 2 ** -94;

/** 10^n as the sum of two doubles; the first one also in two halves. */
const SUMS = Array.from({ length: 2 * MAX_POWER + 1 }, (_, n) =>
  powerOfTen(n - MAX_POWER)
);
const POWER = Float64Array.from(SUMS, ([high]) => high);
const POWER_REST = Float64Array.from(SUMS, ([, low]) => low);
const POWER_TOP = POWER.map(topHalf);
const POWER_BOTTOM = POWER.map((value, index) => value - POWER_TOP[index]);

/** What `scanDecimal` found. One object for all, because there are millions of calls. */
export interface IDecimal {
  /** The first nine digits that count, as an integer. */
  high: number;
  /** The digits behind them, as an integer, and how many they are. */
  low: number;
  lowDigits: number;
  /** Digits in all, and those behind the point. */
  digits: number;
  fraction: number;
  /** False where there are more digits than `high` and `low` hold. */
  isShort: boolean;
}

/**
 * Reads digits with at most one point between.
 *
 * @returns where they end
 */
export function scanDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
  found: IDecimal
): number {
  let high = 0;
  let low = 0;
  let lowDigits = 0;
  let point = -1;
  let at = start;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) {
      if (high < HIGH_LIMIT) {
        high = high * 10 + digit;
      } else {
        low = lowDigits < LOW_DIGITS ? low * 10 + digit : low;
        lowDigits += 1;
      }
    } else if (digit === -2 && point < 0) {
      point = at;
    } else {
      break;
    }
  }
  found.high = high;
  found.low = low;
  found.lowDigits = lowDigits;
  found.digits = at - start - (point < 0 ? 0 : 1);
  found.fraction = point < 0 ? 0 : at - point - 1;
  found.isShort = lowDigits <= LOW_DIGITS;
  return at;
}

/**
 * The double nearest to these digits × 10^power.
 *
 * @returns NaN where that cannot be told for certain in double arithmetic
 */
export function toDouble({ high, low, lowDigits }: IDecimal, power: number): number {
  // Exact: `high` takes 30 bits and the odd part of 10^9, which is 5^9, takes 21.
  const shifted = high * EXACT_POWERS[lowDigits];
  const mantissa = shifted + low;
  const rest = low - (mantissa - shifted);
  if (rest === 0 && power >= -22 && power <= 22) {
    // Both operands are exact, so the one rounding of IEEE 754 is the right one.
    return power < 0 ? mantissa / EXACT_POWERS[-power] : mantissa * EXACT_POWERS[power];
  }
  if (mantissa === 0) {
    return 0;
  }
  return power < -MAX_POWER || power > MAX_POWER ? NaN : product(mantissa, rest, power);
}

/**
 * (mantissa + rest) × 10^power in twice the precision of a double. The rounding is
 * right if it stays the same when the product is off by more than it can be.
 */
function product(mantissa: number, rest: number, power: number): number {
  const index = power + MAX_POWER;
  const top = topHalf(mantissa);
  const bottom = mantissa - top;
  const main = mantissa * POWER[index];
  const exactRest =
    top * POWER_TOP[index] -
    main +
    top * POWER_BOTTOM[index] +
    bottom * POWER_TOP[index] +
    bottom * POWER_BOTTOM[index];
  const error = exactRest + (mantissa * POWER_REST[index] + rest * POWER[index]);
  const value = main + error;
  const off = main - value + error;
  const margin = value * MARGIN;
  return value + (off - margin) === value && value + (off + margin) === value
    ? value
    : NaN;
}

/** The upper 26 bits of a double. */
function topHalf(value: number): number {
  const shifted = SPLITTER * value;
  return shifted - (shifted - value);
}

/** 10^power as the nearest double and what that is off by. */
function powerOfTen(power: number): [number, number] {
  const high = Number(`1e${power}`);
  const magnitude = 10n ** BigInt(Math.abs(power));
  if (power >= 0) {
    return [high, Number(magnitude - BigInt(high))];
  }
  // Enough binary places to make an integer of the double.
  const one = 1n << 300n;
  const off = one - BigInt(high * Number(one)) * magnitude;
  return [high, Number(off) / Number(one) / Number(magnitude)];
}
