/**
 * Where a text is held by anything that can be reached from some objects, by way of
 * properties, arrays, maps and sets; DOM nodes are followed to what frameworks hang on
 * them. Answers paths such as `0._state.fields.password`.
 */
export function tracesOf(text: string, ...roots: readonly unknown[]): string[] {
  const seen = new Set<unknown>([globalThis, document]);
  const queue = roots.map((value, index) => ({ value, path: String(index) }));
  const found: string[] = [];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { value, path } = next;
    if (typeof value === 'string' && value.includes(text)) {
      found.push(path);
    }
    if (!isObject(value) || seen.has(value)) {
      continue;
    }
    seen.add(value);
    for (const [name, child] of childrenOf(value)) {
      queue.push({ value: child, path: `${path}.${name}` });
    }
  }
  return found;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' || typeof value === 'function') && value !== null;
}

function childrenOf(value: object): [string, unknown][] {
  if (value instanceof Map) {
    return [...value].flatMap(([key, one]) => [
      ['key', key],
      [String(key), one]
    ]);
  }
  if (value instanceof Set) {
    return [...value].map(one => ['item', one]);
  }
  const own = Reflect.ownKeys(value).map((key): [string, unknown] => [
    String(key),
    read(value, key)
  ]);
  return value instanceof HTMLInputElement
    ? [...own, ['value', value.value], ['attribute', value.getAttribute('value')]]
    : own;
}

/** A property, unless reading it throws. */
function read(value: object, key: string | symbol): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}
