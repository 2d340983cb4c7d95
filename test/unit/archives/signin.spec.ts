import { describe, expect, it } from 'vitest';

import type { ISignInDefinition } from '../../../src/archives/archive.js';
import { canSignIn, needsAccount, usualAsker } from '../../../src/archives/signin.js';
import { archiveOf } from '../model/rows.js';

describe('signing in, by the definition', () => {
  it.each<[string, ISignInDefinition, boolean, boolean]>([
    ['no accounts', { kind: 'none' }, false, false],
    ['accounts for those who want one', { kind: 'oidc-password' }, true, false],
    ['nothing without an account', { kind: 'bearer', required: true }, true, true],
    ['a need that nobody can meet', { kind: 'none', required: true }, false, false]
  ])('%s', (_what, signIn, can, needs) => {
    const definition = { ...archiveOf(async function* () {}).definition, signIn };
    expect(canSignIn(definition)).toBe(can);
    expect(needsAccount(definition)).toBe(needs);
    expect(usualAsker(definition)).toBe(needs ? 'me' : 'anyone');
  });
});
