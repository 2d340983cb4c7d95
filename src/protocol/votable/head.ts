import { ProtocolError } from '../errors.js';
import { attribute, children, type IXmlElement } from '../xml.js';
import {
  isDatatype,
  optional,
  readDescription,
  readField,
  sharedValues
} from './document.js';
import { MAX_FIELDS } from './limits.js';
import type { IVOTableHead } from './types.js';
import type { Warnings } from './warnings.js';

/** The head of a table as far as the document says it. */
export type TableHead = Omit<IVOTableHead, 'schema'>;

/**
 * Reads a TABLE element without its rows.
 *
 * @param known - the tables before, by ID: a TABLE `ref="…"` without FIELDs has those
 * of the table it names (VOTable 1.4 §4.1). This one is added.
 * @throws ProtocolError `bad-answer` for more columns than can be handled
 */
export function readTableHead(
  table: IXmlElement,
  known: Map<string, TableHead>,
  warnings: Warnings
): TableHead {
  const elements = children(table, 'FIELD');
  if (elements.length > MAX_FIELDS) {
    throw new ProtocolError(
      'bad-answer',
      `The table has ${elements.length} columns; at most ${MAX_FIELDS} can be read.`
    );
  }
  const rows = Number(attribute(table, 'nrows') ?? NaN);
  const shared = sharedValues(elements);
  const own = elements.map((element, index) => {
    const field = readField(element, shared);
    const name = field.name === '' ? `col${index + 1}` : field.name;
    warnOfDatatype(element, name, warnings);
    return { ...field, name };
  });
  const model = known.get(attribute(table, 'ref') ?? '');
  const head = {
    id: optional(table, 'ID'),
    name: optional(table, 'name'),
    description: readDescription(table),
    fields: own.length === 0 && model !== undefined ? model.fields : own,
    rowsPromised: Number.isSafeInteger(rows) && rows >= 0 ? rows : null
  };
  if (head.id !== null) {
    known.set(head.id, head);
  }
  return head;
}

function warnOfDatatype(element: IXmlElement, name: string, warnings: Warnings): void {
  const datatype = attribute(element, 'datatype')?.trim();
  if (!isDatatype(datatype)) {
    warnings.add(
      `Column “${name}” has the unknown datatype “${datatype ?? ''}” and is read as text.`
    );
  }
}
