import { describe, expect, it } from 'vitest';

import { findSignIn } from '../../../src/archives/ivoa/signin.js';
import { parseChallenges } from '../../../src/protocol/challenge.js';
import { parseCapabilities } from '../../../src/protocol/vosi.js';
import { fixtureText } from '../../support/fixtures.js';

/** A TAP capability with an interface for each list of security methods. */
function capabilities(...interfaces: readonly string[]) {
  const parts = interfaces.map(
    methods => `<interface><accessURL>https://x/tap</accessURL>${methods}</interface>`
  );
  return parseCapabilities(
    `<capabilities><capability standardID="ivo://ivoa.net/std/TAP">
      ${parts.join('')}</capability></capabilities>`
  );
}

const method = (id: string) => `<securityMethod standardID="${id}"/>`;
const none = { ways: [], proposal: null, needsAccount: false };

describe('findSignIn', () => {
  it('finds none where none is named', () => {
    expect(findSignIn(capabilities(''), [])).toEqual(none);
    expect(findSignIn([], [])).toEqual(none);
  });

  it.each([
    ['ivo://ivoa.net/sso#BasicAA', 'basic', 'basic'],
    ['http://www.w3.org/Protocols/HTTP/1.0/spec.html#BasicAA', 'basic', 'basic'],
    ['ivo://ivoa.net/sso#OAuth', 'bearer', 'bearer'],
    ['ivo://ivoa.net/sso#OpenID', 'bearer', 'bearer']
  ] as const)('VO-56: knows how to go %s', (id, way, kind) => {
    expect(findSignIn(capabilities('', method(id)), [])).toEqual({
      ways: [way],
      proposal: { kind },
      needsAccount: false
    });
  });

  it.each([
    ['ivo://ivoa.net/sso#tls-with-certificate', 'certificate'],
    ['ivo://ivoa.net/sso#cookie', 'cookie'],
    ['ivo://ivoa.net/sso#saml2.0', 'saml'],
    ['ivo://ivoa.net/sso#tls-with-password', 'password'],
    ['urn:something-new', 'other']
  ])('VO-56: names %s without proposing it', (id, way) => {
    const found = findSignIn(capabilities(method(id)), []);
    expect(found).toEqual({ ways: [way], proposal: null, needsAccount: true });
  });

  it('needs an account where no interface is open', () => {
    const basic = method('ivo://ivoa.net/sso#BasicAA');
    expect(findSignIn(capabilities(basic, basic), []).needsAccount).toBe(true);
    expect(findSignIn(capabilities(basic, ''), []).needsAccount).toBe(false);
    expect(findSignIn([], [], true).needsAccount).toBe(true);
  });

  it('VO-57: takes the address of a challenge before anything else', () => {
    const challenges = parseChallenges(
      'Basic realm="x", ivoa_bearer standard_id="ivo://ivoa.net/sso#tls-with-password", ' +
        'access_url="https://login.example.org/vo?a=b,c", ivoa_x509'
    );
    expect(findSignIn([], challenges, true)).toEqual({
      ways: ['basic', 'password', 'certificate'],
      proposal: { kind: 'ivoa-bearer', tokenUrl: 'https://login.example.org/vo?a=b,c' },
      needsAccount: true
    });
  });

  it.each([
    'http://login.example.org/vo',
    'https://someone@login.example.org/vo',
    'javascript:alert(1)',
    'nonsense'
  ])('proposes to send no password to %s', address => {
    const challenges = parseChallenges(
      `ivoa_bearer standard_id="ivo://ivoa.net/sso#tls-with-password", access_url="${address}"`
    );
    expect(findSignIn([], challenges).proposal).toBeNull();
  });

  it('reads what Rubin says', context => {
    const text = fixtureText(context, 'rubin/rsp_tap-capabilities.xml');
    const found = findSignIn(parseCapabilities(text), []);
    expect(found.needsAccount).toBe(true);
    expect(found.proposal?.kind).toMatch(/^(bearer|basic)$/);
  });
});
