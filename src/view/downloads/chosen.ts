/** The chosen rows of a list, by id, and where choosing a range began. */
export interface IChosen {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | null;
}

/** Nothing is chosen. */
export const NONE: IChosen = { ids: new Set(), anchor: null };

/** Choose one row and no other. */
export function chooseOne(id: string): IChosen {
  return { ids: new Set([id]), anchor: id };
}

/** Choose a row beside the others, or no longer. */
export function toggle({ ids }: IChosen, id: string): IChosen {
  const next = new Set(ids);
  if (!next.delete(id)) {
    next.add(id);
  }
  return { ids: next, anchor: id };
}

/**
 * Choose all rows from where choosing began.
 *
 * @param all - ids of the rows in their order
 */
export function chooseTo(
  { anchor }: IChosen,
  id: string,
  all: readonly string[]
): IChosen {
  const from = Math.max(0, anchor === null ? all.indexOf(id) : all.indexOf(anchor));
  const to = all.indexOf(id);
  const range = all.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set(range), anchor: all[from] };
}
