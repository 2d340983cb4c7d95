import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { keepComments } from '../../../../src/protocol/form.js';
import { plainTokens } from '../../../../src/protocol/form/tokens.js';

const AFTER = 'SELECT *\nFROM t\nWHERE a = 1\n  AND b = 2';

describe('keepComments', () => {
  it.each([
    ['none', 'SELECT *\nFROM t', AFTER],
    ['above', '-- one\n-- two\nSELECT * FROM t', `-- one\n-- two\n${AFTER}`],
    ['below', 'SELECT * FROM t -- why', `${AFTER}\n-- why`],
    [
      'behind a line that is still there',
      'SELECT *\nFROM t --x\nWHERE a = 1 -- first\n  AND c = 3 -- gone',
      'SELECT *\nFROM t --x\nWHERE a = 1 -- first\n  AND b = 2\n-- gone'
    ]
  ])('keeps comments: %s', (_, before, after) => {
    expect(keepComments(AFTER, before)).toBe(after);
  });

  it('changes nothing of the query, whatever was written', () => {
    const piece = fc.constantFrom(
      '--',
      '/*',
      '*/',
      "'",
      '"',
      '\n',
      '\r',
      ' ',
      'FROM t',
      'x'
    );
    const text = fc.array(piece, { maxLength: 12 }).map(parts => parts.join(''));
    fc.assert(
      fc.property(text, before => {
        expect(plainTokens(keepComments(AFTER, before))).toEqual(plainTokens(AFTER));
      })
    );
  });
});
