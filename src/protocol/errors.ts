import type { IChallenge } from './challenge.js';

/**
 * Why something failed, in the words that server, page and kernel share.
 *
 * - `not-signed-in`, `expired`, `forbidden`, `embargoed`: rights
 * - `not-found`, `rejected`: the service understood and said no
 * - `overflow`, `rate-limited`: limits of the service
 * - `unavailable`, `timeout`: the service did not answer
 * - `bad-answer`: it answered something that cannot be used
 * - `refused-address`: we did not ask, because the address is not safe
 * - `cancelled`: the user stopped it
 */
export type ErrorKind =
  | 'not-signed-in'
  | 'expired'
  | 'forbidden'
  | 'embargoed'
  | 'not-found'
  | 'rejected'
  | 'overflow'
  | 'rate-limited'
  | 'unavailable'
  | 'timeout'
  | 'bad-answer'
  | 'refused-address'
  | 'cancelled';

/** All kinds, for checking a kind that came over the network. */
export const ERROR_KINDS: readonly ErrorKind[] = [
  'not-signed-in',
  'expired',
  'forbidden',
  'embargoed',
  'not-found',
  'rejected',
  'overflow',
  'rate-limited',
  'unavailable',
  'timeout',
  'bad-answer',
  'refused-address',
  'cancelled'
];

/** What an error may carry beside its kind and its sentence. */
export interface IErrorDetails {
  /** What the user can do about it, one sentence. */
  hint?: string;
  /** HTTP status of the service's answer, where there was one. */
  status?: number;
  /**
   * Name of the archive, as the user knows it; empty where our own server failed, so that
   * no archive was asked and none is to blame.
   */
  archive?: string;
  /** The service's own words, unshortened. */
  serviceMessage?: string;
  /** Title of the web page that came instead of the answer; empty where it has none. */
  pageTitle?: string;
  /** Row of a table at which reading stopped, counted from 0. */
  row?: number;
  /** Column at which reading stopped, counted from 0. */
  column?: number;
  /** Who the archive was asked by: `anyone` also where the address may not see a credential. */
  as?: 'me' | 'anyone';
  /** The right that is missing, in the archive's own word. */
  scope?: string;
  /** When the archive may be asked again, milliseconds since 1970, UTC. */
  retryAt?: number;
  /** Ways of signing in that the answer offered. */
  challenges?: readonly IChallenge[];
  /** Host, with a port that is not the usual one, at which the answer asks to sign in. */
  signInHost?: string;
  /** The error below this one. */
  cause?: unknown;
}

/**
 * The one error class of the protocol layer.
 *
 * `message` is a sentence for a person; code decides by `kind` only.
 */
export class ProtocolError extends Error {
  /**
   * @param kind - why it failed
   * @param message - one sentence: what happened
   * @param details - hint, HTTP status, position in a table
   */
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly details: IErrorDetails = {}
  ) {
    super(message, { cause: details.cause });
    this.name = 'ProtocolError';
  }

  /** The same error with more known about it; what is known already is kept. */
  with(more: IErrorDetails): ProtocolError {
    return new ProtocolError(this.kind, this.message, {
      ...more,
      ...this.details,
      cause: this
    });
  }
}

/**
 * One sentence that names the archive and the cause: `ESO: unknown table dbo.rawx`.
 *
 * For where nothing else says which archive it was; views that show the two apart use
 * `details.archive` and `message`.
 */
export function describeError(error: ProtocolError): string {
  const { archive } = error.details;
  return archive ? `${archive}: ${error.message}` : error.message;
}

/** True where our own server failed, before any archive was asked. */
export function isOwnServer(error: unknown): error is ProtocolError {
  return error instanceof ProtocolError && error.details.archive === '';
}

/** The error itself where it is typed; what was aborted as `cancelled`, else `unavailable`. */
export function asProtocolError(reason: unknown): ProtocolError {
  if (reason instanceof ProtocolError) {
    return reason;
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  const kind = isAbort(reason) ? 'cancelled' : 'unavailable';
  return new ProtocolError(kind, message, { cause: reason });
}

/** True for the error of a cancelled `fetch` or of a signal that was aborted. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
