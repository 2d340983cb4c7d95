import { ASCII_LOWER } from './needle.js';

/**
 * A text in which characters that differ only in case are the same: each is replaced by
 * the lower case of its upper case, whatever stands beside it (so `ς` is `σ`).
 */
export function foldCase(text: string): string {
  return Array.from(text, character => character.toUpperCase().toLowerCase()).join('');
}

/** Most bytes that a character can become: three characters of the basic plane. */
const LONGEST = 12;

/** Folds the case of UTF-8 without making strings of it. */
export class CaseFolder {
  /** What was folded last; only its first bytes are of use, see {@link fold}. */
  get bytes(): Uint8Array {
    return this._bytes;
  }

  /**
   * Folds the text from `from` to `to` into {@link bytes}.
   *
   * @returns how many bytes it has there
   */
  fold(source: Uint8Array, from: number, to: number): number {
    let length = 0;
    for (let at = from; at < to;) {
      this._reserve(length + LONGEST);
      const byte = source[at];
      if (byte < 0x80) {
        this._bytes[length++] = ASCII_LOWER[byte];
        at += 1;
        continue;
      }
      const end = Math.min(characterEnd(byte, at), to);
      const folded = this._foldCharacter(source, at, end);
      this._bytes.set(folded, length);
      length += folded.length;
      at = end;
    }
    return length;
  }

  private _foldCharacter(source: Uint8Array, from: number, to: number): Uint8Array {
    let key = 0;
    for (let at = from; at < to; at++) {
      key = key * 256 + source[at];
    }
    let folded = this._known.get(key);
    if (!folded) {
      folded = ENCODER.encode(foldCase(DECODER.decode(source.subarray(from, to))));
      this._known.set(key, folded);
    }
    return folded;
  }

  private _reserve(length: number): void {
    if (length > this._bytes.length) {
      const longer = new Uint8Array(Math.max(length, this._bytes.length * 2));
      longer.set(this._bytes);
      this._bytes = longer;
    }
  }

  private _bytes = new Uint8Array(1024);
  /** Characters met so far: their bytes as a number, and what they become. */
  private readonly _known = new Map<number, Uint8Array>();
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where a character of several bytes ends that begins with `byte`. */
function characterEnd(byte: number, at: number): number {
  return at + (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);
}
