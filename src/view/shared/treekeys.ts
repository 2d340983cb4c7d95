/** A row of a tree as far as keys and assistive technology are concerned. */
export interface ITreeRow {
  /** Stays the same while the tree changes. */
  readonly id: string;
  /** From 1, as `aria-level` counts. */
  readonly level: number;
  /** Place among its siblings, from 1, and how many these are. */
  readonly position: number;
  readonly count: number;
  /** Null for what cannot be unfolded. */
  readonly expanded: boolean | null;
}

/** What a key does in the tree (WAI-ARIA, tree view). */
export type TreeStep<T extends ITreeRow> =
  | { readonly do: 'focus' | 'use' | 'tick'; readonly row: T }
  | { readonly do: 'open' | 'close'; readonly rows: readonly T[] };

/**
 * What a key does; null for keys that are none of the tree's.
 *
 * @param rows - those that are shown
 * @param at - index of the one with the focus
 * @param page - so many rows are in sight
 */
export function treeStep<T extends ITreeRow>(
  key: string,
  rows: readonly T[],
  at: number,
  page: number
): TreeStep<T> | null {
  const row = rows[at];
  if (row === undefined) {
    return null;
  }
  const jump = jumps(rows.length, at, page)[key];
  if (jump !== undefined) {
    return { do: 'focus', row: rows[Math.max(0, Math.min(rows.length - 1, jump))] };
  }
  switch (key) {
    case 'ArrowRight':
      return goIn(rows, at);
    case 'ArrowLeft':
      return goOut(rows, at);
    case '*':
      return { do: 'open', rows: siblings(rows, at).filter(isClosed) };
    case 'Enter':
      return { do: 'use', row };
    case ' ':
      return { do: 'tick', row };
    default:
      return null;
  }
}

/**
 * The next row whose name begins with what was typed, from `at` on and around.
 *
 * @param nameOf - name of a row; asked for as few as possible
 */
export function typedAhead(
  typed: string,
  count: number,
  at: number,
  nameOf: (index: number) => string
): number | null {
  const wanted = typed.toLowerCase();
  // The same row may go on fitting while a second letter is typed.
  const first = typed.length > 1 ? at : at + 1;
  for (let step = 0; step < count; step += 1) {
    const index = (first + step) % count;
    if (nameOf(index).toLowerCase().startsWith(wanted)) {
      return index;
    }
  }
  return null;
}

function jumps(
  count: number,
  at: number,
  page: number
): Readonly<Record<string, number>> {
  return {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
    PageDown: at + page,
    PageUp: at - page
  };
}

function goIn<T extends ITreeRow>(rows: readonly T[], at: number): TreeStep<T> | null {
  const row = rows[at];
  if (isClosed(row)) {
    return { do: 'open', rows: [row] };
  }
  const child = rows[at + 1];
  return child && child.level > row.level ? { do: 'focus', row: child } : null;
}

function goOut<T extends ITreeRow>(rows: readonly T[], at: number): TreeStep<T> | null {
  const row = rows[at];
  if (row.expanded) {
    return { do: 'close', rows: [row] };
  }
  for (let index = at - 1; index >= 0; index -= 1) {
    if (rows[index].level < row.level) {
      return { do: 'focus', row: rows[index] };
    }
  }
  return null;
}

function siblings<T extends ITreeRow>(rows: readonly T[], at: number): T[] {
  const { level } = rows[at];
  const isEdge = (row: ITreeRow | undefined): boolean =>
    row === undefined || row.level < level;
  let [first, last] = [at, at];
  while (!isEdge(rows[first - 1])) {
    first -= 1;
  }
  while (!isEdge(rows[last + 1])) {
    last += 1;
  }
  return rows.slice(first, last + 1).filter(row => row.level === level);
}

function isClosed(row: ITreeRow): boolean {
  return row.expanded === false;
}
