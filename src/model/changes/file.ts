import type { Pause } from '../../protocol/votable/types.js';
import { escapeCell, type IRunRows, MOST_ROWS, unescapeCell } from './rows.js';

/** Ending of the file beside a saved search that has the rows of its last run. */
export const ROWS_EXTENSION = '-rows.tsv';

const TITLE =
  '# Rows of the last run of this saved search, to tell what has changed since.';
const VERSION = '1';

/** Lines that are worked on between two looks at whether the page needs its turn. */
const LINES = 4096;

/**
 * A run as text: a head of a few lines, then one row a line, sorted, so that a diff of two
 * runs is what has changed.
 */
export async function writeRun(run: IRunRows, pause: Pause): Promise<string> {
  const head: readonly (readonly [string, string])[] = [
    ['version', VERSION],
    ['run', new Date(run.when).toISOString()],
    ['query', run.query],
    ['rows', String(run.keys.length)],
    ['without key', String(run.keyless)],
    ['cut at the row limit', yesNo(run.isSlice)],
    ['with an account', yesNo(run.withAccount)]
  ];
  const names = [...run.keyColumns.map(escapeCell), 'release', 'rights'];
  const parts = [
    [
      TITLE,
      ...head.map(([name, value]) => `# ${name}\t${value}`),
      names.join('\t')
    ].join('\n')
  ];
  for (let at = 0; at < run.keys.length; at += LINES) {
    const lines = run.keys.slice(at, at + LINES).map((key, index) => {
      const row = at + index;
      return `${key}\t${escapeCell(run.releases[row])}\t${escapeCell(run.rights[row])}`;
    });
    parts.push(lines.join('\n'));
    await pause();
  }
  return `${parts.join('\n')}\n`;
}

/**
 * A run as {@link writeRun} wrote it; null for a text of another kind or version, or one
 * that somebody has changed such that its rows do not fit its head.
 */
export async function readRun(text: string, pause: Pause): Promise<IRunRows | null> {
  const lines = linesOf(text);
  const head = new Map<string, string>();
  let line = lines.next();
  for (; !line.done && line.value.startsWith('#'); line = lines.next()) {
    const [name, value] = line.value.slice(2).split('\t');
    head.set(name, value ?? '');
  }
  const names = line.done ? [] : line.value.split('\t');
  const when = Date.parse(head.get('run') ?? '');
  const count = Number(head.get('rows'));
  const isKnown =
    head.get('version') === VERSION &&
    names.length > 2 &&
    names.slice(-2).join() === 'release,rights' &&
    !Number.isNaN(when) &&
    count <= MOST_ROWS;
  const rows = isKnown ? await readRows(lines, names.length, pause) : null;
  if (rows?.keys.length !== count) {
    return null;
  }
  return {
    when,
    query: head.get('query') ?? '',
    isSlice: head.get('cut at the row limit') === yesNo(true),
    withAccount: head.get('with an account') === yesNo(true),
    keyColumns: names.slice(0, -2).map(unescapeCell),
    keyless: Number(head.get('without key')) || 0,
    ...rows
  };
}

type Rows = Pick<IRunRows, 'keys' | 'releases' | 'rights'>;

/** The rows below the head; null where one of them is no row, or they are not sorted. */
async function readRows(
  lines: Iterator<string>,
  width: number,
  pause: Pause
): Promise<Rows | null> {
  const rows = {
    keys: [] as string[],
    releases: [] as string[],
    rights: [] as string[]
  };
  for (let line = lines.next(); !line.done; line = lines.next()) {
    const cells = line.value.split('\t');
    const key = cells.slice(0, -2).join('\t');
    const isRow = cells.length === width && rows.keys.length < MOST_ROWS;
    if (!isRow || (rows.keys.at(-1) ?? '') > key) {
      return null;
    }
    rows.keys.push(key);
    rows.releases.push(unescapeCell(cells[width - 2]));
    rows.rights.push(unescapeCell(cells[width - 1]));
    if (rows.keys.length % LINES === 0) {
      await pause();
    }
  }
  return rows;
}

/** The lines of a text, without making a list of a million of them; also those of Windows. */
function* linesOf(text: string): Generator<string, void> {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    yield line.endsWith('\r') ? line.slice(0, -1) : line;
    at = end < 0 ? text.length : end + 1;
  }
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
