/** The shape of a FIELD (VOTable 1.4 §2.2). */
export interface IShape {
  /** Number of values of a fixed array, all axes multiplied; null where it varies. */
  readonly length: number | null;
  /** Product of the axes before the last one; 1 with fewer than two axes. */
  readonly block: number;
  /** Number of axes; 0 for a scalar. */
  readonly axes: number;
}

const SCALAR: IShape = { length: 1, block: 1, axes: 0 };
const VARIABLE: IShape = { length: null, block: 1, axes: 1 };

/**
 * Reads an `arraysize`: nothing, `n`, `*`, `n*`, `axb`, `ax*`. `n*` is a maximum,
 * stored like `*`. What cannot be understood is read as `*`.
 */
export function parseArraysize(arraysize: string | null): IShape {
  const text = arraysize?.replace(/\s+/g, '') ?? '';
  if (text === '') {
    return SCALAR;
  }
  if (!/^(?:\d+x)*(?:\d+\*?|\*)$/.test(text)) {
    return VARIABLE;
  }
  const axes = text.split('x');
  const last = axes[axes.length - 1];
  const block = axes.slice(0, -1).reduce((product, axis) => product * Number(axis), 1);
  const length = last.endsWith('*') ? null : block * Number(last);
  if (
    !Number.isSafeInteger(block) ||
    (length !== null && !Number.isSafeInteger(length))
  ) {
    return VARIABLE;
  }
  return { length, block, axes: axes.length };
}
