/** A column's type in VOTable's words; null where nothing is said. */
export interface IColumnType {
  readonly datatype: string | null;
  /** Null for a scalar. */
  readonly arraysize: string | null;
  readonly xtype: string | null;
}

/** Types of TAP 1.0 (`vs:TAPType`) as VOTable types: datatype, arraysize, xtype. */
const TAP_TYPES: Readonly<Record<string, readonly [string, string?, string?]>> = {
  BOOLEAN: ['boolean'],
  SMALLINT: ['short'],
  INTEGER: ['int'],
  BIGINT: ['long'],
  REAL: ['float'],
  DOUBLE: ['double'],
  CHAR: ['char', '*'],
  VARCHAR: ['char', '*'],
  CLOB: ['char', '*'],
  TIMESTAMP: ['char', '*', 'timestamp'],
  BINARY: ['unsignedByte', '*'],
  VARBINARY: ['unsignedByte', '*'],
  BLOB: ['unsignedByte', '*'],
  POINT: ['char', '*', 'adql:POINT'],
  REGION: ['char', '*', 'adql:REGION']
};

/**
 * A type as services write it, in VOTable's words. VOTable's own types and unknown ones
 * pass through; `VARCHAR` and `adql:VARCHAR` are translated (VODataService 1.2 §3.5.3).
 * Empty texts say nothing.
 */
export function columnType(
  written: string,
  arraysize: string,
  xtype: string
): IColumnType {
  const plain = written.replace(/^adql:/i, '');
  // VOTable's `char` is one character, SQL's CHAR a text.
  const known = plain === 'char' ? undefined : TAP_TYPES[plain.toUpperCase()];
  const [datatype, size, meaning] = known ?? [written || null];
  const shape = arraysize || size || null;
  return {
    datatype,
    arraysize: shape === '1' ? null : shape,
    xtype: xtype || meaning || null
  };
}
