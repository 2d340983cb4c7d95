import { attribute, child, children, type IXmlElement } from '../xml.js';
import type {
  IVOTableField,
  IVOTableGroup,
  IVOTableInfo,
  IVOTableParam,
  IVOTableResource,
  VOTableDatatype
} from './types.js';

/** All datatypes of VOTable. */
const DATATYPES: ReadonlySet<string> = new Set<VOTableDatatype>([
  'boolean',
  'bit',
  'unsignedByte',
  'short',
  'int',
  'long',
  'char',
  'unicodeChar',
  'float',
  'double',
  'floatComplex',
  'doubleComplex'
]);

/** True for a datatype of VOTable, in its spelling. */
export function isDatatype(text: string | undefined): text is VOTableDatatype {
  return text !== undefined && DATATYPES.has(text);
}

/**
 * A FIELD or what a PARAM shares with it. An unknown datatype is read as text.
 *
 * @param shared - the VALUES before, by ID
 */
export function readField(
  element: IXmlElement,
  shared: ReadonlyMap<string, IXmlElement> = NONE
): IVOTableField {
  const datatype = attribute(element, 'datatype')?.trim();
  const known = isDatatype(datatype);
  const arraysize = optional(element, 'arraysize')?.trim() ?? null;
  return {
    name: attribute(element, 'name') ?? attribute(element, 'ID') ?? '',
    id: optional(element, 'ID'),
    datatype: known ? datatype : 'char',
    arraysize: known ? arraysize : '*',
    unit: optional(element, 'unit'),
    ucd: optional(element, 'ucd'),
    utype: optional(element, 'utype'),
    xtype: optional(element, 'xtype'),
    description: readDescription(element),
    nullValue: readNull(element, shared)
  };
}

/** The VALUES of these FIELDs that have an ID: others may refer to them. */
export function sharedValues(
  fields: readonly IXmlElement[]
): ReadonlyMap<string, IXmlElement> {
  const values = fields.flatMap(element => children(element, 'VALUES'));
  return new Map(
    values.flatMap(one => {
      const id = attribute(one, 'ID');
      return id === undefined ? [] : [[id, one] as const];
    })
  );
}

/** An INFO; a missing value is empty (it happens), and so is its text. */
export function readInfo(element: IXmlElement): IVOTableInfo {
  const description = child(element, 'DESCRIPTION')?.text ?? '';
  return {
    name: attribute(element, 'name') ?? '',
    value: attribute(element, 'value') ?? '',
    text: element.text.trim() === '' ? description : element.text
  };
}

/** A PARAM with its domain. */
export function readParam(element: IXmlElement): IVOTableParam {
  const values = child(element, 'VALUES');
  return {
    ...readField(element),
    value: attribute(element, 'value') ?? '',
    ref: optional(element, 'ref'),
    options: values === undefined ? [] : readOptions(values),
    min: readLimit(values, 'MIN'),
    max: readLimit(values, 'MAX')
  };
}

/**
 * The RESOURCEs below VOTABLE. Tables are numbered in document order, nested
 * RESOURCEs included.
 */
export function readResources(root: IXmlElement): IVOTableResource[] {
  const counter = { tables: 0 };
  return children(root, 'RESOURCE').map(element => readResource(element, counter));
}

/** The text of an element's DESCRIPTION, trimmed, or null. */
export function readDescription(element: IXmlElement): string | null {
  return child(element, 'DESCRIPTION')?.text.trim() || null;
}

/** An attribute, or null where it is missing. */
export function optional(element: IXmlElement, name: string): string | null {
  return attribute(element, name) ?? null;
}

const NONE: ReadonlyMap<string, IXmlElement> = new Map();

/** The magic value of a FIELD; `<VALUES ref="…"/>` stands for another one's VALUES. */
function readNull(
  element: IXmlElement,
  shared: ReadonlyMap<string, IXmlElement>
): string | null {
  // There may be two, of the legal and of the actual values; either may have it.
  for (const values of children(element, 'VALUES')) {
    const model = shared.get(attribute(values, 'ref') ?? '');
    const text = optional(model ?? values, 'null');
    if (text !== null) {
      return text;
    }
  }
  return null;
}

function readResource(
  element: IXmlElement,
  counter: { tables: number }
): IVOTableResource {
  const tables: number[] = [];
  const resources: IVOTableResource[] = [];
  for (const part of element.children) {
    if (part.name === 'TABLE') {
      tables.push(counter.tables++);
    } else if (part.name === 'RESOURCE') {
      resources.push(readResource(part, counter));
    }
  }
  return {
    id: optional(element, 'ID'),
    name: optional(element, 'name'),
    type: optional(element, 'type'),
    utype: optional(element, 'utype'),
    description: readDescription(element),
    infos: children(element, 'INFO').map(readInfo),
    params: children(element, 'PARAM').map(readParam),
    groups: children(element, 'GROUP').map(readGroup),
    tables,
    resources
  };
}

function readGroup(element: IXmlElement): IVOTableGroup {
  return {
    name: optional(element, 'name'),
    id: optional(element, 'ID'),
    utype: optional(element, 'utype'),
    params: children(element, 'PARAM').map(readParam),
    fieldRefs: children(element, 'FIELDref').map(ref => attribute(ref, 'ref') ?? ''),
    groups: children(element, 'GROUP').map(readGroup)
  };
}

/** Options nest; the values of all levels can be chosen. */
function readOptions(element: IXmlElement): string[] {
  return children(element, 'OPTION').flatMap(option => [
    attribute(option, 'value') ?? '',
    ...readOptions(option)
  ]);
}

function readLimit(
  values: IXmlElement | undefined,
  name: 'MIN' | 'MAX'
): string | null {
  const limit = values && child(values, name);
  return limit === undefined ? null : optional(limit, 'value');
}
