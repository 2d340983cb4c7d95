/**
 * The name among others that was most likely meant; null where none is near enough, or two
 * are equally near. Case does not matter.
 *
 * @param most - names beyond this many are not looked at
 */
export function nearestName(
  typed: string,
  names: Iterable<string>,
  most = 20_000
): string | null {
  const wanted = typed.toLowerCase();
  const reach = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let bestCost = Infinity;
  let isTie = false;
  let left = most;
  for (const name of names) {
    left -= 1;
    if (left < 0) {
      break;
    }
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
  const squeezed = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
  if (squeezed(wanted) === squeezed(name) && squeezed(name) !== '') {
    return 0.25;
  }
  // A beginning that is whole up to an underscore: `datalink` of `datalink_url`.
  if (wanted.length >= 3 && name.startsWith(`${wanted}_`)) {
    return 0.5;
  }
  const edits = distance(wanted, name, reach);
  return edits <= reach ? edits : Infinity;
}

/**
 * Letters to add, drop, replace or swap with their neighbour (optimal string alignment);
 * stops counting beyond `limit`.
 */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) {
    return Infinity;
  }
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
