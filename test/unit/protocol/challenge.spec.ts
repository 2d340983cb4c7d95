import { describe, expect, it } from 'vitest';

import {
  type IChallenge,
  parseChallenges,
  signInAddress,
  signInHost
} from '../../../src/protocol/challenge.js';
import { Random } from '../../fuzz/random.mjs';

function read(header: string): [string, Record<string, string>, string | null][] {
  return parseChallenges(header).map(({ scheme, parameters, token68 }) => [
    scheme,
    { ...parameters },
    token68
  ]);
}

describe('parseChallenges', () => {
  it.each<[string, string, ReturnType<typeof read>]>([
    ['nothing', '', []],
    ['a bare scheme', 'Token', [['token', {}, null]]],
    [
      'several bare schemes',
      'ivoa_x509, Bearer',
      [
        ['ivoa_x509', {}, null],
        ['bearer', {}, null]
      ]
    ],
    [
      'commas within quotes',
      'Newauth realm="a, Basic realm=b", type=1, title="Log in to \\"apps\\"", Basic realm="x"',
      [
        [
          'newauth',
          { realm: 'a, Basic realm=b', type: '1', title: 'Log in to "apps"' },
          null
        ],
        ['basic', { realm: 'x' }, null]
      ]
    ],
    [
      'empty elements of a list',
      ' , ,Basic realm=x,,, , a=b , ',
      [['basic', { realm: 'x', a: 'b' }, null]]
    ],
    [
      'token68 before another scheme',
      'Negotiate oYG1+/~._-w==, Basic realm="x"',
      [
        ['negotiate', {}, 'oYG1+/~._-w=='],
        ['basic', { realm: 'x' }, null]
      ]
    ],
    [
      'an unquoted address',
      'ivoa_bearer access_url=https://x.org/a?b=c&d, Basic realm=y',
      [
        ['ivoa_bearer', { access_url: 'https://x.org/a?b=c&d' }, null],
        ['basic', { realm: 'y' }, null]
      ]
    ],
    [
      'blanks around the equals sign',
      'Bearer realm = "x" ,\terror\t=\tinvalid_token',
      [['bearer', { realm: 'x', error: 'invalid_token' }, null]]
    ],
    [
      'the first of equal names',
      'BEARER Realm=a, REALM=b',
      [['bearer', { realm: 'a' }, null]]
    ],
    [
      'a header cut within quotes',
      'Bearer realm="x, error=',
      [['bearer', { realm: 'x, error=' }, null]]
    ],
    [
      'no comma between challenges',
      'Basic realm="x" Bearer realm="y"',
      [
        ['basic', { realm: 'x' }, null],
        ['bearer', { realm: 'y' }, null]
      ]
    ],
    ['a parameter without scheme', 'realm="x", Basic', [['basic', {}, null]]],
    [
      'text that is neither',
      '"a, b=c", (d), Basic realm=x',
      [['basic', { realm: 'x' }, null]]
    ]
  ])('reads %s', (_what, header, expected) => {
    expect(read(header)).toEqual(expected);
  });

  it('takes names of built-in properties for names like any other', () => {
    const [{ parameters }] = parseChallenges('Basic __proto__=a, realm=b');
    expect(parameters['__proto__']).toBe('a');
    expect(parameters['constructor']).toBeUndefined();
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('reads back whatever challenges were written', () => {
    const random = new Random(59);
    for (let run = 0; run < 500; run++) {
      const written = Array.from({ length: random.between(0, 4) }, () =>
        someChallenge(random)
      );
      const header = written.map(challenge => write(challenge, random)).join(', ');
      expect(read(header), header).toEqual(
        written.map(({ scheme, parameters, token68 }) => [scheme, parameters, token68])
      );
    }
  });

  it('ends on whatever arrives, in time that grows with its length only', () => {
    const random = new Random(57);
    const pieces = [
      'Basic',
      ' ',
      ',',
      '=',
      '"',
      '\\',
      'a=b',
      '\u0000',
      'é',
      '==',
      '(',
      '\t'
    ];
    for (let run = 0; run < 2000; run++) {
      const header = Array.from({ length: random.below(30) }, () =>
        random.pick(pieces)
      ).join('');
      for (const { scheme } of parseChallenges(header)) {
        expect(scheme).toMatch(/^[^\s,="]+$/);
      }
    }
    for (const piece of ['a ', 'a=', 'a,', '"\\', 'a="', ' =']) {
      parseChallenges(piece.repeat(200_000));
    }
  });
});

/** Names and values that tell the grammar's corners apart. */
function someChallenge(random: Random): IChallenge {
  const names = ['realm', 'error', 'scope', 'access_url', 'standard_id'];
  const values = [
    '',
    'x',
    'a, b',
    'k="v"',
    'back\\slash',
    'Bearer realm=y',
    'https://x.org/?a=b'
  ];
  const parameters: Record<string, string> = {};
  for (const name of names.filter(() => random.chance(0.4))) {
    parameters[name] = random.pick(values);
  }
  const hasToken = Object.keys(parameters).length === 0 && random.chance(0.5);
  return {
    scheme: random.pick(['basic', 'bearer', 'ivoa_bearer', 'ivoa_x509']),
    parameters,
    token68: hasToken ? random.pick(['abc', 'a+/b==', '~.-_']) : null
  };
}

function write({ scheme, parameters, token68 }: IChallenge, random: Random): string {
  const spelled = random.chance(0.5) ? scheme.toUpperCase() : scheme;
  const pairs = Object.entries(parameters).map(([name, value]) => {
    const quoted = `"${value.replace(/["\\]/g, '\\$&')}"`;
    const isPlain = /^[\w:/?.]+$/.test(value) && random.chance(0.5);
    return `${name}${random.pick(['=', ' = '])}${isPlain ? value : quoted}`;
  });
  return [spelled, token68 ?? pairs.join(random.pick([',', ', ', ' ,,\t']))]
    .filter(part => part !== '')
    .join(' ');
}

describe('signInAddress', () => {
  it.each([
    ['https://login.example.org/vo', 'login.example.org'],
    ['http://127.0.0.1:8923/vo/login', '127.0.0.1:8923'],
    ['https://LOGIN.Example.org:443/', 'login.example.org'],
    ['https://b\u00fccher.example/', 'xn--bcher-kva.example']
  ])('names the host of %s', (address, host) => {
    const challenges = parseChallenges(`ivoa_bearer access_url="${address}"`);
    expect(signInAddress(challenges[0])?.host).toBe(host);
    expect(signInHost(challenges)).toBe(host);
  });

  it.each([
    'https://archive.example.org@evil.example/',
    'https://user:word@evil.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '/login',
    ''
  ])('has no address to offer in %s', address => {
    const challenges = parseChallenges(`ivoa_bearer access_url="${address}"`);
    expect(signInHost(challenges)).toBeNull();
  });

  it('believes the schemes of the VO only', () => {
    const challenges = parseChallenges('Basic realm=x, access_url="https://x.org/"');
    expect(signInHost(challenges)).toBeNull();
  });
});
