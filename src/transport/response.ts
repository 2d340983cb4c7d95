import type { ITransportRequest, ITransportResponse } from '../protocol/transport.js';

/** A `fetch` answer as the protocol layer reads it. */
export class FetchResponse implements ITransportResponse {
  /**
   * @param _response - the answer; its body has not been read
   * @param url - the address that answered, after redirects
   */
  constructor(
    private readonly _response: Response,
    readonly url: string
  ) {}

  /** HTTP status. */
  get status(): number {
    return this._response.status;
  }

  /** The body as it arrives; an empty stream where there is none. */
  get body(): ReadableStream<Uint8Array> {
    return this._response.body ?? new Blob([]).stream();
  }

  /** Value of a header, null when absent; names ignore case. */
  header(name: string): string | null {
    return this._response.headers.get(name);
  }
}

/** A request as `fetch` takes it. */
export function fetchInit(request: ITransportRequest): RequestInit {
  const { method = 'GET', headers, body, signal } = request;
  return {
    method,
    headers: { ...headers },
    ...(body !== undefined && { body: body as BodyInit }),
    ...(signal !== undefined && { signal })
  };
}
