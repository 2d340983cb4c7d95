/** Judges whether a document is well-formed XML. */
import { XMLValidator } from 'fast-xml-parser';

/**
 * True if this is well-formed XML in its encoding. Judged by a parser of its own and, as
 * that one lets them pass, by the characters and references of XML 1.0 (§2.2, §4.1).
 */
export function isWellFormed(bytes) {
  let text;
  try {
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  const content = text.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>/g, '');
  return (
    !/[^\t\n\r\P{Cc}\x7f-\x9f]|[\ufffe\uffff]/u.test(text) &&
    !/&(?!(?:amp|lt|gt|quot|apos|#[1-9]\d*|#x[1-9A-Fa-f][\dA-Fa-f]*);)/.test(content) &&
    !/="[^"]*<[^"]*"|<!(?!--|\[CDATA\[)|\]\]>/.test(content) &&
    XMLValidator.validate(text.replace(/^\s+/, '')) === true
  );
}

/** By the byte order mark, then by the declaration (XML 1.0 appendix F). */
function encodingOf(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return 'utf-16le';
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return 'utf-16be';
  }
  const start = Buffer.from(bytes.subarray(0, 128)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding="([^"]*)"/.exec(start)?.[1] ?? 'utf-8';
}
