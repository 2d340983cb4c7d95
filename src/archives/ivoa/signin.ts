import { type IChallenge, signInAddress } from '../../protocol/challenge.js';
import type { ICapability, IServiceInterface } from '../../protocol/vosi.js';
import type { INewSignIn } from '../archive.js';

/** Ways of signing in that services of the VO name (SSO 2.0 §2, DALI challenges). */
export type WayFound =
  | 'basic'
  | 'password'
  | 'bearer'
  | 'certificate'
  | 'cookie'
  | 'saml'
  | 'token'
  | 'other';

/** What a service tells of signing in. */
export interface ISignInFound {
  /** In the order of the service, each once. */
  readonly ways: readonly WayFound[];
  /** The first of them that Obsdeck knows how to go; null where there is none. */
  readonly proposal: INewSignIn | null;
  /** True where no interface can be used without an account. */
  readonly needsAccount: boolean;
}

/** Fragments of the identifiers of VOSI's `securityMethod` in lower case. */
const METHODS: ReadonlyMap<string, WayFound> = new Map([
  ['basicaa', 'basic'],
  ['tls-with-password', 'password'],
  ['tls-with-certificate', 'certificate'],
  ['cookie', 'cookie'],
  ['oauth', 'bearer'],
  ['openid', 'bearer'],
  ['saml2.0', 'saml']
]);

const SCHEMES: ReadonlyMap<string, WayFound> = new Map([
  ['basic', 'basic'],
  ['bearer', 'bearer'],
  ['ivoa_x509', 'certificate'],
  ['ivoa_cookie', 'cookie'],
  ['token', 'token']
]);

/**
 * What a service tells of signing in, by its capabilities and by the challenges that came
 * with its answers. Challenges count more: they carry where to sign in.
 *
 * @param refused - true where it did not answer without an account at all
 */
export function findSignIn(
  capabilities: readonly ICapability[],
  challenges: readonly IChallenge[],
  refused = false
): ISignInFound {
  const interfaces = capabilities
    .filter(({ tap }) => tap !== null)
    .flatMap(capability => capability.interfaces);
  const methods = interfaces.flatMap(({ securityMethods }) => securityMethods);
  const ways = [...challenges.map(wayOfChallenge), ...methods.map(wayOfMethod)];
  const proposals = [
    ...challenges.map(proposalOf),
    ...ways.map(way => SIMPLE.get(way) ?? null)
  ];
  return {
    ways: [...new Set(ways)],
    proposal: proposals.find(proposal => proposal !== null) ?? null,
    needsAccount: refused || (interfaces.length > 0 && !interfaces.some(isOpen))
  };
}

/** Ways that need no more than what is typed. */
const SIMPLE: ReadonlyMap<WayFound, INewSignIn> = new Map([
  ['basic', { kind: 'basic' }],
  ['bearer', { kind: 'bearer' }]
]);

function isOpen({ anonymous }: IServiceInterface): boolean {
  return anonymous;
}

/** `ivo://ivoa.net/sso#BasicAA`, older spellings of it, and texts in its place. */
function wayOfMethod(id: string): WayFound {
  const name = id.slice(id.lastIndexOf('#') + 1).toLowerCase();
  return METHODS.get(name) ?? 'other';
}

function wayOfChallenge({ scheme, parameters }: IChallenge): WayFound {
  return scheme === 'ivoa_bearer'
    ? wayOfMethod(parameters['standard_id'] ?? '')
    : (SCHEMES.get(scheme) ?? 'other');
}

/** A password is exchanged for a token where the challenge says; only over https. */
function proposalOf(challenge: IChallenge): INewSignIn | null {
  const address = signInAddress(challenge);
  return wayOfChallenge(challenge) === 'password' && address?.protocol === 'https:'
    ? { kind: 'ivoa-bearer', tokenUrl: address.href }
    : null;
}
