import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { copyUtf16, isUtf8 } from '../../../../src/protocol/votable/utf8.js';
import { utf8 } from './support.js';

const strict = new TextDecoder('utf-8', { fatal: true });

describe('isUtf8', () => {
  it('agrees with the platform on any bytes', () => {
    const bytes = fc.array(
      fc.oneof(
        fc.nat({ max: 255 }),
        fc.constantFrom(
          0xc0,
          0xc2,
          0xe0,
          0xed,
          0xef,
          0xf0,
          0xf4,
          0x80,
          0x9f,
          0xa0,
          0xbf
        )
      ),
      { maxLength: 6 }
    );
    fc.assert(
      fc.property(bytes, values => {
        const array = Uint8Array.from(values);
        let isValid = true;
        try {
          strict.decode(array);
        } catch {
          isValid = false;
        }
        expect(isUtf8(array, 0, array.length)).toBe(isValid);
      }),
      { numRuns: 5000 }
    );
  });

  it('looks only at the part it is given', () => {
    expect(isUtf8(utf8('aé'), 0, 2)).toBe(false);
    expect(isUtf8(utf8('aé'), 1, 3)).toBe(true);
  });
});

describe('copyUtf16', () => {
  it('agrees with the platform on any code units', () => {
    const unit = fc.oneof(
      fc.integer({ min: 1, max: 0xffff }),
      fc.integer({ min: 0xd800, max: 0xdfff }),
      fc.integer({ min: 1, max: 0x7f })
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), units => {
        const bytes = Uint8Array.from(units.flatMap(code => [code >> 8, code & 0xff]));
        const out = new Uint8Array(units.length * 3);
        const end = copyUtf16(bytes, 0, bytes.length, out, 0);
        // Encoding replaces lone surrogates by U+FFFD, as it is asked for here.
        expect(out.slice(0, end)).toEqual(utf8(String.fromCharCode(...units)));
      }),
      { numRuns: 5000 }
    );
  });
});
