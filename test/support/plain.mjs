/**
 * A cell as JSON that keeps its type: `{"i": "123"}` for 64-bit integers, `{"f": hex}` for the
 * bits of a double, null for null.
 */
export function plain(value) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'bigint') {
    return { i: value.toString() };
  }
  if (typeof value === 'number') {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, value);
    return { f: bits.getBigUint64(0).toString(16).padStart(16, '0') };
  }
  return Array.from(value, plain);
}
