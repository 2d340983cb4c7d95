/** Looks for names that were meant; gives up after some, as comparing many takes long. */
export class NearestNames {
  /** @param _left - so many letters of names are compared at most */
  constructor(private _left = 400_000) {}

  /** See {@link nearestName}; null also once too much was compared. */
  find(typed: string, names: ReadonlySet<string> | readonly string[]): string | null {
    const count = 'size' in names ? names.size : names.length;
    this._left -= count * typed.length;
    return this._left < 0 ? null : nearestName(typed, names);
  }
}

/**
 * The name among others that was most likely meant; null where none is near enough, or two
 * are equally near. Case does not matter.
 */
export function nearestName(typed: string, names: Iterable<string>): string | null {
  const wanted = typed.toLowerCase();
  const reach = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let bestCost = Infinity;
  let isTie = false;
  for (const name of names) {
    const cost = costOf(wanted, name.toLowerCase(), reach);
    if (cost < bestCost) {
      [best, bestCost, isTie] = [name, cost, false];
    } else if (cost === bestCost && name !== best) {
      isTie = true;
    }
  }
  return bestCost === Infinity || isTie ? null : best;
}

/** Small for near names; infinite for names that are not near. */
function costOf(wanted: string, name: string, reach: number): number {
  if (wanted === name) {
    return 0;
  }
  // A beginning that is whole up to an underscore: `datalink` of `datalink_url`.
  if (wanted.length >= 3 && name.startsWith(`${wanted}_`)) {
    return 0.5;
  }
  if (Math.abs(wanted.length - name.length) > reach) {
    return Infinity;
  }
  if (squeezed(wanted) === squeezed(name) && squeezed(name) !== '') {
    return 0.25;
  }
  const edits = distance(wanted, name, reach);
  return edits <= reach ? edits : Infinity;
}

function squeezed(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Letters to add, drop, replace or swap with their neighbour (optimal string alignment);
 * stops counting beyond `limit`.
 */
function distance(one: string, other: string, limit: number): number {
  let [before, row] = [
    [] as number[],
    Array.from({ length: other.length + 1 }, (_, i) => i)
  ];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (
        i > 1 &&
        j > 1 &&
        one[i - 1] === other[j - 2] &&
        one[i - 2] === other[j - 1]
      ) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      next.push(cost);
    }
    if (Math.min(...next) > limit) {
      return Infinity;
    }
    [before, row] = [row, next];
  }
  return row[other.length];
}
