import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type { IArchive, IArchiveDefinition } from '../../../src/archives/archive.js';
import { ownerOf } from '../../../src/archives/owner.js';

function archive(over: Partial<IArchiveDefinition>): IArchive {
  return {
    definition: {
      id: 'eso',
      name: 'ESO',
      kind: 'eso',
      description: '',
      services: {
        tap: [{ url: 'https://archive.example/tap_obs', title: 'Observations' }],
        rest: { url: 'https://rest.example:8443/api' }
      },
      signIn: {
        kind: 'oidc-password',
        tokenUrl: 'https://sso.example/token',
        registerUrl: 'https://register.example/',
        resetUrl: 'https://reset.example/',
        accessHelpUrl: 'https://help.example/'
      },
      origins: ['https://portal.example'],
      rank: 1,
      origin: 'shipped',
      editable: false,
      ...over
    }
  };
}

/** A JSON document of the repository. */
function json(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

/** Read by the server half's tests too: the rule is written in both languages. */
const OWNERS = json('test/vectors/owners.json') as { owned: string[]; free: string[] };

describe('ownerOf, as the server half', () => {
  const definition = json(
    'obsdeck/archives/definitions/eso.json'
  ) as IArchiveDefinition;
  const archives = [{ definition: { ...definition, origin: 'shipped' as const } }];

  it.each(OWNERS.owned)('gives %s to ESO', url => {
    expect(ownerOf(url, archives)?.definition.name).toBe('ESO');
  });

  it.each(OWNERS.free)('leaves %s to others', url => {
    expect(ownerOf(url, archives)).toBeUndefined();
  });
});

describe('ownerOf', () => {
  const archives = [archive({})];

  it.each([
    'https://archive.example/tap_obs',
    'https://ARCHIVE.example:443/other',
    'http://archive.example/tap',
    'http://archive.example:80/tap',
    'https://archive.example./tap',
    'https://\uff41rchive.example/tap',
    'https://rest.example:8443/tap',
    'https://sso.example',
    'https://portal.example/tap'
  ])('knows whose host %s is', url => {
    expect(ownerOf(url, archives)?.definition.name).toBe('ESO');
  });

  it.each([
    'https://archive.example:8443/tap',
    'http://archive.example:8080/tap',
    'https://rest.example/tap',
    'https://register.example/tap',
    'https://reset.example/tap',
    'https://help.example/tap',
    'https://tap.archive.example/tap',
    'not an address'
  ])('leaves %s to others', url => {
    expect(ownerOf(url, archives)).toBeUndefined();
  });

  it('does not count what the user added', () => {
    const own = archive({ origin: 'user' });
    expect(ownerOf('https://archive.example/tap', [own])).toBeUndefined();
  });
});
