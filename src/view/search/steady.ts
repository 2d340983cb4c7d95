/**
 * Keeps values steady: each is the same object as in the last call for as long as it says
 * the same, so that what shows it need not be rendered anew.
 */
export function steadyValues<Values extends object>(): (
  values: Values | null
) => Values | null {
  let last: Partial<Values> = {};
  return values => {
    const steady = values && steadied(last, values);
    last = steady ?? {};
    return steady;
  };
}

function steadied<Values extends object>(before: Partial<Values>, now: Values): Values {
  return Object.fromEntries(
    Object.entries(now).map(([name, value]) => {
      const known: unknown = before[name as keyof Values];
      return [name, saysTheSame(known, value) ? known : value];
    })
  ) as Values;
}

/** Lists and plain objects are compared by their parts, everything else by identity. */
function saysTheSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) {
    return true;
  }
  if (!isPlain(one) || !isPlain(other)) {
    return false;
  }
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(name => name in other && saysTheSame(one[name], other[name]))
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))
  );
}
