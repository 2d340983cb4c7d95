import type { RowCell } from '../archives/links.js';
import type { RowStore } from './columns.js';

/** The cells of a row of a result by the names of their columns. */
export function cellsOf(store: RowStore, row: number): RowCell {
  return name => {
    const column = store.indexOf(name);
    const value = column < 0 ? null : store.value(row, column);
    return isPlain(value) ? value : null;
  };
}

function isPlain(value: unknown): value is ReturnType<RowCell> {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}
