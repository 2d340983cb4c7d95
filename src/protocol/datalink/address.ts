/** An address that came in a document. */
export type AddressReading =
  /** Byte for byte as it came where it was absolute. */
  | { readonly url: string }
  /** One sentence: why it is not asked for. */
  | { readonly refused: string };

/**
 * Read an address of a document. Signed addresses break when they are written anew, so an
 * absolute one stays as it is; a relative one is resolved.
 *
 * @param base - where the document is from
 */
export function readAddress(text: string, base: string): AddressReading {
  const trimmed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1].toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return {
      refused: `An address that begins with \u201c${scheme}:\u201d is not followed.`
    };
  }
  if (!URL.canParse(trimmed, base)) {
    return { refused: 'Its address cannot be read.' };
  }
  return { url: scheme === undefined ? new URL(trimmed, base).href : trimmed };
}
