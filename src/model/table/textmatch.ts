import { CaseFolder, foldCase } from './casefold.js';
import type { Matcher } from './matcher.js';
import { Needle } from './needle.js';
import type { IColumnChunk, ITextCondition } from './tasks.js';

/** Text in which case cannot matter: no letter becomes one of these characters. */
const CASELESS = /^[\0-@[-`{-\x7f]*$/;

/** Marks cells that hold a text, which is not empty. */
export function textMatcher({ text, matchCase }: ITextCondition): Matcher {
  return matchCase || CASELESS.test(text) ? exactMatcher(text) : foldingMatcher(text);
}

function exactMatcher(text: string): Matcher {
  const needle = new Needle(ENCODER.encode(text), false);
  return (chunk, from, to, hits) => {
    const { values, offsets } = textChunk(chunk);
    needle.mark(values, offsets, from, to, hits);
  };
}

/** Cells of ASCII are searched as they are, others after their case was folded. */
function foldingMatcher(text: string): Matcher {
  const bytes = ENCODER.encode(foldCase(text));
  const needle = new Needle(bytes, true);
  const isAscii = bytes.every(byte => byte < 0x80);
  const folder = new CaseFolder();
  const folded = new Int32Array(2);
  const hit = new Uint8Array(1);
  return (chunk, from, to, hits) => {
    const { values, offsets } = textChunk(chunk);
    if (isAscii) {
      needle.mark(values, offsets, from, to, hits);
    }
    let cell = from;
    let at = nextBeyondAscii(values, offsets[from], offsets[to]);
    while (at < offsets[to]) {
      while (offsets[cell + 1] <= at) {
        cell += 1;
      }
      folded[1] = folder.fold(values, offsets[cell], offsets[cell + 1]);
      hit[0] = hits[cell - from];
      needle.mark(folder.bytes, folded, 0, 1, hit);
      hits[cell - from] = hit[0];
      at = nextBeyondAscii(values, offsets[cell + 1], offsets[to]);
    }
  };
}

const ENCODER = new TextEncoder();

/** Where the next byte is that is not ASCII; `to` where there is none. */
function nextBeyondAscii(bytes: Uint8Array, from: number, to: number): number {
  const { buffer, byteOffset } = bytes;
  // Words begin at multiples of four.
  const near = from + NEAR + (-(byteOffset + from) & 3);
  const found = beyondAscii(bytes, from, Math.min(near, to));
  if (found < near || near >= to) {
    return found;
  }
  const words = new Uint32Array(buffer, byteOffset + near, (to - near) >> 2);
  let word = 0;
  while (word < words.length && (words[word] & 0x80808080) === 0) {
    word += 1;
  }
  return beyondAscii(bytes, near + word * 4, to);
}

/** Where text is not ASCII the next such byte is near; a view of words would cost more. */
const NEAR = 32;

function beyondAscii(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] < 0x80) {
    at += 1;
  }
  return at;
}

function textChunk(chunk: IColumnChunk): IColumnChunk & { readonly kind: 'text' } {
  if (chunk.kind !== 'text') {
    throw new RangeError('Only columns of text can be filtered by a text.');
  }
  return chunk;
}
