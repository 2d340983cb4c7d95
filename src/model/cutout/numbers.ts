/**
 * A number as it is typed: any minus sign, a dot as decimal sign, `Inf`; null for anything
 * else.
 */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace(/\u2212/g, '-');
  const infinite = /^([+-]?)inf(inity)?$/i.exec(plain);
  if (infinite) {
    return infinite[1] === '-' ? -Infinity : Infinity;
  }
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/**
 * A number for a field with as many decimals as tell it from its neighbours.
 *
 * @param step - difference that matters, in the same unit
 */
export function fieldNumber(value: number, step: number): string {
  const decimals = Math.min(12, Math.max(0, Math.ceil(-Math.log10(step))));
  return String(Number(value.toFixed(decimals)));
}
