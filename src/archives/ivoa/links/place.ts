/** A {links} service, and what it is asked for. */
export interface ILinksPlace {
  /** Address without the identifier. */
  readonly base: string;
  readonly id: string;
}

/**
 * Take the address of a {links} document apart, so that many can be asked for at once; null
 * where it has not exactly one `ID`.
 *
 * @param id - what the row says that the document is of. Where the address ends with it as it
 * is, unencoded, it is meant whole, though it holds `?`, `&` and `=` (Rubin).
 */
export function placeOf(url: string, id: string): ILinksPlace | null {
  const [address] = url.split('#', 1);
  const [before, ...rest] = address.split('?');
  const query = rest.join('?');
  const raw = /(?:^|&)id=/i.exec(query);
  if (raw === null) {
    return null;
  }
  if (id !== '' && query.slice(raw.index + raw[0].length) === id) {
    return { base: join(before, query.slice(0, raw.index)), id };
  }
  const parts = query.split('&');
  const own = parts.filter(isId);
  return own.length === 1
    ? {
        base: join(before, parts.filter(part => !isId(part)).join('&')),
        id: new URLSearchParams(own[0]).values().next().value ?? ''
      }
    : null;
}

function isId(part: string): boolean {
  return /^id=/i.test(part);
}

function join(before: string, query: string): string {
  return query === '' ? before : `${before}?${query}`;
}
