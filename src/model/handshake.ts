import { asProtocolError, ProtocolError } from '../protocol/errors.js';

/**
 * Version of the interface between page and server half. Raised on both sides
 * when one of them could no longer talk to an older other.
 */
export const API_VERSION = 1;

/** What the server half says of itself. */
export interface IServerHalf {
  readonly version: string;
  readonly api: number;
}

/**
 * How page and server half fit together.
 *
 * - `ok`: they fit
 * - `missing`: JupyterLab runs without the server half
 * - `older` / `newer`: the server half's interface is not the page's
 * - `offline`: the Jupyter server did not answer
 */
export type Handshake =
  | { readonly state: 'ok'; readonly version: string }
  | { readonly state: 'missing' }
  | { readonly state: 'older' | 'newer'; readonly version: string }
  | { readonly state: 'offline'; readonly error: ProtocolError };

/** Ask the server half for its version and judge the answer. Never throws. */
export async function shakeHands(
  hello: () => Promise<IServerHalf>
): Promise<Handshake> {
  try {
    const { version, api } = await hello();
    if (api === API_VERSION) {
      return { state: 'ok', version };
    }
    return { state: api < API_VERSION ? 'older' : 'newer', version };
  } catch (reason) {
    if (reason instanceof ProtocolError && reason.kind === 'not-found') {
      return { state: 'missing' };
    }
    return { state: 'offline', error: asProtocolError(reason) };
  }
}
