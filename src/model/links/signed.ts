/** Parameters that sign an address: whoever has it, may have the file for a while. */
const SIGNATURES: ReadonlySet<string> = new Set([
  'x-goog-signature',
  'x-amz-signature',
  'signature',
  'sig'
]);

/** Milliseconds for which a signed address is taken to hold that does not say how long. */
const USUAL = 3_600_000;

/** True for an address that is a key by itself: it is shown, kept and logged nowhere. */
export function isSigned(url: string): boolean {
  return [...parametersOf(url).keys()].some(name => SIGNATURES.has(name));
}

/**
 * Until when a signed address holds, milliseconds since 1970; null for one that is not
 * signed. Google's and Amazon's say when they were signed and for how many seconds
 * (`X-Amz-Date`, `X-Amz-Expires`), older ones until when (`Expires`).
 *
 * @param readAt - when it was read, milliseconds since 1970
 */
export function goodUntil(url: string, readAt: number): number | null {
  if (!isSigned(url)) {
    return null;
  }
  const parameters = parametersOf(url);
  for (const vendor of ['x-goog', 'x-amz']) {
    const date = instantOf(parameters.get(`${vendor}-date`));
    const seconds = Number(parameters.get(`${vendor}-expires`) ?? NaN);
    if (date !== null && seconds > 0) {
      return date + seconds * 1000;
    }
  }
  const until = Number(parameters.get('expires') ?? NaN);
  return until > 0 ? until * 1000 : readAt + USUAL;
}

/** By names in lower case. */
function parametersOf(url: string): ReadonlyMap<string, string> {
  const parameters = URL.canParse(url) ? [...new URL(url).searchParams] : [];
  return new Map(parameters.map(([name, value]) => [name.toLowerCase(), value]));
}

/** `20261122T150000Z`, as signatures have it. */
function instantOf(text: string | undefined): number | null {
  const [, ...parts] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '') ?? [];
  const [year, month, day, hour, minute, second] = parts.map(Number);
  return parts.length === 0
    ? null
    : Date.UTC(year, month - 1, day, hour, minute, second);
}
