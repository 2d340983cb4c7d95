import type { RecordBatch } from 'apache-arrow';

import { quoteLiteral, unquoteName } from '../adql/index.js';
import type { IColumnDescription, ITableDescription, ITableSet } from '../vosi.js';
import { columnType } from '../vosi/types.js';

/** Rows of TAP_SCHEMA.columns. */
export type SchemaBatch = Pick<RecordBatch, 'schema' | 'numRows' | 'getChildAt'>;

/**
 * The columns of a table by TAP_SCHEMA (TAP 1.1 §4.4). `*`, because services of TAP 1.0
 * lack some columns; the spellings are those that services give to `ivoa.ObsCore`.
 */
export function columnsQuery(table: string): string {
  const spellings = new Set([table, table.toLowerCase(), table.toUpperCase()]);
  const names = [...spellings].map(quoteLiteral).join(', ');
  return `SELECT * FROM TAP_SCHEMA.columns WHERE table_name IN (${names})`;
}

/** Column descriptions from rows of TAP_SCHEMA.columns, in their order; those with a name. */
export function readColumns(batch: SchemaBatch): IColumnDescription[] {
  return readers(batch)
    .map(readColumn)
    .filter(({ name }) => name !== '');
}

/** For each row what reads its cells by the column's name, in lower case. */
function readers(batch: SchemaBatch): ((name: string) => string)[] {
  const positions = new Map(
    batch.schema.fields.map((field, index) => [field.name.toLowerCase(), index])
  );
  return Array.from({ length: batch.numRows }, (_, row) => (name: string) => {
    const value: unknown = batch.getChildAt(positions.get(name) ?? -1)?.get(row);
    return value === null || value === undefined ? '' : String(value).trim();
  });
}

/** The tables by TAP_SCHEMA (TAP 1.1 §4.3), without columns. */
export const TABLES_QUERY = 'SELECT * FROM TAP_SCHEMA.tables';

/** Tables from rows of TAP_SCHEMA.tables, by schema and both in their order. */
export function readTables(batches: readonly SchemaBatch[]): ITableSet {
  const schemas = new Map<string, ITableDescription[]>();
  for (const cell of batches.flatMap(readers)) {
    const schema = cell('schema_name');
    const table = {
      name: cell('table_name'),
      title: null,
      description: cell('description') || null,
      utype: cell('utype') || null,
      rows: null,
      columns: []
    };
    const others = schemas.get(schema);
    if (others) {
      others.push(table);
    } else {
      schemas.set(schema, [table]);
    }
  }
  return {
    schemas: [...schemas].map(([name, tables]) => {
      return { name: name || null, title: null, description: null, tables };
    })
  };
}

/** The table of that name, in any case, quoted or not. */
export function findTable(set: ITableSet, name: string): ITableDescription | null {
  const wanted = plainName(name);
  const tables = set.schemas.flatMap(schema => schema.tables);
  return tables.find(table => plainName(table.name) === wanted) ?? null;
}

function readColumn(cell: (name: string) => string): IColumnDescription {
  return {
    name: cell('column_name'),
    ...columnType(cell('datatype'), cell('arraysize') || cell('size'), cell('xtype')),
    unit: cell('unit') || null,
    ucd: cell('ucd') || null,
    utype: cell('utype') || null,
    description: cell('description') || null,
    indexed: isSet(cell('indexed')),
    principal: isSet(cell('principal')),
    std: isSet(cell('std'))
  };
}

/** Flags are integers in TAP 1.0 and 1.1, booleans at some services. */
function isSet(flag: string): boolean {
  return /^(1|true|t)$/i.test(flag);
}

function plainName(name: string): string {
  return name.split('.').map(unquoteName).join('.').toLowerCase();
}
