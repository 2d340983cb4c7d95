import type { ColumnFilter, ISortKey } from '../../../../src/model/table/filters.js';
import type { ScalarValue } from '../../../../src/model/table/tasks.js';

type Columns = readonly (readonly ScalarValue[])[];

/** Sorts rows with the language's own means. */
export function sortedRows(
  columns: Columns,
  keys: readonly ISortKey[],
  rows: readonly number[]
): number[] {
  return [...rows].sort((a, b) => {
    for (const { column, descending } of keys) {
      const difference = compare(columns[column][a], columns[column][b], descending);
      if (difference !== 0) {
        return difference;
      }
    }
    return 0;
  });
}

/** Filters rows with the language's own means. */
export function filteredRows(
  columns: Columns,
  filters: readonly ColumnFilter[]
): number[] {
  return columns[0]
    .map((_, row) => row)
    .filter(row => filters.every(filter => meets(filter, columns[filter.column][row])));
}

/** Case folding, character by character. */
export function fold(text: string): string {
  return [...text].map(c => c.toUpperCase().toLowerCase()).join('');
}

function compare(a: ScalarValue, b: ScalarValue, descending: boolean): number {
  const place = rank(a) - rank(b);
  if (place !== 0 || rank(a) > 0) {
    return place;
  }
  const order = typeof a === 'string' ? byCodePoint(a, String(b)) : byValue(a, b);
  return descending ? -order : order;
}

function byValue(a: ScalarValue, b: ScalarValue): number {
  const [left, right] = [a, b] as [number, number];
  return left < right ? -1 : left > right ? 1 : 0;
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]].map(text =>
    text.map(c => c.codePointAt(0) ?? 0)
  );
  const at = left.findIndex((code, index) => code !== right[index]);
  return at < 0 ? left.length - right.length : left[at] - (right[at] ?? -1);
}

function rank(value: ScalarValue): number {
  return value === null ? 2 : Number.isNaN(value) ? 1 : 0;
}

function meets(filter: ColumnFilter, cell: ScalarValue): boolean {
  switch (filter.kind) {
    case 'text': {
      const change = filter.matchCase ? String : fold;
      return (
        filter.text === '' ||
        (cell !== null && change(String(cell)).includes(change(filter.text)))
      );
    }
    case 'range':
      return isWithin(filter.min, filter.max, cell as number | bigint | null);
    case 'set':
      return filter.values.includes(cell);
  }
}

function isWithin(
  min: number | bigint | null,
  max: number | bigint | null,
  cell: number | bigint | null
): boolean {
  if (min === null && max === null) {
    return true;
  }
  return (
    cell !== null &&
    !(min !== null && !(cell >= min)) &&
    !(max !== null && !(cell <= max))
  );
}
