import { describe, expect, it } from 'vitest';

import { RowStore } from '../../../src/model/columns.js';
import { batchOf, headOf } from './rows.js';

describe('RowStore', () => {
  const store = new RowStore(headOf());
  const sizes = [1, 4, 2, 3];
  let next = 0;
  for (const size of sizes) {
    store.append(
      batchOf(
        Array.from({ length: size }, () => [`row ${next}`, next++] as [string, number])
      )
    );
  }

  it('finds every cell across batches', () => {
    expect(store.rowCount).toBe(10);
    for (let row = 0; row < 10; row++) {
      expect(store.value(row, 0)).toBe(`row ${row}`);
      expect(store.value(row, 1)).toBe(row);
    }
  });

  it('refuses rows that have not arrived', () => {
    expect(() => store.value(10, 0)).toThrow(RangeError);
    expect(() => store.value(-1, 0)).toThrow(RangeError);
  });

  it('finds columns whatever case the service writes them in', () => {
    expect(store.indexOf('S_RA')).toBe(1);
    expect(store.indexOf('nothing')).toBe(-1);
  });
});
