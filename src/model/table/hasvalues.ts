import type { Vector } from 'apache-arrow';

import type { RowStore } from '../columns.js';

/**
 * True where a column has a value in some row. Neither nulls are values, nor NaN, which is
 * how many services write them, nor empty texts.
 */
export function hasValues(store: RowStore, column: number): boolean {
  return store.batches.some(batch => {
    const vector = batch.getChildAt(column);
    return vector !== null && vector.nullCount < vector.length && someValue(vector);
  });
}

function someValue(vector: Vector): boolean {
  for (let row = 0; row < vector.length; row++) {
    const value: unknown = vector.get(row);
    if (value !== null && value !== '' && !Number.isNaN(value)) {
      return true;
    }
  }
  return false;
}
