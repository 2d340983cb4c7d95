/**
 * How the columns of a table are shown. Columns are told by their keys, see
 * {@link columnKeys}; keys of columns that a table does not have do no harm.
 */
export interface IColumnLayout {
  /** Columns in the order chosen, first; the others follow in their usual order. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Columns that stay at the left while the others scroll, in their order. */
  readonly pinned: readonly string[];
  /** The unit that a column is shown in, where it is not the usual one. */
  readonly units: Readonly<Record<string, string>>;
}

/** All columns, in their usual order and units. */
export const USUAL_LAYOUT: IColumnLayout = {
  order: [],
  hidden: [],
  pinned: [],
  units: {}
};

/** Remembers layouts, by the place whose columns they are about. */
export interface ILayoutKeeper {
  /** The layout that was kept; undefined where none was. */
  get(place: string): IColumnLayout | undefined;
  set(place: string, layout: IColumnLayout): void;
}

/** Columns and units of one kept layout; nobody has more, and what was kept may be broken. */
const LIMIT = 10_000;

/**
 * Keys of columns by their names: the name, and for a name that repeats (VO-37) its number
 * behind a tab, which no name has.
 */
export function columnKeys(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map(name => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}\t${count}`;
  });
}

/** Read a layout that was kept; what is no layout is the usual one. */
export function readLayout(kept: unknown): IColumnLayout {
  if (typeof kept !== 'object' || kept === null) {
    return USUAL_LAYOUT;
  }
  const { order, hidden, pinned, units } = kept as Record<string, unknown>;
  return {
    order: texts(order),
    hidden: texts(hidden),
    pinned: texts(pinned),
    units: Object.fromEntries(
      typeof units === 'object' && units !== null
        ? Object.entries(units)
            .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
            .slice(0, LIMIT)
        : []
    )
  };
}

/**
 * All keys as a layout orders them: pinned ones first, then those it names, then the rest.
 *
 * @param usual - the keys of all columns in their usual order
 */
export function orderedKeys(
  usual: readonly string[],
  { pinned, order }: Pick<IColumnLayout, 'pinned' | 'order'>
): string[] {
  const known = new Set(usual);
  const all = [...pinned, ...order, ...usual].filter(key => known.has(key));
  return [...new Set(all)];
}

/** The layout with columns hidden, or shown again. */
export function withHidden(
  layout: IColumnLayout,
  keys: readonly string[],
  hidden: boolean
): IColumnLayout {
  const others = layout.hidden.filter(key => !keys.includes(key));
  return { ...layout, hidden: hidden ? [...others, ...keys] : others };
}

/** The layout with a column pinned behind those that are, or let go. */
export function withPinned(
  layout: IColumnLayout,
  key: string,
  pinned: boolean
): IColumnLayout {
  const others = layout.pinned.filter(other => other !== key);
  return { ...layout, pinned: pinned ? [...others, key] : others };
}

/** The layout with a column in a unit; null for its usual one. */
export function withUnit(
  layout: IColumnLayout,
  key: string,
  unit: string | null
): IColumnLayout {
  const others = Object.entries(layout.units).filter(([other]) => other !== key);
  const own: [string, string][] = unit === null ? [] : [[key, unit]];
  return { ...layout, units: Object.fromEntries([...others, ...own]) };
}

/**
 * The layout with a column moved to a place. Among pinned columns only pinned ones are
 * moved, and the others only among the others.
 *
 * @param usual - the keys of all columns in their usual order
 * @param to - place among all columns, counted from 0
 */
export function withMoved(
  layout: IColumnLayout,
  usual: readonly string[],
  key: string,
  to: number
): IColumnLayout {
  const keys = orderedKeys(usual, layout);
  const isPinned = new Set(layout.pinned.filter(other => keys.includes(other)));
  const from = keys.indexOf(key);
  if (from < 0) {
    return layout;
  }
  const [first, last] = isPinned.has(key)
    ? [0, isPinned.size - 1]
    : [isPinned.size, keys.length - 1];
  keys.splice(from, 1);
  keys.splice(Math.max(first, Math.min(to, last)), 0, key);
  const pinned = keys.filter(other => isPinned.has(other));
  return { ...layout, pinned, order: keys.filter(other => !isPinned.has(other)) };
}

/** True where two layouts show the same. */
export function areSameLayouts(a: IColumnLayout, b: IColumnLayout): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function texts(list: unknown): string[] {
  return Array.isArray(list)
    ? list.filter((item): item is string => typeof item === 'string').slice(0, LIMIT)
    : [];
}
