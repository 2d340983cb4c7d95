const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A decimal number, NaN for anything else; `Number` would take `0x10` and blanks. */
export function readNumber(text: string): number {
  const plain = asciiSign(text.trim());
  return NUMBER.test(plain) ? Number(plain) : Number.NaN;
}

/**
 * A typed number as an ADQL literal; null where it is none. Whole numbers keep all their
 * digits, as identifiers go beyond 2^53; others become the shortest text of their double.
 */
export function numberLiteral(text: string | number): string | null {
  const plain = asciiSign(String(text).trim());
  if (/^[+-]?\d+$/.test(plain)) {
    return String(BigInt(plain.replace('+', '')));
  }
  const value = NUMBER.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? String(value).replace(/e\+?/, 'E') : null;
}

/** Both minus signs are typed; the one of ADQL is ASCII's. */
function asciiSign(text: string): string {
  return text.replace(/[\u2212\u2010-\u2015]/g, '-');
}
