/** Longest part of a foreign document that is quoted in a message. */
const QUOTE_LENGTH = 200;

/** Bytes in which a declared encoding is looked for; it must stand at the very start. */
const DECLARATION_BYTES = 1024;

const PREDEFINED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'"
};

/**
 * The encoding of an XML document: byte order mark, then declaration, then UTF-8
 * (XML 1.0 appendix F).
 *
 * @param start - the first bytes of the document; about 1 kB is enough
 * @returns a label that `TextDecoder` knows
 */
export function xmlEncoding(start: Uint8Array): string {
  const [a, b, c, d] = start;
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) {
    return 'utf-16be';
  }
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && c !== 0 && d === 0)) {
    return 'utf-16le';
  }
  const text = new TextDecoder('latin1').decode(start.subarray(0, DECLARATION_BYTES));
  const declared = /<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(text)?.[1];
  return declared === undefined ? 'utf-8' : knownEncoding(declared);
}

/**
 * The text of an XML document, without byte order mark and without the blank lines
 * that some services send before the XML declaration.
 */
export function decodeXml(bytes: Uint8Array): string {
  const text = new TextDecoder(xmlEncoding(bytes)).decode(bytes);
  return text.replace(/^[\s\uFEFF]+/, '');
}

/**
 * Replaces the five predefined and the numeric character references. Others, which
 * only a DTD could define, stay as they are.
 */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) {
    return text;
  }
  return text.replace(
    /&(?:#x([0-9a-f]{1,8})|#(\d{1,10})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex?: string, decimal?: string, name?: string) =>
      name === undefined
        ? character(hex === undefined ? Number(decimal) : parseInt(hex, 16))
        : (PREDEFINED[name] ?? whole)
  );
}

/**
 * The title of an HTML page, or null if the text is none. Proxies and log-in pages
 * answer with HTML where a document was asked for.
 *
 * @returns the title on one line; empty for a page without one
 */
export function htmlTitle(text: string): string | null {
  const start = text.slice(0, 4096).replace(/<!--[^]*?-->|<\?[^]*?\?>/g, '');
  if (!/^[\s\uFEFF]*<(?:!doctype\s+html|html|head|body)[\s>]/i.test(start)) {
    return null;
  }
  const open = /<title[^>]{0,200}>/i.exec(text);
  if (open === null) {
    return '';
  }
  const from = open.index + open[0].length;
  return quote(decodeEntities(text.slice(from, from + 1000).replace(/<[^]*$/, '')));
}

/** A short piece of foreign text on one line, fit for a message. */
export function quote(text: string): string {
  const line = text.slice(0, QUOTE_LENGTH * 4).replace(/[\s\p{Cc}]+/gu, ' ');
  const short = line.trim();
  return short.length > QUOTE_LENGTH ? `${short.slice(0, QUOTE_LENGTH)}…` : short;
}

/** A declared name that the platform does not know is read as UTF-8. */
function knownEncoding(label: string): string {
  try {
    const { encoding } = new TextDecoder(label);
    // The bytes of the declaration were read one by one: it cannot be UTF-16.
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch {
    return 'utf-8';
  }
}

function character(code: number): string {
  const allowed = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return allowed ? String.fromCodePoint(code) : '\uFFFD';
}
