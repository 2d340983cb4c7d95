import { describe, expect, it } from 'vitest';

import { explainRefusal, type IRefusal } from '../../../src/protocol/access.js';

/** An answer that refuses; a request in the user's name unless told otherwise. */
function refusal(
  status: number,
  options: {
    challenge?: string;
    sentence?: string;
    code?: string;
    retryAfter?: string;
    as?: 'me' | 'anyone';
    asked?: 'me';
  } = {}
): IRefusal {
  const { challenge, sentence = null, code = null, retryAfter, as = 'me' } = options;
  const headers = new Map([
    ['WWW-Authenticate', challenge],
    ['Retry-After', retryAfter]
  ]);
  return {
    answer: {
      status,
      url: 'https://x.org:8443/tap/sync',
      header: name => headers.get(name) ?? null,
      ...(as === 'me' && { as })
    },
    words: { sentence, code, pageTitle: null },
    asked: options.asked,
    now: 1000
  };
}

describe('explainRefusal', () => {
  it.each<[string, IRefusal, object]>([
    [
      'pyobs without a token',
      refusal(401, {
        as: 'anyone',
        challenge: 'Token',
        sentence: 'Authentication credentials were not provided.'
      }),
      { kind: 'not-signed-in', message: 'An account is needed for this.' }
    ],
    [
      'pyobs with a token it does not know',
      refusal(401, { challenge: 'Token', sentence: 'Invalid token.' }),
      { kind: 'not-signed-in', message: 'The sign-in is not accepted.' }
    ],
    [
      'pyobs with the token of somebody who left',
      refusal(401, { challenge: 'Token', sentence: 'User inactive or deleted.' }),
      { kind: 'forbidden', message: 'This account is not active.' }
    ],
    [
      'MMODA without a token',
      refusal(403, { as: 'anyone', sentence: 'A token must be provided.' }),
      { kind: 'not-signed-in' }
    ],
    [
      'MMODA with a token that ran out',
      refusal(403, { sentence: 'The token provided is expired.' }),
      { kind: 'expired', message: 'The sign-in has expired.' }
    ],
    [
      'MMODA with a token that is wrong',
      refusal(403, { sentence: 'The token provided is not valid.' }),
      { kind: 'not-signed-in', message: 'The sign-in is not accepted.' }
    ],
    [
      'MMODA where roles are missing',
      refusal(403, {
        sentence:
          'Unfortunately, your privileges are not sufficient to post on the product ' +
          "gallery.\nYour privilege roles include ['general'], but the following roles " +
          'are missing: gallery contributor, job manager.'
      }),
      {
        kind: 'forbidden',
        message: 'The rights gallery contributor, job manager are missing.',
        details: { scope: 'gallery contributor, job manager' }
      }
    ],
    [
      'AuroraX with a key it does not know',
      refusal(401, { sentence: 'API key is not valid', code: 'NotAuthenticated' }),
      { kind: 'not-signed-in' }
    ],
    [
      'AuroraX where the role is too low',
      refusal(403, {
        sentence: 'your role does not allow this on data source 101',
        code: 'NotPermitted'
      }),
      { kind: 'forbidden', message: 'your role does not allow this on data source 101' }
    ],
    [
      'AuroraX asked too often',
      refusal(400, { code: 'ToManyRequests' }),
      { kind: 'rate-limited', details: { hint: 'Try again later.' } }
    ],
    [
      'a header that could not be read',
      refusal(400, { challenge: 'Bearer error="invalid_request"' }),
      { kind: 'not-signed-in', message: 'The service could not read the sign-in.' }
    ],
    [
      'several scopes missing',
      refusal(403, {
        challenge: 'Bearer error="insufficient_scope", scope="read:tap read:image"'
      }),
      {
        message: 'The rights read:tap, read:image are missing.',
        details: { scope: 'read:tap, read:image' }
      }
    ],
    [
      'a revoked token',
      refusal(401, { challenge: 'Bearer error="invalid_token"' }),
      { kind: 'expired', message: 'The sign-in has expired or was revoked.' }
    ],
    [
      'an address that may not see the credential',
      refusal(401, { as: 'anyone', asked: 'me' }),
      {
        kind: 'not-signed-in',
        message: 'x.org:8443 needs an account, and may not see yours.',
        details: { as: 'anyone' }
      }
    ],
    [
      'an expired token that nobody sent',
      refusal(401, { as: 'anyone', challenge: 'Bearer error="invalid_token"' }),
      { kind: 'not-signed-in' }
    ],
    [
      'a refusal without a word',
      refusal(403),
      { kind: 'forbidden', message: 'This is not open to everyone.' }
    ]
  ])('understands %s', (_what, asked, expected) => {
    expect(explainRefusal(asked)).toMatchObject(expected);
  });

  it('keeps the service’s words beside its own', () => {
    const sentence = 'Token has expired';
    const challenge = 'Bearer error="invalid_token"';
    expect(
      explainRefusal(refusal(401, { sentence, challenge }))?.details
    ).toMatchObject({
      status: 401,
      as: 'me',
      serviceMessage: sentence,
      hint: 'Sign in again.'
    });
  });

  it.each([
    ['an error in the query that speaks of tokens', 400],
    ['a failure of the service', 500],
    ['a missing page', 404]
  ])('leaves %s to others', (_what, status) => {
    const sentence = 'Unexpected token; the one expected has expired.';
    expect(explainRefusal(refusal(status, { sentence }))).toBeNull();
  });

  it('looks for a meaning at the start of long texts only', () => {
    const sentence = 'your privileges are not sufficient '.repeat(8000);
    expect(explainRefusal(refusal(403, { sentence }))?.message).toBe(sentence);
  });
});
