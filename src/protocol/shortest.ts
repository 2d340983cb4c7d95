/**
 * The shortest text that reads back as the same number, with ASCII minus.
 *
 * @param single - the number came from a 32-bit float: 0.1 stays `0.1`
 */
export function shortest(value: number, single = false): string {
  if (!single || !Number.isFinite(value)) {
    return String(value);
  }
  // Nine significant digits identify every 32-bit float.
  for (let digits = 6; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === Math.fround(value)) {
      return String(candidate);
    }
  }
  return String(Number(value.toPrecision(9)));
}
