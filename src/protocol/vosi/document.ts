import { ProtocolError } from '../errors.js';
import { child, parseXml, type IXmlElement, type IXmlLimits } from '../xml.js';

/**
 * Read a VOSI document and check its root by local name; prefixes and namespaces vary.
 *
 * @param roots - local names that its root may have
 * @throws {@link ProtocolError} `bad-answer` for anything else
 */
export function readVosi(
  text: string,
  expected: string,
  roots: readonly string[],
  limits: IXmlLimits = {}
): IXmlElement {
  const root = parseXml(text, { ...limits, expected });
  if (!roots.includes(root.name)) {
    throw new ProtocolError(
      'bad-answer',
      `The answer is not ${expected}: its root element is \u201c${root.name}\u201d.`
    );
  }
  return root;
}

/** Text of a child, blanks collapsed; null when it is missing or empty. */
export function textOf(element: IXmlElement, name: string): string | null {
  return ownText(child(element, name));
}

/** Text of an element, blanks collapsed; null when it is missing or empty. */
export function ownText(element: IXmlElement | undefined): string | null {
  return element?.text.replace(/\s+/g, ' ').trim() || null;
}

/** Number in a child; null when there is none. */
export function numberOf(element: IXmlElement, name: string): number | null {
  const text = textOf(element, name);
  return text === null || Number.isNaN(Number(text)) ? null : Number(text);
}
