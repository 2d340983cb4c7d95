import { ProtocolError } from '../errors.js';

import { isReserved } from './reserved.js';

/** ADQL's regular identifier: an ASCII letter, then letters, digits, underscores. */
const REGULAR = /^[A-Za-z][A-Za-z0-9_]*$/;

/** A delimited identifier, its own quotes doubled. */
const DELIMITED = /^"(?:[^"]|"")+"$/;

/** The parts of a table name: delimited ones whole, others up to the next dot. */
const NAME_PARTS = /"(?:[^"]|"")*"|[^.]+/g;

/** A name made of well-formed parts and single dots only. */
const QUALIFIED = /^(?:"(?:[^"]|"")+"|[^."]+)(?:\.(?:"(?:[^"]|"")+"|[^."]+))*$/;

/**
 * A string literal of ADQL: quotes doubled, nothing else escaped (ADQL 2.1 §2.1.4).
 *
 * @throws {@link ProtocolError} `rejected` for text with a NUL, at which databases cut.
 */
export function quoteLiteral(text: string): string {
  refuseNul(text);
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A column, table or schema name as it goes into ADQL.
 *
 * Regular names stay bare, because a delimited name becomes case-sensitive; others, and
 * reserved words, are delimited (ADQL 2.1 §2.1.2).
 *
 * @throws {@link ProtocolError} `rejected` for an empty name or one with a NUL
 */
export function quoteIdentifier(name: string): string {
  refuseNul(name);
  if (name === '') {
    throw new ProtocolError('rejected', 'A name in a query must not be empty.');
  }
  if (REGULAR.test(name) && !isReserved(name)) {
    return name;
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A `column_name` of TAP_SCHEMA or VOSI as it goes into ADQL: such names come already
 * quoted when they need it (TAP 1.1 §4), and are not quoted twice.
 */
export function quoteColumnName(name: string): string {
  return DELIMITED.test(name) ? name : quoteIdentifier(name);
}

/**
 * A `table_name` of TAP_SCHEMA or VOSI, with or without schema and catalogue, as it goes
 * into ADQL. Parts that are delimited already stay as they are.
 */
export function quoteTableName(name: string): string {
  if (!QUALIFIED.test(name)) {
    return quoteIdentifier(name);
  }
  return [...name.matchAll(NAME_PARTS)]
    .map(([part]) => quoteColumnName(part))
    .join('.');
}

/** The parts of a table's name, without quotes. */
export function splitName(name: string): string[] {
  return QUALIFIED.test(name)
    ? [...name.matchAll(NAME_PARTS)].map(([part]) => unquoteName(part))
    : [unquoteName(name)];
}

/** A name without the quotes that ADQL needs: what a person calls it. */
export function unquoteName(name: string): string {
  return DELIMITED.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/**
 * A number as an ADQL literal: the shortest text that reads back as the same double.
 * The sign of zero is lost.
 *
 * @throws {@link ProtocolError} `rejected` for NaN and infinities, which ADQL cannot write
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new ProtocolError('rejected', `${value} cannot be written in ADQL.`);
  }
  return String(value).replace(/e\+?/, 'E');
}

function refuseNul(text: string): void {
  if (text.includes('\0')) {
    throw new ProtocolError(
      'rejected',
      'Text with a NUL character cannot be searched for.'
    );
  }
}
