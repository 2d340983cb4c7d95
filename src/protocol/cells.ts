import { commentText, pythonString } from './python.js';
import { buildSyncRequest } from './tap/request.js';

/** A table that goes along with a query, as a cell holds it. */
export interface ICellUpload {
  /** Regular identifier: `TAP_UPLOAD.<name>`. */
  readonly name: string;
  /** A VOTable. */
  readonly votable: string;
}

/** One query of a cell. */
export interface ICellPart {
  readonly adql: string;
  readonly maxrec: number;
  readonly uploads?: readonly ICellUpload[];
}

/** A query as a notebook cell repeats it. */
export interface ICellQuery extends ICellPart {
  /** As the user knows it. */
  readonly archiveName: string;
  /** Base URL of the TAP service. */
  readonly serviceUrl: string;
  /** Queries whose rows follow. */
  readonly more?: readonly ICellPart[];
  /** When the cell was written, `2026-11-21`. */
  readonly date: string;
  /** Id of the archive where it was asked in the user's name; missing for anyone. */
  readonly asMe?: string;
}

/** The function of astroquery that asks a TAP service. */
export interface IAstroquery {
  /** `astroquery.alma` */
  readonly module: string;
  /** Object of the module: `Alma`. */
  readonly name: string;
  /** Its method that takes ADQL, `maxrec` and `uploads`. */
  readonly method: string;
  /** What it gives: an astropy table, or PyVO's results. */
  readonly rows: 'table' | 'results';
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
  const head = [...imports(query, [`import ${library}`]), '', `service = ${service}`];
  return askingCell(query, head, 'service.search', '.to_table()');
}

/** The same with the module that astroquery has for the archive. */
export function astroqueryCell(query: ICellQuery, module: IAstroquery): string {
  const head = imports(query, [`from ${module.module} import ${module.name}`]);
  const toTable = module.rows === 'results' ? '.to_table()' : '';
  return askingCell(query, [...head, ''], `${module.name}.${module.method}`, toTable);
}

/** Python that holds the ADQL as a string. */
export function adqlCell(query: ICellQuery): string {
  return `${heading(query)}
# ADQL for ${commentText(query.serviceUrl)}, at most ${query.maxrec} rows
adql = ${pythonString(query.adql)}`;
}

/** A shell cell that saves the answer as `obsdeck.vot`; redirects are followed with GET. */
export function curlCell(query: ICellQuery): string {
  const uploads = query.uploads ?? [];
  const { adql, maxrec } = query;
  const { url, body } = buildSyncRequest(query.serviceUrl, { adql, maxrec });
  // A form without files is sent as URL-encoded text, which every service takes.
  const option = uploads.length > 0 ? '--form-string' : '--data-urlencode';
  const command = [
    `curl --fail-with-body --location --output obsdeck.vot ${shellString(url)}`,
    ...[...body].map(([name, value]) => `${option} ${shellString(`${name}=${value}`)}`),
    ...uploads.flatMap(({ name }) => [
      `--form-string ${shellString(`UPLOAD=${name},param:${name}`)}`,
      `--form ${shellString(`${name}=@${name}.vot;type=application/x-votable+xml`)}`
    ])
  ];
  const notes = query.asMe === undefined ? [] : [ANONYMOUS];
  const files = uploads.map(hereDocument);
  return ['%%bash', heading(query), ...notes, ...files, command.join(' \\\n  ')].join(
    '\n'
  );
}

/** A sign-in would have to be written down here. */
const ANONYMOUS = '# Asks as anyone: rows that only you may see are missing.';

/** The first line of every cell: where it is from. */
export function heading({
  archiveName,
  date
}: Pick<ICellQuery, 'archiveName' | 'date'>): string {
  return `# Obsdeck: ${commentText(archiveName)}, ${commentText(date)}`;
}

/** The modules a cell needs: Python's own, those of others, in the order of the alphabet. */
function imports(query: ICellQuery, own: readonly string[]): string[] {
  const parts = [query, ...(query.more ?? [])];
  const hasUploads = parts.some(({ uploads = [] }) => uploads.length > 0);
  const names = [...(hasUploads ? ['Table'] : []), ...(query.more ? ['vstack'] : [])];
  const tables =
    names.length > 0 ? [`from astropy.table import ${names.join(', ')}`] : [];
  return [...(hasUploads ? ['import io', ''] : []), ...own, ...tables];
}

/**
 * @param head - what comes before the questions
 * @param ask - the function that asks
 * @param toTable - what makes an astropy table of its result
 */
function askingCell(
  query: ICellQuery,
  head: readonly string[],
  ask: string,
  toTable: string
): string {
  const first = call(ask, query);
  const more = (query.more ?? []).map(part => call(ask, part));
  const rows =
    more.length === 0
      ? [`results = ${first}`, `table = results${toTable}`]
      : [
          `parts = [\n    ${[first, ...more].join(',\n    ')},\n]`,
          `tables = [part${toTable} for part in parts]`,
          'table = vstack(tables, metadata_conflicts="silent")'
        ];
  return [heading(query), ...head, ...rows, 'table'].join('\n');
}

function call(ask: string, { adql, maxrec, uploads = [] }: ICellPart): string {
  const tables = uploads.map(
    ({ name, votable }) =>
      `${pythonString(name)}: Table.read(io.BytesIO(${pythonString(votable)}.encode()), format="votable")`
  );
  const along = tables.length > 0 ? `, uploads={${tables.join(', ')}}` : '';
  return `${ask}(${pythonString(adql)}, maxrec=${maxrec}${along})`;
}

/** A file with the text as it is: nothing in it means anything to the shell. */
function hereDocument({ name, votable }: ICellUpload): string {
  let end = 'END_OF_TABLE';
  while (votable.includes(end)) {
    end += '_';
  }
  return `cat > ${shellString(`${name}.vot`)} <<'${end}'\n${votable}\n${end}`;
}

/** A text as one word of a POSIX shell. */
export function shellString(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
