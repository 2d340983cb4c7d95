import type {
  ITransport,
  ITransportRequest,
  ITransportResponse
} from '../protocol/transport.js';

import { ERROR_HEADER, reach, serverError, type IServerOptions } from './api.js';
import { fetchInit, FetchResponse } from './response.js';

/** Header with the address that a request is for. */
const URL_HEADER = 'X-Obsdeck-Url';

/** Header with the address that answered; every answer of the gateway has it. */
const FINAL_URL_HEADER = 'X-Obsdeck-Final-Url';

/** Headers that the gateway passes on under a name of its own. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  // Pages never see it: a browser would open its password box.
  ['www-authenticate', 'X-Obsdeck-Challenge'],
  // Where that is which a request made; redirects are followed by the gateway.
  ['location', 'X-Obsdeck-Location']
]);

/** Who a request is made by; in the answer, who it was made by at the address that answered. */
const AS_HEADER = 'X-Obsdeck-As';

/** Asks services through the gateway of the Jupyter server. */
export class ServerTransport implements ITransport {
  /** @param _options - the way to the Jupyter server */
  constructor(private readonly _options: IServerOptions) {}

  /** Send a request; see {@link ITransport.request}. */
  async request(
    archive: string,
    request: ITransportRequest
  ): Promise<ITransportResponse> {
    const init = fetchInit(request);
    const response = await reach(
      this._options,
      `api/gateway/${encodeURIComponent(archive)}`,
      {
        ...init,
        headers: {
          ...init.headers,
          [URL_HEADER]: asciiUrl(request.url),
          ...(request.as && { [AS_HEADER]: request.as })
        }
      }
    );
    const url = response.headers.get(FINAL_URL_HEADER);
    if (url === null || response.headers.has(ERROR_HEADER)) {
      throw await serverError(response);
    }
    return new GatewayResponse(response, url);
  }
}

/** An answer that came through the gateway. */
class GatewayResponse extends FetchResponse {
  get as(): 'me' | undefined {
    return super.header(AS_HEADER) === 'me' ? 'me' : undefined;
  }

  override header(name: string): string | null {
    return super.header(OTHER_NAMES.get(name.toLowerCase()) ?? name);
  }
}

/** Header values are ASCII; the rest of the address stays byte for byte. */
function asciiUrl(url: string): string {
  return url.replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
}
