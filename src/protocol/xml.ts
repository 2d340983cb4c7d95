import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { ProtocolError } from './errors.js';
import { decodeEntities, htmlTitle, quote } from './xmltext.js';

export { decodeXml } from './xmltext.js';

/** An element of a small XML document. Namespace prefixes are dropped everywhere. */
export interface IXmlElement {
  /** Local name. */
  readonly name: string;
  /** By local name, in the case of the document; `xmlns` declarations are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Child elements in document order. */
  readonly children: readonly IXmlElement[];
  /** Own text and CDATA, joined, nothing trimmed. */
  readonly text: string;
}

/** How much of a document is believed. */
export interface IXmlLimits {
  /** Characters of the document; 32 Mi by default. */
  readonly size?: number;
  /** Levels of nesting; 64 by default. */
  readonly depth?: number;
  /** Elements; 200,000 by default. */
  readonly elements?: number;
  /** Attributes of one element; 1,000 by default. */
  readonly attributes?: number;
  /** What was asked for, as messages name it: `a VOTable`. */
  readonly expected?: string;
}

const DEFAULTS: Required<IXmlLimits> = {
  size: 32 * 1024 * 1024,
  depth: 64,
  elements: 200_000,
  attributes: 1000,
  expected: 'an XML document'
};

/**
 * Reads a small XML document. Nothing in it is trusted: a DTD is refused, so there
 * are no entities but the predefined and numeric ones, and its size is bounded.
 *
 * @param text - the document; see `decodeXml` for bytes
 * @param limits - what differs from the defaults
 * @returns the root element
 * @throws ProtocolError `bad-answer` for a web page, a DTD, something that is not
 * well-formed XML, or a document beyond the limits
 */
export function parseXml(text: string, limits: IXmlLimits = {}): IXmlElement {
  const bounds = { ...DEFAULTS, ...limits };
  const document = text.replace(/^[\s\uFEFF]+/, '');
  refuseOther(document, bounds);
  refuseDeclarations(document, bounds);
  refuseMalformed(document, bounds);
  const roots = convert(parseOrdered(document, bounds)).children;
  const [root] = roots;
  if (root === undefined || roots.length > 1) {
    throw malformed(bounds, 'it has no root element');
  }
  return root;
}

/** The first child of this local name. */
export function child(element: IXmlElement, name: string): IXmlElement | undefined {
  return element.children.find(candidate => candidate.name === name);
}

/** All children of this local name, in document order. */
export function children(element: IXmlElement, name: string): IXmlElement[] {
  return element.children.filter(candidate => candidate.name === name);
}

/**
 * An attribute by its name, or else by its name in any case: services write
 * `standardid` for `standardID`.
 */
export function attribute(element: IXmlElement, name: string): string | undefined {
  const { attributes } = element;
  if (name in attributes) {
    return attributes[name];
  }
  const lower = name.toLowerCase();
  const key = Object.keys(attributes).find(other => other.toLowerCase() === lower);
  return key === undefined ? undefined : attributes[key];
}

/** What the parser makes of an element or text, in document order. */
type OrderedNode = Readonly<Record<string, unknown>>;

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

function refuseOther(document: string, bounds: Required<IXmlLimits>): void {
  const title = htmlTitle(document);
  if (title !== null) {
    const named = title === '' ? 'without a title' : `titled “${title}”`;
    throw new ProtocolError(
      'bad-answer',
      `The answer is not ${bounds.expected} but a web page ${named}.`,
      { pageTitle: title, hint: 'It may be under maintenance.' }
    );
  }
  if (!document.startsWith('<')) {
    const start = document === '' ? 'is empty' : `begins with “${quote(document)}”`;
    throw new ProtocolError(
      'bad-answer',
      `The answer is not ${bounds.expected}: it ${start}.`,
      { serviceMessage: document.slice(0, 10_000) }
    );
  }
  if (document.length > bounds.size) {
    throw tooMuch(bounds, `more than ${bounds.size} characters`);
  }
}

/**
 * Refuses markup declarations (`<!DOCTYPE`, `<!ENTITY`) and documents within the
 * document before any parser runs.
 */
function refuseDeclarations(document: string, bounds: Required<IXmlLimits>): void {
  const markup = /<!--|<!\[CDATA\[|<!|<\?xml\s/g;
  for (let hit = markup.exec(document); hit !== null; hit = markup.exec(document)) {
    const [kind] = hit;
    if (kind === '<!') {
      throw new ProtocolError(
        'bad-answer',
        `The answer is not ${bounds.expected} that can be read safely: ` +
          'it has a document type definition (DTD).'
      );
    }
    if (kind.startsWith('<?') && hit.index > 0) {
      throw malformed(bounds, 'a second document begins inside the first');
    }
    const close = kind === '<!--' ? '-->' : kind.startsWith('<!') ? ']]>' : '?>';
    const end = document.indexOf(close, markup.lastIndex);
    if (end < 0) {
      throw malformed(bounds, 'a comment or CDATA section is not closed');
    }
    markup.lastIndex = end;
  }
}

function refuseMalformed(document: string, bounds: Required<IXmlLimits>): void {
  const result = XMLValidator.validate(document);
  if (result !== true) {
    const { msg, line, col } = result.err;
    const reason = quote(msg).replace(/\.$/, '');
    throw malformed(bounds, `${reason} (line ${line}, column ${col})`);
  }
}

function parseOrdered(document: string, bounds: Required<IXmlLimits>): OrderedNode[] {
  let elements = 0;
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    textNodeName: TEXT,
    cdataPropName: CDATA,
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    // Our records have no prototype: `toString` is a name like any other.
    onDangerousProperty: name => name,
    maxNestedTags: bounds.depth - 1,
    jPath: false,
    updateTag: (name, _path, attributes: Record<string, string> | undefined) => {
      elements += 1;
      if (elements > bounds.elements) {
        throw tooMuch(bounds, `more than ${bounds.elements} elements`);
      }
      if (attributes && Object.keys(attributes).length > bounds.attributes) {
        throw tooMuch(
          bounds,
          `more than ${bounds.attributes} attributes in one element`
        );
      }
      return name;
    }
  });
  try {
    return parser.parse(document) as OrderedNode[];
  } catch (error) {
    throw error instanceof ProtocolError ? error : unreadable(error, bounds);
  }
}

/** The nodes below one element as that element. */
function convert(
  nodes: readonly OrderedNode[],
  name = '',
  attributes: Readonly<Record<string, string>> = {}
): IXmlElement {
  const elements: IXmlElement[] = [];
  let text = '';
  for (const node of nodes) {
    if (TEXT in node) {
      text += decodeEntities(String(node[TEXT]));
    } else if (CDATA in node) {
      const [content] = node[CDATA] as OrderedNode[];
      text += String(content?.[TEXT] ?? '');
    } else {
      const tag = Object.keys(node).find(key => key !== ATTRIBUTES) ?? '';
      const own = (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>;
      elements.push(convert(node[tag] as OrderedNode[], tag, normalized(own)));
    }
  }
  return { name, attributes, children: elements, text };
}

/** Attribute values as XML 1.0 §3.3.3 wants them: references resolved, blanks single. */
function normalized(
  attributes: Readonly<Record<string, string>>
): Readonly<Record<string, string>> {
  // Without a prototype a name such as `constructor` is only ever the document's own.
  const result = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(attributes)) {
    result[name] = decodeEntities(value.replace(/[\t\n\r]/g, ' '));
  }
  return result;
}

function malformed(bounds: Required<IXmlLimits>, reason: string): ProtocolError {
  return new ProtocolError(
    'bad-answer',
    `The answer is not ${bounds.expected}: it is not well-formed XML, ${reason}.`
  );
}

function tooMuch(bounds: Required<IXmlLimits>, reason: string): ProtocolError {
  return new ProtocolError(
    'bad-answer',
    `The answer is not ${bounds.expected} that can be read safely: it has ${reason}.`
  );
}

function unreadable(error: unknown, bounds: Required<IXmlLimits>): ProtocolError {
  const reason = error instanceof Error ? error.message : String(error);
  return /nested tags/i.test(reason)
    ? tooMuch(bounds, `more than ${bounds.depth} levels of nesting`)
    : malformed(bounds, quote(reason));
}
