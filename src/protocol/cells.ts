import { commentText, pythonString } from './python.js';
import { buildSyncRequest } from './tap/request.js';

/** A query as a notebook cell repeats it. */
export interface ICellQuery {
  /** As the user knows it. */
  readonly archiveName: string;
  /** Base URL of the TAP service. */
  readonly serviceUrl: string;
  readonly adql: string;
  readonly maxrec: number;
  /** When the cell was written, `2026-11-21`. */
  readonly date: string;
  /** Id of the archive where it was asked in the user's name; missing for anyone. */
  readonly asMe?: string;
}

/**
 * Python that repeats a query with PyVO in a fresh kernel and leaves an astropy table. What
 * was asked in the user's name is asked with their sign-in, which the cell does not hold.
 */
export function pyvoCell(query: ICellQuery): string {
  const { asMe } = query;
  const url = pythonString(query.serviceUrl);
  const [library, service] =
    asMe === undefined
      ? ['pyvo', `pyvo.dal.TAPService(${url})`]
      : ['obsdeck', `obsdeck.tap(${pythonString(asMe)}, ${url})`];
  return `${heading(query)}
import ${library}

service = ${service}
results = service.search(${pythonString(query.adql)}, maxrec=${query.maxrec})
table = results.to_table()
table`;
}

/** Python that holds the ADQL as a string. */
export function adqlCell(query: ICellQuery): string {
  return `${heading(query)}
# ADQL for ${commentText(query.serviceUrl)}, at most ${query.maxrec} rows
adql = ${pythonString(query.adql)}`;
}

/** A shell cell that saves the answer as `obsdeck.vot`; redirects are followed with GET. */
export function curlCell(query: ICellQuery): string {
  const { url, body } = buildSyncRequest(query.serviceUrl, query);
  const command = [
    `curl --fail-with-body --location --output obsdeck.vot ${shellString(url)}`,
    ...[...body].map(
      ([name, value]) => `--data-urlencode ${shellString(`${name}=${value}`)}`
    )
  ];
  const notes = query.asMe === undefined ? [] : [ANONYMOUS];
  return ['%%bash', heading(query), ...notes, command.join(' \\\n  ')].join('\n');
}

/** A sign-in would have to be written down here. */
const ANONYMOUS = '# Asks as anyone: rows that only you may see are missing.';

function heading({ archiveName, date }: ICellQuery): string {
  return `# Obsdeck: ${commentText(archiveName)}, ${commentText(date)}`;
}

/** A text as one word of a POSIX shell. */
function shellString(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
