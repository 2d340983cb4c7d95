import type { ITapCapability } from '../vosi.js';

import { functionsOf, type IAdqlFunction } from './functions.js';
import type { INamedColumn, INamedTable } from './names.js';
import type { ISelect } from './outline.js';
import { quoteIdentifier } from './quote.js';
import { type INameSpace, UPLOAD_SCHEMA } from './scope.js';
import type { IScopeTable } from './scopetable.js';

/** One name or word that can stand at the cursor. */
export interface ICompletion {
  readonly kind: 'schema' | 'table' | 'alias' | 'column' | 'function' | 'keyword';
  /** What is shown and matched. */
  readonly label: string;
  /** What goes into the text, quoted where needed. */
  readonly insert: string;
  /** Where the cursor is then, counted back from the end of what was inserted. */
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

/** What may be offered; made only where it fits what was typed. */
export interface ICandidate {
  /** The label in lower case. */
  readonly key: string;
  readonly make: () => ICompletion;
}

type Kind = ICompletion['kind'];

/** The columns of tables; those that several tables have go with their table's alias. */
export function columns(sight: readonly IScopeTable[]): ICandidate[] {
  const counts = new Map<string, number>();
  for (const { columns: list } of sight.length > 1 ? sight : []) {
    list?.forEach(({ key }) => counts.set(key, (counts.get(key) ?? 0) + 1));
  }
  const candidates = new Map<string, ICandidate>();
  for (const { columns: list, title, label, use } of sight) {
    const prefix = use.alias ? `${quoteIdentifier(label)}.` : '';
    for (const column of list ?? []) {
      const isShared = (counts.get(column.key) ?? 0) > 1;
      const insert = isShared ? prefix + column.adql : column.adql;
      if (!candidates.has(insert)) {
        const make = (): ICompletion => columnItem(column, title, insert);
        candidates.set(insert, { key: column.key, make });
      }
    }
  }
  return [...candidates.values()];
}

/** All tables of the service, by their whole names. */
export function tables({ names }: INameSpace): ICandidate[] {
  return names.tables.map(table => tableCandidate(table, table.adql));
}

/** The tables of a schema, by their own names. */
export function tablesOfSchema(schema: string, { names }: INameSpace): ICandidate[] {
  const wanted = schema.toLowerCase();
  return names.tables
    .filter(table => table.schema.toLowerCase() === wanted)
    .map(table => tableCandidate(table, lastPart(table.adql)));
}

/** The schemas of the service, and that of uploads where there are any. */
export function schemas({ names, uploads: own }: INameSpace): ICandidate[] {
  const all = [...names.schemas, ...(own.size > 0 ? [UPLOAD_SCHEMA] : [])];
  return all.map(name => candidate('schema', name, `${quoteIdentifier(name)}.`));
}

/** Tables that go along with the query. */
export function uploads({ uploads: own }: INameSpace): ICandidate[] {
  return [...own.keys()].map(name =>
    candidate('table', name, name, { of: UPLOAD_SCHEMA })
  );
}

/** The queries that WITH gave names, here or further out. */
export function namedQueries(select: ISelect | null): ICandidate[] {
  const found: ICandidate[] = [];
  for (let at = select; at !== null; at = at.parent) {
    for (const { name } of at.named) {
      found.push(candidate('table', name.text, quoteIdentifier(name.text)));
    }
  }
  return found;
}

/** The names that tables were given in the query. */
export function aliases(sight: readonly IScopeTable[]): ICandidate[] {
  return sight
    .filter(({ use }) => use.alias !== null)
    .map(({ label, title }) =>
      candidate('alias', label, `${quoteIdentifier(label)}.`, { of: title })
    );
}

/** Functions with brackets, the cursor between them where arguments are wanted. */
export function functions(capability: ITapCapability | null): ICandidate[] {
  return functionsOf(capability).map(functionCandidate);
}

/** A keyword in the case of the query. */
export function keyword(word: string, isLower: boolean): ICandidate {
  const written = isLower ? word.toLowerCase() : word;
  return candidate('keyword', written, written);
}

function functionCandidate(own: IAdqlFunction): ICandidate {
  const { name, signature, description } = own;
  const back = /\(\s*\)/.test(signature) ? 0 : 1;
  return candidate('function', name, `${name}()`, {
    type: signature,
    description,
    back
  });
}

function tableCandidate(table: INamedTable, insert: string): ICandidate {
  const { name, schema, description: told } = table;
  const description = told.description ?? told.title ?? '';
  return candidate('table', name, insert, { of: schema, description });
}

function candidate(
  kind: Kind,
  label: string,
  insert: string,
  more: Partial<ICompletion> = {}
): ICandidate {
  const make = (): ICompletion => ({ ...PLAIN, kind, label, insert, ...more });
  return { key: label.toLowerCase(), make };
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
  const { description: told, name: label } = column;
  const size = told?.arraysize ? `(${told.arraysize})` : '';
  return {
    ...PLAIN,
    kind: 'column',
    label,
    insert,
    of,
    type: told?.datatype ? told.datatype + size : '',
    unit: told?.unit ?? '',
    ucd: told?.ucd ?? '',
    description: told?.description ?? '',
    indexed: told?.indexed ?? false
  };
}

/** `raw` of `dbo.raw`, as written. */
function lastPart(adql: string): string {
  return /(?:"(?:[^"]|"")*"|[^.]+)$/.exec(adql)?.[0] ?? adql;
}
