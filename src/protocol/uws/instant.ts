const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/**
 * A civil time of a service (UWS 1.1 §2.1.13), milliseconds since 1970; null for anything
 * else. Times without a zone are UTC.
 */
export function readInstant(text: string): number | null {
  const match = ISO.exec(text.trim());
  if (match === null) {
    return null;
  }
  const [, date, clock = '00:00', zone = 'Z'] = match;
  const offset = /^[+-]/.test(zone) ? zone.replace(/(\d\d):?(\d\d)$/, '$1:$2') : 'Z';
  // Three digits are all that every engine reads.
  const time = Date.parse(`${date}T${clock.replace(/(\.\d{3})\d+$/, '$1')}${offset}`);
  return Number.isNaN(time) ? null : time;
}

/** The same as services take it: ISO 8601, UTC, whole seconds. */
export function writeInstant(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
