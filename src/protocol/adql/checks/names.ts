import { columnNamed } from '../names.js';
import type { NearestNames } from '../nearest.js';
import type { INamePart, INameUse, IOutline, ISelect } from '../outline.js';
import { quoteLiteral, quoteTableName } from '../quote.js';
import { remember } from '../../remember.js';
import { findNamed, scopeOf } from '../scope.js';
import type { Sight } from '../sight.js';
import { type ICheckTools, type IFinding, replace } from './types.js';
import type { IScopeTable } from '../scopetable.js';

/** Tables and columns that do not exist, as far as that can be known. */
export function* checkNames(
  outline: IOutline,
  tools: ICheckTools
): Generator<IFinding> {
  const scope = scopeOf(tools);
  for (const select of outline.selects) {
    yield* tables(select, tools);
  }
  for (const use of outline.names) {
    const sight = scope.sight(use.select);
    yield* use.parts.length > 1 || use.star
      ? qualified(use, sight, tools)
      : single(use, sight, tools);
  }
}

function* tables(select: ISelect, tools: ICheckTools): Generator<IFinding> {
  const seen = new Set<string>();
  for (const { use, title, label, exists } of scopeOf(tools).tables(select)) {
    const key = label.toLowerCase();
    if (seen.has(key) && key !== '') {
      const { from, to } = use.alias ?? use;
      const message = `\u2018${label}\u2019 names two tables here. Give one another name.`;
      yield { from, to, severity: 'error', message };
    }
    seen.add(key);
    if (!exists && findNamed(select, use.parts) === null) {
      yield unknownTable(use.parts, title, tools);
    }
  }
}

function unknownTable(
  parts: readonly INamePart[],
  title: string,
  { names, nearest }: ICheckTools
): IFinding {
  const span = { from: parts[0].from, to: parts[parts.length - 1].to };
  const own = names.tables.map(({ name }) => name);
  const near = nearest.find(title, own) ?? nearestByLast(parts, own);
  const more = near ? ` The nearest name is ${near}.` : '';
  return {
    ...span,
    severity: 'error',
    message: `This service lists no table \u2018${title}\u2019.${more}`,
    ...(near && { fix: replace(span, quoteTableName(near), near) })
  };
}

/** The only table of that name in another schema. */
function nearestByLast(
  parts: readonly INamePart[],
  names: readonly string[]
): string | null {
  const last = parts[parts.length - 1].text.toLowerCase();
  const found = names.filter(name => name.toLowerCase().endsWith(`.${last}`));
  return found.length === 1 ? found[0] : null;
}

/** `o.obs_id` and `o.*` */
function* qualified(
  use: INameUse,
  sight: Sight,
  { nearest }: ICheckTools
): Generator<IFinding> {
  const qualifier = use.star ? use.parts : use.parts.slice(0, -1);
  const column = use.parts[use.parts.length - 1];
  const table = sight.qualifier(qualifier);
  if (table === null) {
    yield* unknownQualifier(qualifier, sight.tables, nearest);
  } else if (
    !use.star &&
    table.columns &&
    !columnNamed(table.columns, column.text.toLowerCase())
  ) {
    yield unknownColumn(column, [table], nearest);
  }
}

function* unknownQualifier(
  parts: readonly INamePart[],
  sight: readonly IScopeTable[],
  nearest: NearestNames
): Generator<IFinding> {
  // Without a FROM clause nothing can be known, and a table function may be called anything.
  if (sight.length === 0 || sight.some(({ use }) => use.opaque && !use.alias)) {
    return;
  }
  const written = parts.map(({ text }) => text).join('.');
  const span = { from: parts[0].from, to: parts[parts.length - 1].to };
  const labels = sight.map(({ label }) => label).filter(Boolean);
  const near = labels.length === 1 ? labels[0] : nearest.find(written, labels);
  const more = near ? ` The nearest one is ${near}.` : '';
  yield {
    ...span,
    severity: 'error',
    message: `\u2018${written}\u2019 is not a table of this query.${more}`,
    ...(near && { fix: replace(span, quoteTableName(near), near) })
  };
}

/** A column without a table before it. */
function* single(
  use: INameUse,
  sight: Sight,
  { nearest }: ICheckTools
): Generator<IFinding> {
  const [column] = use.parts;
  // `COUNT(o)`: some services let a table stand for its rows.
  if (use.reserved || isNewName(use) || sight.isLabel(column)) {
    return;
  }
  const { isKnown } = sight;
  const holders = sight.holders(column);
  if (holders.length > 1 && !isMerged(use.select, column)) {
    yield ambiguous(use, holders);
  } else if (isKnown && !sight.column(column)) {
    const unknown = () => unknownColumn(column, sight.tables, nearest);
    yield isTextMeant(use) ? doubleQuoted(use) : unknown();
  } else if (!isKnown && isTextMeant(use) && holders.length === 0) {
    yield { ...doubleQuoted(use), severity: 'warning' };
  }
}

/** A name the SELECT list gives, which ORDER BY and others may use. */
function isNewName({ parts, select, clause, behind }: INameUse): boolean {
  const key = parts[0].text.toLowerCase();
  const isGiven = namesGiven(select).has(key);
  const isGiving = clause === 'select' && behind !== null;
  return isGiving || (isGiven && clause !== 'select' && clause !== 'on');
}

const namesGiven = remember(
  ({ items }: ISelect) => new Set(items.map(({ name }) => name?.toLowerCase()))
);

function isMerged({ merged }: ISelect, { text }: INamePart): boolean {
  return merged === 'all' || merged.has(text.toLowerCase());
}

function ambiguous(use: INameUse, holders: readonly IScopeTable[]): IFinding {
  const [{ text, from, to }] = use.parts;
  const labels = holders.map(({ label }) => label);
  const choices = labels.map(label => `${label}.${text}`).join(' or ');
  return {
    from,
    to,
    severity: 'warning',
    message: `\u2018${text}\u2019 is a column of ${labels.join(' and ')}. Write ${choices}.`
  };
}

function unknownColumn(
  part: INamePart,
  tables: readonly IScopeTable[],
  nearest: NearestNames
): IFinding {
  const columns = tables.flatMap(table => table.columns ?? []);
  const near = nearest.find(part.text, new Set(columns.map(({ name }) => name)));
  const where = [...new Set(tables.map(({ title }) => title || 'the inner query'))];
  const more = near ? ` The nearest name is ${near}.` : '';
  const adql = columns.find(({ name }) => name === near)?.adql;
  return {
    from: part.from,
    to: part.to,
    severity: 'error',
    message: `\u2018${part.text}\u2019 is not a column of ${where.join(' or ')}.${more}`,
    ...(near && adql && { fix: replace(part, adql, near) })
  };
}

/** `instrument = "SPHERE"`: what is compared is more likely a text than a column. */
function isTextMeant({ parts: [part], operator }: INameUse): boolean {
  return part.quoted && ['=', '<>', '!='].includes(operator?.text ?? '');
}

function doubleQuoted({ parts: [{ text, from, to }] }: INameUse): IFinding {
  const right = quoteLiteral(text);
  return {
    from,
    to,
    severity: 'error',
    message: `Double quotes are for names. Write ${right} for a text.`,
    fix: replace({ from, to }, right)
  };
}
