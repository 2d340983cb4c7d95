import { ProtocolError } from '../errors.js';
import { attribute, children, type IXmlElement } from '../xml.js';
import { isDatatype, optional, readDescription, readField } from './document.js';
import { MAX_FIELDS } from './limits.js';
import type { IVOTableField, IVOTableHead } from './types.js';
import type { Warnings } from './warnings.js';

/** The head of a table as far as the document says it. */
export type TableHead = Omit<IVOTableHead, 'schema'>;

/**
 * Reads a TABLE element without its rows.
 *
 * @throws ProtocolError `bad-answer` for more columns than can be handled
 */
export function readTableHead(table: IXmlElement, warnings: Warnings): TableHead {
  const elements = children(table, 'FIELD');
  if (elements.length > MAX_FIELDS) {
    throw new ProtocolError(
      'bad-answer',
      `The table has ${elements.length} columns; at most ${MAX_FIELDS} can be read.`
    );
  }
  const rows = Number(attribute(table, 'nrows') ?? NaN);
  return {
    id: optional(table, 'ID'),
    name: optional(table, 'name'),
    description: readDescription(table),
    fields: elements.map((element, index) => readTableField(element, index, warnings)),
    rowsPromised: Number.isSafeInteger(rows) && rows >= 0 ? rows : null
  };
}

function readTableField(
  element: IXmlElement,
  index: number,
  warnings: Warnings
): IVOTableField {
  const field = readField(element);
  const name = field.name === '' ? `col${index + 1}` : field.name;
  const datatype = attribute(element, 'datatype')?.trim();
  if (!isDatatype(datatype)) {
    warnings.add(
      `Column “${name}” has the unknown datatype “${datatype ?? ''}” and is read as text.`
    );
  }
  return { ...field, name };
}
