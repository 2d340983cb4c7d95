/** Header fields of an answer. */
interface IHeaders {
  header(name: string): string | null;
}

/**
 * When a service may be asked again (RFC 9110 §10.2.3), milliseconds since 1970; null
 * where it does not say.
 *
 * A date is one of the service's clock, so it counts from the answer's own `Date` where
 * there is one: this computer's clock may be wrong.
 *
 * @param now - milliseconds since 1970
 */
export function retryTime(answer: IHeaders, now: number): number | null {
  const told = (answer.header('Retry-After') ?? '').trim();
  if (/^\d{1,9}$/.test(told)) {
    return now + Number(told) * 1000;
  }
  const date = parseHttpDate(told);
  if (date === null) {
    return null;
  }
  const answered = parseHttpDate(answer.header('Date') ?? '') ?? now;
  return now + Math.max(0, date - answered);
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `Sun, 06 Nov 1994 08:49:37 GMT`, and `Sunday, 06-Nov-94 08:49:37 GMT`. */
const DATE =
  /^[A-Z][a-z]{2,8}, (\d\d)[ -]([A-Z][a-z]{2})[ -](\d{4}|\d\d) (\d\d):(\d\d):(\d\d) GMT$/;

/** `Sun Nov  6 08:49:37 1994`. */
const ASCTIME =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/;

/** A date in one of the three forms of RFC 9110 §5.6.7, milliseconds since 1970. */
export function parseHttpDate(text: string): number | null {
  const [, day, month, year, ...clock] = DATE.exec(text) ?? [];
  if (day !== undefined) {
    return utc(fullYear(year), month, day, clock);
  }
  const [, name, date, hour, minute, second, full] = ASCTIME.exec(text) ?? [];
  return name === undefined
    ? null
    : utc(Number(full), name, date, [hour, minute, second]);
}

function utc(
  year: number,
  month: string,
  day: string,
  clock: readonly string[]
): number | null {
  const index = MONTHS.indexOf(month) / 3;
  const [hour, minute, second] = clock.map(Number);
  return Number.isInteger(index) && index >= 0
    ? Date.UTC(year, index, Number(day), hour, minute, second)
    : null;
}

/** Years of two digits (RFC 850) are of this century: nobody asks to wait for the last. */
function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}
