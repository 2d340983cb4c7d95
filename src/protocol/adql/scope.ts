import { columnsOf, type INamedColumn, type SchemaNames } from './names.js';
import type { INamedQuery, INamePart, ISelect, ITableUse } from './outline.js';
import { quoteIdentifier } from './quote.js';
import { remember } from '../remember.js';
import { Sight } from './sight.js';
import type { IScopeTable } from './scopetable.js';

/** Tables that go along with a query, by the name behind `TAP_UPLOAD.`. */
export type Uploads = ReadonlyMap<string, readonly string[]>;

/** What names of a query are looked up in. */
export interface INameSpace {
  readonly names: SchemaNames;
  readonly uploads: Uploads;
}

/** A query within a query within … beyond this is not looked into. */
const DEPTH = 30;

/** More columns of a query in brackets than this are not told apart. */
const MOST_COLUMNS = 10_000;

/** The schema that uploads are in (TAP 1.1 §2.7.6). */
export const UPLOAD_SCHEMA = 'TAP_UPLOAD';

/** What the tables of a query are, as far as a service's names tell; made once for each. */
export const scopeOf = remember((space: INameSpace) => new Scope(space));

/** Looks up the tables of SELECTs, each once. */
export class Scope {
  constructor(private readonly _space: INameSpace) {}

  /** The tables of a SELECT itself, without those around it. */
  readonly tables = remember((select: ISelect): readonly IScopeTable[] =>
    select.tables.map(use => this._table(use, select))
  );

  /** The tables of a SELECT and, behind them, of those around it. */
  readonly sight = remember((select: ISelect): Sight => {
    const found: IScopeTable[] = [];
    for (let at: ISelect | null = select; at !== null; at = at.parent) {
      found.push(...this.tables(at));
    }
    return new Sight(found, select.tables.length);
  });

  private _table(use: ITableUse, select: ISelect): IScopeTable {
    const written = use.parts.map(({ text }) => text).join('.');
    const label = use.alias?.text ?? written;
    const base = { use, label, title: label, table: null, columns: null, exists: true };
    const named = findNamed(select, use.parts);
    if (use.opaque || named?.opaque) {
      return base;
    }
    if (use.query || named) {
      const query = use.query ?? named?.query ?? null;
      return { ...base, columns: query && this._output(query) };
    }
    const [schema, name] = use.parts;
    if (schema?.text.toUpperCase() === UPLOAD_SCHEMA) {
      return { ...base, title: written, columns: uploaded(name, this._space.uploads) };
    }
    return { ...base, ...serviceTable(use, this._space.names, written) };
  }

  /** The columns that a query answers with; null where one of them cannot be known. */
  private _output(query: ISelect): readonly INamedColumn[] | null {
    if (this._depth > DEPTH) {
      return null;
    }
    this._depth += 1;
    const columns = outputOf(query, this.tables(query));
    this._depth -= 1;
    return columns;
  }

  private _depth = 0;
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

function outputOf(
  query: ISelect,
  tables: readonly IScopeTable[]
): readonly INamedColumn[] | null {
  const sight = new Sight(tables, tables.length);
  const columns: INamedColumn[] = [];
  for (const { name, star } of query.items) {
    const found = star ? starColumns(star, sight) : name === null ? null : [made(name)];
    if (found === null || columns.length + found.length > MOST_COLUMNS) {
      return null;
    }
    columns.push(...found);
  }
  return columns.length > 0 ? columns : null;
}

function starColumns(
  qualifier: readonly INamePart[],
  sight: Sight
): readonly INamedColumn[] | null {
  const table = qualifier.length > 0 ? sight.qualifier(qualifier) : null;
  const meant = qualifier.length > 0 ? (table ? [table] : []) : sight.tables;
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
