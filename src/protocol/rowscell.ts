import { heading, type ICellQuery } from './cells.js';
import { pythonString } from './python.js';
import type { IVOTableField } from './votable/types.js';

/** Rows that a cell may hold, and letters of their text: a notebook is no archive. */
export const ROWS_CELL_LIMIT = { rows: 500, letters: 300_000 };

/** Rows that a cell holds. */
export interface ICellRows extends Pick<ICellQuery, 'archiveName' | 'date'> {
  readonly fields: readonly IVOTableField[];
  /** Values in the order of the fields. */
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * Python that makes an astropy table of the rows it holds, with units and descriptions.
 *
 * @returns null where that is too much for a cell, see {@link ROWS_CELL_LIMIT}
 */
export function rowsCell(rows: ICellRows): string | null {
  const text = rows.rows.length > ROWS_CELL_LIMIT.rows ? null : ecsv(rows);
  if (text === null || text.length > ROWS_CELL_LIMIT.letters) {
    return null;
  }
  return `${heading(rows)}
from astropy.table import Table

table = Table.read(${pythonString(text)}, format="ascii.ecsv")
table`;
}

/** Datatypes of ECSV 1.0 for those of VOTable. */
const DATATYPES: Readonly<Record<string, string>> = {
  boolean: 'bool',
  bit: 'bool',
  unsignedByte: 'uint8',
  short: 'int16',
  int: 'int32',
  long: 'int64',
  float: 'float32',
  double: 'float64'
};

/** The rows as ECSV 1.0: commas between values, units and descriptions in the head. */
function ecsv({ fields, rows }: ICellRows): string {
  const names = uniqueNames(fields.map(({ name }) => name));
  const columns = fields.map((field, index) => columnOf(field, names[index]));
  const head = [
    '# %ECSV 1.0',
    '# ---',
    "# delimiter: ','",
    '# datatype:',
    ...columns.map(column => `# - ${column}`),
    '# schema: astropy-2.0',
    names.map(csv).join(',')
  ];
  const lines = rows.map(row =>
    fields.map((field, index) => cell(field, row[index])).join(',')
  );
  return [...head, ...lines, ''].join('\n');
}

/** A column in YAML's flow style, of which JSON's texts are a part. */
function columnOf(field: IVOTableField, name: string): string {
  const { unit, description, ucd } = field;
  const own = isArray(field) ? undefined : DATATYPES[field.datatype];
  const parts = [
    `name: ${yaml(name)}`,
    ...(unit ? [`unit: ${yaml(unit)}`] : []),
    `datatype: ${own ?? 'string'}`,
    ...(isArray(field) && DATATYPES[field.datatype]
      ? [`subtype: ${yaml(`${DATATYPES[field.datatype]}[null]`)}`]
      : []),
    ...(description ? [`description: ${yaml(description)}`] : []),
    ...(ucd ? [`meta: {ucd: ${yaml(ucd)}}`] : [])
  ];
  return `{${parts.join(', ')}}`;
}

function yaml(text: string): string {
  return JSON.stringify(text.replace(/\s+/g, ' '));
}

/** A value; empty where there is none. */
function cell(field: IVOTableField, value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (isArray(field)) {
    return csv(JSON.stringify(plain(value)));
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  return typeof value === 'number' ? number(value) : csv(String(value));
}

function number(value: number): string {
  return Number.isFinite(value)
    ? String(value)
    : String(value).replace('Infinity', 'inf');
}

/** Lists of numbers as JSON has them; 64-bit integers beyond its numbers are rounded. */
function plain(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && Symbol.iterator in value) {
    return Array.from(value as Iterable<unknown>, plain);
  }
  return typeof value === 'bigint' ? Number(value) : value;
}

function csv(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** astropy has no two columns of one name: the later ones get a number (VO-37). */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map(name => {
    let own = name || 'column';
    for (let number = 2; taken.has(own); number++) {
      own = `${name || 'column'}_${number}`;
    }
    taken.add(own);
    return own;
  });
}

function isArray({ datatype, arraysize }: IVOTableField): boolean {
  const isText = datatype === 'char' || datatype === 'unicodeChar';
  return !isText && arraysize !== null && arraysize !== '1';
}
