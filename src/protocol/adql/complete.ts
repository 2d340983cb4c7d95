import type { ITapCapability } from '../vosi.js';

import { placeAt, type IPlaceOfName } from './completeplace.js';
import { functionsOf } from './functions.js';
import { keywordsAt } from './keywords.js';
import { columnsOf, type INamedColumn, type INamedTable } from './names.js';
import { parseOutline } from './parse.js';
import { quoteIdentifier } from './quote.js';
import {
  findQualifier,
  type INameSpace,
  type IScopeTable,
  tablesInSight,
  UPLOAD_SCHEMA
} from './scope.js';

/** One name or word that can stand at the cursor. */
export interface ICompletion {
  readonly kind: 'schema' | 'table' | 'alias' | 'column' | 'function' | 'keyword';
  /** What is shown and matched. */
  readonly label: string;
  /** What goes into the text, quoted where needed. */
  readonly insert: string;
  /** Where the cursor is then, counted from the end of what was inserted. */
  readonly back: number;
  /** The table of a column, the schema of a table; empty for others. */
  readonly of: string;
  /** Type in VOTable's words, the signature of a function; empty where nothing is said. */
  readonly type: string;
  readonly unit: string;
  readonly ucd: string;
  readonly description: string;
  /** Searching by it is fast. */
  readonly indexed: boolean;
}

/** What can stand at a place of the text. */
export interface ICompletions {
  /** What it replaces: the begun name. */
  readonly from: number;
  readonly to: number;
  /** What was typed of it, without quotes. */
  readonly typed: string;
  /** Best first. */
  readonly items: readonly ICompletion[];
}

/** What is offered. */
export interface ICompletionContext extends INameSpace {
  /** Null where the service does not say what it can. */
  readonly capability: ITapCapability | null;
  /** The table to take columns of while there is no FROM clause; a name as in ADQL. */
  readonly table?: string;
}

/** Nobody reads on beyond so many. */
const MOST = 200;

/**
 * What can stand at the cursor; null within comments and texts, and where nothing fits.
 *
 * @param cursor - offset in the text
 */
export function complete(
  text: string,
  cursor: number,
  context: ICompletionContext
): ICompletions | null {
  const outline = parseOutline(text);
  const place = placeAt(outline, cursor);
  if (place === null) {
    return null;
  }
  const groups = candidates(place, context);
  const names = place.isQuoted
    ? groups.map(group => group.filter(({ kind }) => NAMES.has(kind)))
    : groups;
  const items = ranked(names, place.typed);
  const { from, to, typed } = place;
  return items.length > 0 ? { from, to, typed, items } : null;
}

/** What can be written in double quotes. */
const NAMES: ReadonlySet<ICompletion['kind']> = new Set([
  'schema',
  'table',
  'alias',
  'column'
]);

function candidates(place: IPlaceOfName, context: ICompletionContext): ICompletion[][] {
  if (place.qualifier.length > 0) {
    return behindDot(place, context);
  }
  const keywords = keywordsAt(place).map(keyword(place.isLower));
  if (place.wants === 'table') {
    return [namedQueries(place), tables(context), schemas(context), keywords];
  }
  if (place.wants === 'name') {
    const sight = sightOf(place, context);
    return [columns(sight), aliases(sight), functions(context), keywords];
  }
  return [keywords];
}

/** Columns of a table, or tables of a schema, by what stands before the dot. */
function behindDot(place: IPlaceOfName, context: ICompletionContext): ICompletion[][] {
  const { qualifier } = place;
  const name = qualifier.map(({ text }) => text).join('.');
  if (place.wants === 'table') {
    const within = context.names.tables
      .filter(({ schema }) => schema.toLowerCase() === name.toLowerCase())
      .map(table => ({ ...tableItem(table), insert: lastPart(table.adql) }));
    return name.toUpperCase() === UPLOAD_SCHEMA ? [uploads(context)] : [within];
  }
  const table = findQualifier(sightOf(place, context), qualifier);
  return [table ? columns([table], true) : []];
}

/** The tables whose columns can be named; the one searched where no FROM says others. */
function sightOf(
  { select }: IPlaceOfName,
  context: ICompletionContext
): readonly IScopeTable[] {
  const sight = select ? tablesInSight(select, context) : [];
  if (sight.length > 0 || context.table === undefined) {
    return sight;
  }
  const parts = [...context.table.split('.')].map(text => ({ text }));
  const table = context.names.find(parts);
  const columns = table && columnsOf(table.description);
  const use = { from: 0, to: 0, parts: [], alias: null, query: null, opaque: false };
  return table
    ? [{ use, label: '', title: table.name, table, columns, exists: true }]
    : [];
}

/** Words within a name, so that `url` finds `access_url`. */
function ranked(groups: readonly ICompletion[][], typed: string): ICompletion[] {
  const wanted = typed.toLowerCase();
  const ranks: [number, ICompletion][] = [];
  groups.forEach((group, place) => {
    for (const item of group) {
      const match = matchOf(item.label.toLowerCase(), wanted);
      if (match < 3) {
        ranks.push([match * 10 + place, item]);
      }
    }
  });
  ranks.sort((one, other) => one[0] - other[0] || byName(one[1], other[1], wanted));
  return ranks.slice(0, MOST).map(([, item]) => item);
}

/** 0 for a beginning, 1 for the beginning of a word in it, 2 for anywhere, 3 for none. */
function matchOf(label: string, wanted: string): number {
  const at = label.indexOf(wanted);
  if (at <= 0) {
    return at === 0 ? 0 : 3;
  }
  return /[_.]/.test(label[at - 1]) || label.includes(`_${wanted}`) ? 1 : 2;
}

/** By name once something was typed; before that as the service has them. */
function byName(one: ICompletion, other: ICompletion, wanted: string): number {
  return wanted === ''
    ? 0
    : one.label < other.label
      ? -1
      : one.label > other.label
        ? 1
        : 0;
}

function columns(sight: readonly IScopeTable[], isQualified = false): ICompletion[] {
  const seen = new Set<string>();
  const items: ICompletion[] = [];
  for (const { columns: list, title, label, use } of sight) {
    for (const column of list ?? []) {
      // A column of two tables is offered once for each, with its table.
      const isTwice = sight.length > 1 && !isQualified && isShared(sight, column);
      const prefix = isTwice && use.alias ? `${quoteIdentifier(label)}.` : '';
      const insert = prefix + column.adql;
      if (!seen.has(insert)) {
        seen.add(insert);
        items.push(columnItem(column, title, insert));
      }
    }
  }
  return items;
}

function isShared(sight: readonly IScopeTable[], { key }: INamedColumn): boolean {
  return (
    sight.filter(table => table.columns?.some(other => other.key === key)).length > 1
  );
}

const PLAIN = {
  back: 0,
  of: '',
  type: '',
  unit: '',
  ucd: '',
  description: '',
  indexed: false
} as const;

function columnItem(column: INamedColumn, of: string, insert: string): ICompletion {
  const { description: told, name } = column;
  const size = told?.arraysize ? `(${told.arraysize})` : '';
  return {
    ...PLAIN,
    kind: 'column',
    label: name,
    insert,
    of,
    type: told?.datatype ? told.datatype + size : '',
    unit: told?.unit ?? '',
    ucd: told?.ucd ?? '',
    description: told?.description ?? '',
    indexed: told?.indexed ?? false
  };
}

function tables({ names }: ICompletionContext): ICompletion[] {
  return names.tables.map(tableItem);
}

function tableItem({ name, adql, schema, description }: INamedTable): ICompletion {
  const told = description.description ?? description.title ?? '';
  return {
    ...PLAIN,
    kind: 'table',
    label: name,
    insert: adql,
    of: schema,
    description: told
  };
}

function schemas({ names, uploads: own }: ICompletionContext): ICompletion[] {
  const all = [...names.schemas, ...(own.size > 0 ? [UPLOAD_SCHEMA] : [])];
  return all.map(label => ({
    ...PLAIN,
    kind: 'schema',
    label,
    insert: `${quoteIdentifier(label)}.`
  }));
}

function uploads({ uploads: own }: ICompletionContext): ICompletion[] {
  return [...own.keys()].map(label => ({
    ...PLAIN,
    kind: 'table',
    label,
    insert: label,
    of: UPLOAD_SCHEMA
  }));
}

function namedQueries({ select }: IPlaceOfName): ICompletion[] {
  const items: ICompletion[] = [];
  for (let at = select; at !== null; at = at.parent) {
    for (const { name } of at.named) {
      const insert = quoteIdentifier(name.text);
      items.push({ ...PLAIN, kind: 'table', label: name.text, insert });
    }
  }
  return items;
}

function aliases(sight: readonly IScopeTable[]): ICompletion[] {
  return sight
    .filter(({ use }) => use.alias !== null)
    .map(({ label, title }) => ({
      ...PLAIN,
      kind: 'alias',
      label,
      insert: `${quoteIdentifier(label)}.`,
      of: title
    }));
}

function functions({ capability }: ICompletionContext): ICompletion[] {
  return functionsOf(capability).map(({ name, signature, description }) => {
    const hasArguments = !signature.endsWith('()');
    return {
      ...PLAIN,
      kind: 'function',
      label: name,
      insert: `${name}()`,
      back: hasArguments ? 1 : 0,
      type: signature,
      description
    };
  });
}

function keyword(isLower: boolean): (word: string) => ICompletion {
  return word => {
    const label = isLower ? word.toLowerCase() : word;
    return { ...PLAIN, kind: 'keyword', label, insert: label };
  };
}

/** `raw` of `dbo.raw`, as written. */
function lastPart(adql: string): string {
  return /(?:"(?:[^"]|"")*"|[^.]+)$/.exec(adql)?.[0] ?? adql;
}
