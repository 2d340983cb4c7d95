import { explainPosition, type IPosition, parsePosition } from './position.js';

/** A line of a list of targets. */
export interface ITargetLine {
  /** Counted from 1. */
  readonly line: number;
  /** As written: the name, or the line itself where it has none. */
  readonly name: string;
  /** Null where only a name is given, which a resolver may know. */
  readonly position: IPosition | null;
}

/** A list of targets as read. */
export interface ITargetLines {
  readonly targets: readonly ITargetLine[];
  /** Lines that are neither a position nor a name, each with why. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** Names of columns that hold a position or a name, in the order of preference. */
const HEADERS = {
  ra: ['ra', 's_ra', 'raj2000', 'ra_deg', 'ra_icrs', 'right ascension', 'alpha'],
  dec: [
    'dec',
    's_dec',
    'dej2000',
    'decj2000',
    'dec_deg',
    'de_icrs',
    'declination',
    'delta'
  ],
  name: ['name', 'target', 'target_name', 'object', 'main_id', 'source', 'id']
} as const;

/** Which cells of a table hold what; null where none does. */
interface ILayout {
  readonly ra: number;
  readonly dec: number;
  readonly name: number | null;
}

/** Longest line that is taken apart. */
const LONGEST_LINE = 1000;

/** Longest name that a resolver is asked for; longer lines are something else. */
const LONGEST_NAME = 80;

/**
 * Read a list of targets: a name, a position in any form that `parsePosition` reads, or
 * both a line; cells parted by commas, semicolons or tabs; with or without a line of
 * headings. Lines that begin with `#` are comments.
 */
export function readTargets(text: string): ITargetLines {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter(row => row.text !== '' && !row.text.startsWith('#'));
  const layout = rows.length > 0 ? layoutOf(cellsOf(rows[0].text)) : null;
  const targets: ITargetLine[] = [];
  const problems: { line: number; message: string }[] = [];
  for (const row of layout ? rows.slice(1) : rows) {
    const read = layout ? readCells(cellsOf(row.text), layout) : readLine(row.text);
    if (typeof read === 'string') {
      problems.push({ line: row.line, message: read });
    } else {
      targets.push({ line: row.line, ...read });
    }
  }
  return { targets, problems };
}

type Target = Omit<ITargetLine, 'line'>;

/** Where the headings say that positions are; null where the line has none. */
function layoutOf(cells: readonly string[]): ILayout | null {
  const headings = cells.map(cell => cell.toLowerCase().replace(/\s*[([].*$/, ''));
  const find = (names: readonly string[]): number =>
    Math.min(
      ...names.map(name => headings.indexOf(name)).map(at => (at < 0 ? Infinity : at))
    );
  const [ra, dec, name] = [HEADERS.ra, HEADERS.dec, HEADERS.name].map(find);
  return Number.isFinite(ra + dec)
    ? { ra, dec, name: Number.isFinite(name) ? name : null }
    : null;
}

function readCells(cells: readonly string[], layout: ILayout): Target | string {
  const text = `${cells[layout.ra] ?? ''} ${cells[layout.dec] ?? ''}`.trim();
  const position = parsePosition(text);
  const name = layout.name === null ? '' : (cells[layout.name] ?? '');
  if (position) {
    return { name: name || text, position };
  }
  return text === '' && isName(name) ? { name, position: null } : notUnderstood(text);
}

/** A line without headings: the position is where one can be read. */
function readLine(line: string): Target | string {
  if (line.length > LONGEST_LINE) {
    return notUnderstood(line);
  }
  const whole = parsePosition(line);
  if (whole) {
    return { name: line, position: whole };
  }
  const cells = cellsOf(line);
  const parts = cells.length > 1 ? cells : line.split(/\s+/);
  return positionAmong(parts, cells.length > 1) ?? nameOf(line, cells);
}

/** How many parts a position can be written in, the most first. */
const CELLS = [2, 1];
/** In words: `13 37 00.9 -29 51 57`, `13 37 -29 51`, two numbers, or one word. */
const WORDS = [6, 4, 2, 1];

/** The first or last parts, if they are a position; the others are the name. */
function positionAmong(parts: readonly string[], areCells: boolean): Target | null {
  for (const size of areCells ? CELLS : WORDS) {
    const starts = areCells ? parts.map((_, index) => index) : [parts.length - size, 0];
    for (const start of starts.filter(at => at >= 0 && at + size <= parts.length)) {
      const text = parts.slice(start, start + size).join(' ');
      const position = parsePosition(text);
      if (position) {
        const rest = [...parts.slice(0, start), ...parts.slice(start + size)];
        const name = areCells ? rest.find(part => part !== '') : rest.join(' ');
        return { name: name || text, position };
      }
    }
  }
  return null;
}

/** A line that is but a name. */
function nameOf(line: string, cells: readonly string[]): Target | string {
  const [first, ...others] = cells;
  const isAlone = others.every(cell => cell === '');
  return isAlone && explainPosition(line) === null && isName(first)
    ? { name: first, position: null }
    : notUnderstood(line);
}

/** Names have letters; a number alone is half a position. */
function isName(text: string): boolean {
  return /\p{L}/u.test(text) && text.length <= LONGEST_NAME;
}

function notUnderstood(text: string): string {
  const shown = text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
  return (
    explainPosition(text) ?? `\u2018${shown}\u2019 is neither a position nor a name.`
  );
}

/** The cells of a line; quotes keep separators together. */
function cellsOf(line: string): readonly string[] {
  const separator = ['\t', ';', ','].find(sign => line.includes(sign));
  if (separator === undefined) {
    return [unquoted(line)];
  }
  const cells: string[] = [];
  let quoted = false;
  let cell = '';
  for (const sign of line) {
    quoted = sign === '"' ? !quoted : quoted;
    if (sign === separator && !quoted) {
      cells.push(unquoted(cell));
      cell = '';
    } else {
      cell += sign;
    }
  }
  return [...cells, unquoted(cell)];
}

function unquoted(cell: string): string {
  const text = cell.trim();
  return /^".*"$/s.test(text) ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
}
