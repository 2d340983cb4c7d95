/**
 * Decodes base64 text that is not over yet, blanks included.
 *
 * @param out - has room for all of it
 * @returns how many characters were used up, and how many bytes written; none if there
 * is anything in the text that is no base64, or that only some decoders take for it
 */
export type BulkDecoder = (text: Uint8Array, out: Uint8Array) => [number, number];

/** What `Uint8Array` has where the platform decodes base64 (ECMAScript 2026). */
interface IBase64Target {
  setFromBase64(
    text: string,
    options: { readonly lastChunkHandling: 'stop-before-partial' }
  ): { readonly read: number; readonly written: number };
}

/** The platform's decoder, or null where it has none. */
export function platformDecoder(
  prototype: object = Uint8Array.prototype
): BulkDecoder | null {
  if (!('setFromBase64' in prototype)) {
    return null;
  }
  const { setFromBase64 } = prototype as IBase64Target;
  // One character for each byte, so that places in the text are those of the bytes.
  const decoder = new TextDecoder('latin1');
  return (text, out) => {
    try {
      const { read, written } = setFromBase64.call(out, decoder.decode(text), OPTIONS);
      return [read, written];
    } catch (error) {
      if (error instanceof SyntaxError) {
        return [0, 0];
      }
      throw error;
    }
  };
}

const OPTIONS = { lastChunkHandling: 'stop-before-partial' } as const;
