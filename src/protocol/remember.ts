/** The same function, but it makes what belongs to an object only once. */
export function remember<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return of => {
    let made = known.get(of);
    if (made === undefined) {
      made = { value: make(of) };
      known.set(of, made);
    }
    return made.value;
  };
}
