import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { placeOf, tokenize } from '../../../../src/protocol/adql/lexer.js';
import { typedText } from '../../../support/typed.js';

const kinds = (text: string): string[] =>
  tokenize(text).map(token => `${token.kind} ${token.text}`);

describe('tokenize', () => {
  it('tells words, names, texts, numbers, signs and comments apart', () => {
    expect(kinds(`SELECT o."a ""b""", 'it''s' -- why\n<> 1.5e-3||0xFF`)).toEqual([
      'word SELECT',
      'word o',
      'operator .',
      'delimited "a ""b"""',
      'operator ,',
      "string 'it''s'",
      'comment -- why',
      'operator <>',
      'number 1.5e-3',
      'operator ||',
      'number 0xFF'
    ]);
  });

  it('keeps a name that begins with a digit in one piece', () => {
    expect(kinds('2mass 1e5 1.e2 .5')).toEqual([
      'word 2mass',
      'number 1e5',
      'number 1.e2',
      'number .5'
    ]);
  });

  it('ends a text without an end with its line', () => {
    const tokens = tokenize("WHERE a = 'SPH\nAND b = 1");
    expect(tokens[3]).toMatchObject({ kind: 'string', text: "'SPH", open: true });
    expect(tokens[4]).toMatchObject({ text: 'AND', open: false });
  });

  it('leaves out nothing but white space, whatever it gets', () => {
    fc.assert(
      fc.property(
        fc.oneof(typedText, fc.string(), fc.string({ unit: 'binary' })),
        text => {
          let at = 0;
          for (const token of tokenize(text)) {
            expect(text.slice(at, token.from).trim()).toBe('');
            expect(text.slice(token.from, token.to)).toBe(token.text);
            expect(token.to).toBeGreaterThan(token.from);
            at = token.to;
          }
          expect(text.slice(at).trim()).toBe('');
        }
      )
    );
  });
});

describe('placeOf', () => {
  it('counts lines of any ending, and columns, from 1', () => {
    const text = 'one\r\ntwo\nthree\rfour';
    expect(placeOf(text, 0)).toEqual({ line: 1, column: 1 });
    expect(placeOf(text, text.indexOf('wo'))).toEqual({ line: 2, column: 2 });
    expect(placeOf(text, text.indexOf('four'))).toEqual({ line: 4, column: 1 });
  });
});
