import { splitName } from '../../protocol/adql/index.js';
import type {
  ISchemaDescription,
  ITableDescription,
  ITableSet
} from '../../protocol/vosi.js';

/** The table of that name in any case, quoted or not. */
export function findIn(set: ITableSet, name: string): ITableDescription | null {
  const wanted = keyOf(name);
  for (const { tables } of set.schemas) {
    const found = tables.find(table => keyOf(table.name) === wanted);
    if (found) {
      return found;
    }
  }
  return null;
}

/** The tables as read now, with the columns that were known of them before. */
export function mergeTables(read: ITableSet, before: ITableSet | null): ITableSet {
  const known = new Map(
    (before?.schemas ?? [])
      .flatMap(({ tables }) => tables)
      .filter(({ columns }) => columns.length > 0)
      .map(table => [keyOf(table.name), table.columns])
  );
  const filled = (table: ITableDescription): ITableDescription => {
    const columns = table.columns.length > 0 ? null : known.get(keyOf(table.name));
    return columns ? { ...table, columns } : table;
  };
  return {
    schemas: read.schemas.map(schema => ({
      ...schema,
      tables: schema.tables.map(filled)
    }))
  };
}

/**
 * The tables with the columns of one of them. Where the service did not list it, it stands
 * in a schema of its own.
 *
 * @param name - as the table was asked for
 */
export function withTable(
  set: ITableSet,
  table: ITableDescription,
  name: string
): ITableSet {
  const wanted = keyOf(name);
  let isListed = false;
  const schemas = set.schemas.map((schema): ISchemaDescription => {
    const at = schema.tables.findIndex(other => keyOf(other.name) === wanted);
    if (at < 0) {
      return schema;
    }
    isListed = true;
    const { columns } = table;
    const tables = schema.tables.map((other, index) =>
      index === at ? { ...other, columns } : other
    );
    return { ...schema, tables };
  });
  return isListed ? { schemas } : { schemas: [...schemas, alone({ ...table, name })] };
}

/** How many columns are described. */
export function countColumns(set: ITableSet): number {
  return set.schemas
    .flatMap(({ tables }) => tables)
    .reduce((sum, { columns }) => sum + columns.length, 0);
}

function alone(table: ITableDescription): ISchemaDescription {
  const parts = splitName(table.name);
  const name = parts.length > 1 ? parts.slice(0, -1).join('.') : null;
  return { name, title: null, description: null, tables: [table] };
}

function keyOf(name: string): string {
  return splitName(name).join('.').toLowerCase();
}
