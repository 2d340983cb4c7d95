import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  Base64Decoder,
  decodeBase64
} from '../../../../src/protocol/votable/base64.js';
import { utf8 } from './support.js';

/** Decodes text that comes in pieces which end at these places. */
function decode(text: string, cuts: readonly number[]): Uint8Array | null {
  const decoder = new Base64Decoder();
  const out = new Uint8Array(text.length + 3);
  let to = 0;
  let from = 0;
  for (const cut of [...cuts, text.length]) {
    to = decoder.decode(utf8(text), from, cut, out, to);
    from = cut;
    if (to < 0) {
      return null;
    }
  }
  to = decoder.finish(out, to);
  return to < 0 ? null : out.slice(0, to);
}

describe('Base64Decoder', () => {
  it('gives the bytes back, wherever the text is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(), (bytes, seed) => {
        const text = Buffer.from(bytes).toString('base64');
        const cut = seed % (text.length + 1);
        expect(decode(text, [cut])).toEqual(bytes);
      })
    );
  });

  it('skips white space inside a quantum', () => {
    expect(decode(' aG\nVs\r\n\tbG 8 =', [3, 9])).toEqual(utf8('hello'));
  });

  it('reads joined blocks and forgives missing padding', () => {
    expect(decode('aGk=aGk', [])).toEqual(utf8('hihi'));
  });

  it.each(['a', 'aGk*', 'a===', 'aGkä'])('refuses “%s”', text => {
    expect(decodeBase64(utf8(text))).toBeNull();
  });
});
