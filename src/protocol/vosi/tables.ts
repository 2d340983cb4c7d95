import { attribute, child, children, type IXmlElement } from '../xml.js';

import { numberOf, ownText, readVosi, textOf } from './document.js';
import { columnType, type IColumnType } from './types.js';

/** A column as VOSI or TAP_SCHEMA describe it. What is not said is null. */
export interface IColumnDescription {
  /** As it goes into ADQL: quoted already where it must be. */
  readonly name: string;
  /** VOTable datatype; types of TAP 1.0 are translated, unknown ones kept. */
  readonly datatype: string | null;
  /** VOTable arraysize; null for a scalar. */
  readonly arraysize: string | null;
  readonly unit: string | null;
  readonly ucd: string | null;
  readonly utype: string | null;
  readonly xtype: string | null;
  readonly description: string | null;
  /** Searching by it is fast. */
  readonly indexed: boolean;
  /** Worth showing first; only TAP_SCHEMA says so. */
  readonly principal: boolean;
  /** Defined by a standard, not by the service. */
  readonly std: boolean;
}

/** A table with its columns; none when the description was asked for without them. */
export interface ITableDescription {
  /** As it goes into ADQL: quoted already where it must be. */
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly utype: string | null;
  /** Number of rows, roughly. */
  readonly rows: number | null;
  readonly columns: readonly IColumnDescription[];
}

/** A schema with its tables. */
export interface ISchemaDescription {
  /** Null where a single table was described. */
  readonly name: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly tables: readonly ITableDescription[];
}

/** All tables of a service. */
export interface ITableSet {
  readonly schemas: readonly ISchemaDescription[];
}

/** A whole tableset can be long: tens of thousands of columns at the big data centres. */
const LIMITS = { size: 64 * 1024 * 1024, elements: 4_000_000 };

/**
 * Read a VOSI tables document (VOSI 1.1 §5): a whole tableset, or the one table of
 * `/tables/<name>`.
 *
 * @throws {@link ProtocolError} `bad-answer` for anything else
 */
export function parseTables(text: string): ITableSet {
  const root = readVosi(text, 'a description of tables', ['tableset', 'table'], LIMITS);
  if (root.name === 'table') {
    const tables = [readTable(root)];
    return { schemas: [{ name: null, title: null, description: null, tables }] };
  }
  return { schemas: children(root, 'schema').map(readSchema) };
}

function readSchema(element: IXmlElement): ISchemaDescription {
  return {
    name: textOf(element, 'name'),
    title: textOf(element, 'title'),
    description: textOf(element, 'description'),
    tables: children(element, 'table').map(readTable)
  };
}

function readTable(element: IXmlElement): ITableDescription {
  return {
    name: textOf(element, 'name') ?? '',
    title: textOf(element, 'title'),
    description: textOf(element, 'description'),
    utype: textOf(element, 'utype'),
    rows: numberOf(element, 'nrows'),
    // What has no name cannot be asked for.
    columns: children(element, 'column')
      .map(readColumn)
      .filter(({ name }) => name !== '')
  };
}

function readColumn(element: IXmlElement): IColumnDescription {
  const flags = children(element, 'flag').map(ownText);
  return {
    name: textOf(element, 'name') ?? '',
    ...readType(child(element, 'dataType')),
    unit: textOf(element, 'unit'),
    ucd: textOf(element, 'ucd'),
    utype: textOf(element, 'utype'),
    description: textOf(element, 'description'),
    indexed: flags.includes('indexed'),
    principal: false,
    std: /^(true|1)$/.test(attribute(element, 'std') ?? '')
  };
}

function readType(element: IXmlElement | undefined): IColumnType {
  const said = (name: string): string =>
    (element && attribute(element, name)?.trim()) ?? '';
  return columnType(
    ownText(element) ?? '',
    said('arraysize') || said('size'),
    said('extendedType') || said('xtype')
  );
}
