import {
  columnsOf,
  type INamedColumn,
  type INamedTable,
  type SchemaNames
} from './names.js';
import type { INamedQuery, INamePart, ISelect, ITableUse } from './outline.js';
import { quoteIdentifier } from './quote.js';

/** Tables that go along with a query, by the name behind `TAP_UPLOAD.`. */
export type Uploads = ReadonlyMap<string, readonly string[]>;

/** What names of a query are looked up in. */
export interface INameSpace {
  readonly names: SchemaNames;
  readonly uploads: Uploads;
}

/** A table that a SELECT can take columns of. */
export interface IScopeTable {
  readonly use: ITableUse;
  /** As it is called in the query: its alias, or its name. */
  readonly label: string;
  /** As messages call it: a table of the service by its name. */
  readonly title: string;
  /** As the service describes it; null for queries, uploads and what is unknown. */
  readonly table: INamedTable | null;
  /** Null where they are not all known. */
  readonly columns: readonly INamedColumn[] | null;
  /** False for a name that means nothing; true also where that cannot be known. */
  readonly exists: boolean;
}

/** A query within a query within … beyond this is not looked into. */
const DEPTH = 12;

/** The schema that uploads are in (TAP 1.1 §2.7.6). */
export const UPLOAD_SCHEMA = 'TAP_UPLOAD';

/** The tables of a SELECT itself, without those around it. */
export function tablesOf(select: ISelect, space: INameSpace, depth = 0): IScopeTable[] {
  return select.tables.map(use => scopeTable(use, select, space, depth));
}

/** The tables of a SELECT and, behind them, of those around it. */
export function tablesInSight(select: ISelect, space: INameSpace): IScopeTable[] {
  const found: IScopeTable[] = [];
  for (let at: ISelect | null = select; at !== null; at = at.parent) {
    found.push(...tablesOf(at, space));
  }
  return found;
}

/** The table that stands before a column's dot; null where none is called that. */
export function findQualifier(
  tables: readonly IScopeTable[],
  parts: readonly INamePart[]
): IScopeTable | null {
  const wanted = parts.map(({ text }) => text.toLowerCase());
  return (
    tables.find(
      ({ use }) => wanted.length === 1 && use.alias?.text.toLowerCase() === wanted[0]
    ) ??
    tables.find(({ use }) => {
      const own = use.parts.map(({ text }) => text.toLowerCase());
      const shared = Math.min(own.length, wanted.length);
      return (
        shared > 0 && own.slice(-shared).join('.') === wanted.slice(-shared).join('.')
      );
    }) ??
    null
  );
}

/** The named query that a name means, the nearest one. */
export function findNamed(
  select: ISelect,
  parts: readonly INamePart[]
): INamedQuery | null {
  if (parts.length !== 1) {
    return null;
  }
  const wanted = parts[0].text.toLowerCase();
  for (let at: ISelect | null = select; at !== null; at = at.parent) {
    const found = at.named.find(({ name }) => name.text.toLowerCase() === wanted);
    if (found) {
      return found;
    }
  }
  return null;
}

function scopeTable(
  use: ITableUse,
  select: ISelect,
  space: INameSpace,
  depth: number
): IScopeTable {
  const written = use.parts.map(({ text }) => text).join('.');
  const label = use.alias?.text ?? written;
  const base = { use, label, title: label, table: null, columns: null, exists: true };
  const named = findNamed(select, use.parts);
  if (use.opaque || named?.opaque) {
    return base;
  }
  if (use.query || named) {
    const query = use.query ?? named?.query ?? null;
    return { ...base, columns: query && outputOf(query, space, depth + 1) };
  }
  const [schema, name] = use.parts;
  if (schema?.text.toUpperCase() === UPLOAD_SCHEMA) {
    return { ...base, title: written, columns: uploaded(name, space.uploads) };
  }
  return { ...base, ...serviceTable(use, space.names, written) };
}

function uploaded(
  name: INamePart | undefined,
  uploads: Uploads
): readonly INamedColumn[] | null {
  return uploads.get(name?.text.toLowerCase() ?? '')?.map(made) ?? null;
}

function serviceTable(
  use: ITableUse,
  names: SchemaNames,
  written: string
): Pick<IScopeTable, 'title' | 'table' | 'columns' | 'exists'> {
  const table = names.find(use.parts);
  return {
    title: table?.name ?? written,
    table,
    columns: table && columnsOf(table.description),
    exists: table !== null || !names.isKnown || isOfService(use)
  };
}

/** TAP_SCHEMA is at every service (TAP 1.1 §4), listed or not. */
function isOfService(use: ITableUse): boolean {
  return use.parts[0]?.text.toUpperCase() === 'TAP_SCHEMA';
}

/** The columns that a query answers with; null where one of them cannot be known. */
export function outputOf(
  query: ISelect,
  space: INameSpace,
  depth: number
): readonly INamedColumn[] | null {
  if (depth > DEPTH) {
    return null;
  }
  const tables = tablesOf(query, space, depth);
  const columns: INamedColumn[] = [];
  for (const { name, star } of query.items) {
    const found = star ? starColumns(star, tables) : name === null ? null : [name];
    if (found === null) {
      return null;
    }
    columns.push(...found.map(item => (typeof item === 'string' ? made(item) : item)));
  }
  return columns.length > 0 ? columns : null;
}

function starColumns(
  qualifier: readonly INamePart[],
  tables: readonly IScopeTable[]
): readonly INamedColumn[] | null {
  const table = qualifier.length > 0 ? findQualifier(tables, qualifier) : null;
  const meant = qualifier.length > 0 ? (table ? [table] : []) : tables;
  const lists = meant.map(({ columns }) => columns);
  return lists.length === 0 || lists.includes(null)
    ? null
    : lists.flatMap(columns => columns ?? []);
}

/** A column that is no service's. */
function made(name: string): INamedColumn {
  return {
    name,
    key: name.toLowerCase(),
    adql: quoteIdentifier(name),
    description: null
  };
}
