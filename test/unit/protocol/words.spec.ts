import { describe, expect, it } from 'vitest';

import { serviceWords } from '../../../src/protocol/words.js';
import { votable } from '../../support/transport.js';

function words(text: string) {
  return serviceWords(new TextEncoder().encode(text));
}

describe('serviceWords', () => {
  it.each([
    ['plain text', ' No such column.\n', 'No such column.'],
    ['a VOTable', votable({ status: 'ERROR', message: 'Busy.' }), 'Busy.'],
    ['a text', '{"detail": "Invalid token."}', 'Invalid token.'],
    ['an object', '{"detail": {"msg": "Expired", "type": "invalid_token"}}', 'Expired'],
    ['a list', '{"detail": [{"msg": "One."}, {"msg": "Two."}]}', 'One. Two.'],
    [
      'AuroraX',
      '{"error_code": "NotPermitted", "error_message": "Not you."}',
      'Not you.'
    ],
    [
      'a bare list',
      '[{"error_code": "Other", "error_message": "record 3"}]',
      'record 3'
    ],
    [
      'two messages of MMODA, of which one explains',
      '{"error_message": "Request not authorized", "debug_message": "At most 604800 s."}',
      'At most 604800 s.'
    ],
    [
      'a login form',
      '{"non_field_errors": ["Unable to log in."]}',
      'Unable to log in.'
    ],
    [
      'OAuth',
      '{"error": "invalid_grant", "error_description": "rejected"}',
      'rejected'
    ],
    ['JSON without a sentence', '{"a": 1}', '{"a": 1}'],
    ['a bare number', '42', '42']
  ])('finds the sentence of %s', async (_what, body, sentence) => {
    expect((await words(body)).sentence).toBe(sentence);
  });

  it('gives the title of a page and none of its markup', async () => {
    expect(await words('<html><title>Log in</title><p>x</p></html>')).toEqual({
      sentence: null,
      code: null,
      pageTitle: 'Log in'
    });
  });

  it.each([
    ['{"error_code": "ToManyRequests"}', 'ToManyRequests'],
    ['{"detail": {"type": "invalid_token"}}', 'invalid_token'],
    ['{"detail": [{"type": "insufficient_scope"}]}', 'insufficient_scope'],
    ['{"detail": "x"}', null],
    ['No.', null]
  ])('finds the code in %s', async (body, code) => {
    expect((await words(body)).code).toBe(code);
  });

  it.each([
    ['nothing', '', null],
    [
      'deep nesting',
      `${'{"detail":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
      /^\{"detail/
    ],
    ['half a document', '{"detail": "x', /^\{"detail/],
    ['names of built-in properties', '{"__proto__": {"detail": "x"}}', /^\{"__proto/]
  ])('survives %s', async (_what, body, sentence) => {
    const found = (await words(body)).sentence;
    if (sentence === null) {
      expect(found).toBeNull();
    } else {
      expect(found).toMatch(sentence);
    }
  });
});
