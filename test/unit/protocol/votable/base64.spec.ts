import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  Base64Decoder,
  decodeBase64
} from '../../../../src/protocol/votable/base64.js';
import { platformDecoder } from '../../../../src/protocol/votable/base64native.js';
import { utf8 } from './support.js';

const CHARACTER = '(?:\\s*[A-Za-z\\d+/])';
const WHOLE = new RegExp(
  `^(?:${CHARACTER}{4})*(?:${CHARACTER}{2}(?:\\s*=){2}|${CHARACTER}{3}\\s*=)?`
);
const PARTIAL = new RegExp(`^(?:${CHARACTER}{2}\\s*=?|${CHARACTER}{0,3})\\s*$`);

/** Decodes as `Uint8Array.prototype.setFromBase64` does with `stop-before-partial`. */
function setFromBase64(this: Uint8Array, text: string) {
  const whole = WHOLE.exec(text)?.[0] ?? '';
  const rest = text.slice(whole.length);
  if (!(whole.includes('=') ? /^\s*$/ : PARTIAL).test(rest)) {
    throw new SyntaxError('This is no base64.');
  }
  const bytes = Buffer.from(whole, 'base64');
  this.set(bytes);
  return { read: whole.length, written: bytes.length };
}

const viewed = (bytes: Uint8Array) => ({ bytes, view: new DataView(bytes.buffer) });

/** Decodes text that comes in pieces which end at these places. */
function decode(
  decoder: Base64Decoder,
  text: string,
  cuts: readonly number[]
): Uint8Array | null {
  const input = viewed(utf8(text));
  const out = viewed(new Uint8Array(text.length + 3));
  let to = 0;
  let from = 0;
  for (const cut of [...cuts, input.bytes.length]) {
    to = decoder.decode(input, from, cut, out, to);
    if (decoder.at < cut) {
      return null;
    }
    from = cut;
  }
  to = decoder.finish(out.bytes, to);
  return to < 0 ? null : out.bytes.slice(0, to);
}

/** The text in lines of this length. */
function inLines(text: string, length: number, ending: string): string {
  const lines = text.match(new RegExp(`.{1,${length}}`, 'g')) ?? [];
  return lines.join(ending);
}

const own = () => new Base64Decoder(null);
const bulk = () => new Base64Decoder(platformDecoder({ setFromBase64 }));

describe.each([
  ['by itself', own],
  ['with a decoder of the platform', bulk],
  ['as it does here', () => new Base64Decoder()]
])('Base64Decoder %s', (_name, create) => {
  it('gives the bytes back, wherever the text is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(), (bytes, seed) => {
        const text = Buffer.from(bytes).toString('base64');
        const cut = seed % (text.length + 1);
        expect(decode(create(), text, [cut])).toEqual(bytes);
      })
    );
  });

  it('gives the bytes back from lines of any length', () => {
    const bytes = Uint8Array.from({ length: 500 }, (_, index) => (index * 151) & 255);
    const text = Buffer.from(bytes).toString('base64');
    for (let length = 1; length <= 90; length++) {
      const lines = inLines(text, length, length % 2 === 0 ? '\n' : '\r\n ');
      const cuts = [length, 3 * length + 1, 5 * length + 2];
      expect(decode(create(), lines, cuts)).toEqual(bytes);
    }
  });

  it('skips white space inside a quantum', () => {
    expect(decode(create(), ' aG\nVs\r\n\tbG 8 =', [3, 9])).toEqual(utf8('hello'));
  });

  it('reads joined blocks and forgives missing padding', () => {
    expect(decode(create(), 'aGk=aGk', [])).toEqual(utf8('hihi'));
  });

  it.each(['a', 'aGk*', 'a===', 'aGkä', 'aGkaGkaGkaGk_Gk'])('refuses “%s”', text => {
    expect(decode(create(), text, [])).toBeNull();
  });

  it('stops at the tag behind the text', () => {
    const input = viewed(utf8('aGVsbG8gd29ybGQhaGVsbG8</STREAM>'));
    const out = viewed(new Uint8Array(40));
    const decoder = create();
    const end = decoder.decode(input, 0, input.bytes.length, out, 0);
    expect(input.bytes[decoder.at]).toBe('<'.charCodeAt(0));
    expect(out.bytes.slice(0, decoder.finish(out.bytes, end))).toEqual(
      utf8('hello world!hello')
    );
  });
});

describe('decodeBase64', () => {
  it('refuses what is none', () => {
    expect(decodeBase64(utf8('aGk*'))).toBeNull();
    expect(decodeBase64(utf8('aGk'))).toEqual(utf8('hi'));
  });
});

describe('platformDecoder', () => {
  it('is there where the platform has one', () => {
    expect(platformDecoder({})).toBeNull();
    expect(platformDecoder() !== null).toBe('setFromBase64' in Uint8Array.prototype);
  });

  it('decodes whole quanta and leaves the rest', () => {
    const out = new Uint8Array(12);
    const decode = platformDecoder({ setFromBase64 });
    expect(decode?.(utf8('aGVs\nbG8hYW'), out)).toEqual([9, 6]);
    expect(out.slice(0, 6)).toEqual(utf8('hello!'));
    expect(decode?.(utf8('aGVs<'), out)).toEqual([0, 0]);
  });

  it('agrees with the own decoder on any text', () => {
    const characters = fc.constantFrom(...'AZaz09+/==\n *');
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 40 }), fc.nat(), (parts, seed) => {
        const text = parts.join('');
        const cut = seed % (text.length + 1);
        expect(decode(bulk(), text, [cut])).toEqual(decode(own(), text, [cut]));
      }),
      { numRuns: 5000 }
    );
  });
});
