import type { TranslationBundle } from '@jupyterlab/translation';

import { findSignIn, type ISignInFound } from '../../archives/ivoa/signin.js';
import { type IChallenge, parseChallenges } from '../../protocol/challenge.js';
import {
  describeError,
  hasObsCore,
  ProtocolError,
  TapService,
  type ICapability
} from '../../protocol/index.js';
import type { ITransport } from '../../tokens.js';
import { formatCount } from '../../view/shared/format.js';
import type { Address, IArchiveFinding } from '../../view/archives/state.js';
import { wayWords } from '../../view/archives/words.js';

/** Reserved id of the gateway for an address that no definition names yet. */
const NEW = 'new';

/**
 * What a service says of itself, asked without an account.
 *
 * @throws {@link ProtocolError} whose message begins with the host, as there is no name yet
 */
export async function probe(
  transport: ITransport,
  { url, kind }: Address,
  trans: TranslationBundle,
  signal: AbortSignal
): Promise<IArchiveFinding> {
  const heard = new Challenges(transport);
  try {
    return kind === 'pyobs'
      ? await probeRest(heard, url, trans, signal)
      : await probeTap(heard, url, trans, signal);
  } catch (error) {
    throw error instanceof ProtocolError
      ? new ProtocolError(error.kind, describeError(error), error.details)
      : error;
  }
}

/** Remembers what the answers that pass tell of signing in. */
class Challenges implements ITransport {
  constructor(private readonly _transport: ITransport) {}

  heard: readonly IChallenge[] = [];

  async request(
    ...args: Parameters<ITransport['request']>
  ): ReturnType<ITransport['request']> {
    const response = await this._transport.request(...args);
    const header = response.header('WWW-Authenticate');
    this.heard = [...this.heard, ...(header ? parseChallenges(header) : [])];
    return response;
  }
}

/** VOSI capabilities and tables (TAP 1.1 §2.4). */
async function probeTap(
  transport: Challenges,
  url: string,
  trans: TranslationBundle,
  signal: AbortSignal
): Promise<IArchiveFinding> {
  const { host, href } = new URL(url);
  const service = new TapService(transport, { id: NEW, name: host }, href);
  try {
    const capabilities = await service.capabilities(signal);
    const { schemas } = await service.tables(signal, 'min');
    const names = schemas.flatMap(schema => schema.tables.map(table => table.name));
    const obscore =
      hasObsCore(capabilities) || names.some(name => /(^|\.)obscore$/i.test(name));
    return {
      has: tapWords(trans, names.length, capabilities.flatMap(languagesOf), obscore),
      ...told(trans, findSignIn(capabilities, transport.heard))
    };
  } catch (error) {
    return refusedFinding(error, transport, trans);
  }
}

/**
 * The list of frames, of which none is asked for: pyobs-archive has no document that tells
 * what it is.
 */
async function probeRest(
  transport: Challenges,
  url: string,
  trans: TranslationBundle,
  signal: AbortSignal
): Promise<IArchiveFinding> {
  const { host, href } = new URL(url);
  const address = `${href.replace(/\/+$/, '')}/frames/?offset=0&limit=0`;
  const response = await transport.request(NEW, { url: address, signal });
  const body: unknown = await new Response(response.body).json().catch(() => null);
  const { status } = response;
  const { count } = (body ?? {}) as { readonly count?: unknown };
  if (status === 200 && typeof count === 'number') {
    const has = trans._n('%2 frame.', '%2 frames.', count, formatCount(count));
    return { has, signIn: [], needsAccount: false, proposal: { kind: 'drf-token' } };
  }
  if (status === 401 && transport.heard.some(({ scheme }) => scheme === 'token')) {
    const has = trans.__('A pyobs-archive.');
    const found = findSignIn([], transport.heard, true);
    return { has, ...told(trans, found), proposal: { kind: 'drf-token' } };
  }
  throw new ProtocolError('bad-answer', trans.__('There is no pyobs-archive here.'), {
    archive: host,
    status,
    hint: trans.__('Give the address of its start page.')
  });
}

/** A service that tells nothing without an account has told how to sign in, at least. */
function refusedFinding(
  error: unknown,
  { heard }: Challenges,
  trans: TranslationBundle
): IArchiveFinding {
  const refused =
    error instanceof ProtocolError &&
    ['not-signed-in', 'forbidden'].includes(error.kind);
  if (!refused || heard.length === 0) {
    throw error;
  }
  const has = trans.__('It tells what it has to those who signed in.');
  return { has, ...told(trans, findSignIn([], heard, true)) };
}

function told(
  trans: TranslationBundle,
  { ways, proposal, needsAccount }: ISignInFound
): Pick<IArchiveFinding, 'signIn' | 'proposal' | 'needsAccount'> {
  return {
    signIn: [...new Set(ways.map(way => wayWords(trans, way)))],
    proposal,
    needsAccount
  };
}

function tapWords(
  trans: TranslationBundle,
  tables: number,
  languages: readonly string[],
  obscore: boolean
): string {
  const count = trans._n('%2 table', '%2 tables', tables, formatCount(tables));
  return [
    `${[count, ...languages].join(', ')}.`,
    obscore
      ? trans.__('It has ObsCore and can be searched by form.')
      : trans.__('It has no ObsCore and can be searched by ADQL only.')
  ].join(' ');
}

function languagesOf({ tap }: ICapability): string[] {
  return (tap?.languages ?? []).flatMap(({ name, versions }) =>
    versions.map(version => `${name}-${version}`)
  );
}
