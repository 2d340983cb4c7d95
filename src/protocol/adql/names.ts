import type { IColumnDescription, ITableDescription, ITableSet } from '../vosi.js';

import type { INamePart } from './outline.js';
import { quoteColumnName, quoteTableName, splitName, unquoteName } from './quote.js';
import { remember } from '../remember.js';

/** A column with what names are compared by. */
export interface INamedColumn {
  /** Without quotes. */
  readonly name: string;
  /** Lower case, as names compare (ADQL 2.1 §2.1.2). */
  readonly key: string;
  /** As it goes into ADQL. */
  readonly adql: string;
  /** Null for a column that a query makes. */
  readonly description: IColumnDescription | null;
}

/** A table with what names are compared by. */
export interface INamedTable {
  /** Without quotes. */
  readonly name: string;
  /** As it goes into ADQL. */
  readonly adql: string;
  /** Its parts in lower case, the schema's among them. */
  readonly parts: readonly string[];
  readonly schema: string;
  readonly description: ITableDescription;
}

/** The names of a service's tables, made ready for looking them up. */
export class SchemaNames {
  constructor(readonly set: ITableSet) {
    for (const schema of set.schemas) {
      for (const table of schema.tables) {
        this._add(table, schema.name ?? '');
      }
    }
    const schemas = new Set(this.tables.map(({ schema }) => schema));
    this.schemas = [...schemas].filter(name => name !== '');
  }

  /** In the order of the service. */
  readonly tables: readonly INamedTable[] = [];

  /** True where tables are known at all: only then a name can be unknown. */
  get isKnown(): boolean {
    return this.tables.length > 0;
  }

  /** Names of schemas, without quotes, in the order of the service. */
  readonly schemas: readonly string[];

  /** The table that a name means, with or without schema and catalogue, in any case. */
  find(parts: readonly Pick<INamePart, 'text'>[]): INamedTable | null {
    const wanted = parts.map(({ text }) => text.toLowerCase());
    const last = wanted[wanted.length - 1] ?? '';
    const candidates = this._byLast.get(last) ?? [];
    return candidates.find(table => endsAlike(table.parts, wanted)) ?? null;
  }

  private _add(description: ITableDescription, schema: string): void {
    const own = splitName(description.name).map(part => part.toLowerCase());
    const plain = unquoteName(schema);
    const parts = own.length > 1 || !plain ? own : [plain.toLowerCase(), ...own];
    const table = {
      name: splitName(description.name).join('.'),
      adql: quoteTableName(description.name),
      parts,
      schema: plain,
      description
    };
    (this.tables as INamedTable[]).push(table);
    const last = parts[parts.length - 1];
    const others = this._byLast.get(last);
    if (others) {
      others.push(table);
    } else {
      this._byLast.set(last, [table]);
    }
  }

  private readonly _byLast = new Map<string, INamedTable[]>();
}

/** The names of a set of tables; made once for each. */
export const namesOf = remember((set: ITableSet) => new SchemaNames(set));

/** The columns of a table by name; made once for each. Null where they are not known. */
export const columnsOf = remember(
  ({ columns }: ITableDescription): readonly INamedColumn[] | null =>
    columns.length === 0 ? null : columns.map(namedColumn)
);

/** The column of that name in lower case, the first of them; undefined for none. */
export function columnNamed(
  columns: readonly INamedColumn[],
  key: string
): INamedColumn | undefined {
  return byKey(columns).get(key);
}

const byKey = remember((columns: readonly INamedColumn[]) => {
  return new Map([...columns].reverse().map(column => [column.key, column]));
});

function namedColumn(description: IColumnDescription): INamedColumn {
  const name = unquoteName(description.name);
  const adql = quoteColumnName(description.name);
  return { name, key: name.toLowerCase(), adql, description };
}

/** Equal as far as the shorter one goes, from the end: `raw` and `dbo.raw`. */
function endsAlike(one: readonly string[], other: readonly string[]): boolean {
  const shared = Math.min(one.length, other.length);
  for (let back = 1; back <= shared; back += 1) {
    if (one[one.length - back] !== other[other.length - back]) {
      return false;
    }
  }
  return true;
}
