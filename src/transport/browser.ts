import { isAbort, ProtocolError } from '../protocol/errors.js';
import type {
  ITransport,
  ITransportRequest,
  ITransportResponse
} from '../protocol/transport.js';

import { fetchInit, FetchResponse } from './response.js';

const NO_VAULT = 'There are no accounts without a Jupyter server.';
const SEARCH_AS_ANYONE = 'Search as anyone, or use Obsdeck on a Jupyter server.';

/**
 * Asks services directly with `fetch`, without cookies and without telling where from.
 *
 * For JupyterLite and for plain Node; a page reaches only services that allow it by CORS.
 * `fetch` itself follows redirects, with GET after 302 and 303.
 */
export class BrowserTransport implements ITransport {
  /** Send a request; see {@link ITransport.request}. */
  async request(
    _archive: string,
    request: ITransportRequest
  ): Promise<ITransportResponse> {
    const { protocol, host } = parseAddress(request.url);
    if (protocol !== 'http:' && protocol !== 'https:') {
      throw new ProtocolError(
        'refused-address',
        `The address ${request.url} is neither http nor https.`
      );
    }
    if (request.as === 'me') {
      throw new ProtocolError('not-signed-in', NO_VAULT, { hint: SEARCH_AS_ANYONE });
    }
    try {
      const response = await fetch(request.url, {
        ...fetchInit(request),
        credentials: 'omit',
        referrerPolicy: 'no-referrer'
      });
      return new FetchResponse(response, response.url);
    } catch (error) {
      throw explain(error, host);
    }
  }
}

function parseAddress(url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    throw new ProtocolError('refused-address', `\u201c${url}\u201d is no address.`, {
      cause
    });
  }
}

function explain(error: unknown, host: string): unknown {
  if (isAbort(error)) {
    return new ProtocolError('cancelled', 'The query was stopped.', { cause: error });
  }
  if (error instanceof TypeError) {
    return new ProtocolError('unavailable', `No answer from ${host}.`, {
      hint: 'The service may be down, or may not allow requests from a web page.',
      cause: error
    });
  }
  return error;
}
