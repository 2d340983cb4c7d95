/** In whose name something is asked, and who is told when it takes longer. */
export interface IAskOptions {
  /** Ask in the user's name; anonymous unless told. The credential itself is never here. */
  as?: 'me';
  /**
   * Told while the service asks to wait: until when, milliseconds since 1970; null once it
   * is asked again.
   */
  waits?: (until: number | null) => void;
}

/** A request to a service, as the protocol layer makes it. */
export interface ITransportRequest extends IAskOptions {
  /** Absolute http or https address. Sent byte for byte: signed addresses break when re-encoded. */
  url: string;
  /** HTTP method; `GET` unless told otherwise. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Request headers. Only those of the gateway's allow-list arrive. */
  headers?: Readonly<Record<string, string>>;
  /** Body; form parameters are passed as `URLSearchParams`. */
  body?: string | URLSearchParams | Uint8Array | Blob;
  /** Stops the request, also at the service. */
  signal?: AbortSignal;
}

/** The answer of a service. */
export interface ITransportResponse {
  /** HTTP status. */
  readonly status: number;
  /** Address that answered, after redirects; relative addresses resolve against it. */
  readonly url: string;
  /**
   * `me` where the request carried the user's credential when it reached that address;
   * missing where it was anonymous, though asked for otherwise.
   */
  readonly as?: 'me';
  /** Value of a header, null when absent; names ignore case. */
  header(name: string): string | null;
  /** The body as it arrives; empty stream where there is none. To be read once. */
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * The way to an archive's services: everything that crosses the network goes through one.
 *
 * `transport/server` uses the Jupyter server's gateway, `transport/browser` plain `fetch`.
 */
export interface ITransport {
  /**
   * Send a request; resolves when the head of the answer is there, whatever its HTTP status.
   *
   * @param archive - id of the archive on whose behalf it is sent
   * @throws {@link ProtocolError} when no answer came (`unavailable`, `timeout`,
   * `refused-address`, `cancelled` …)
   */
  request(archive: string, request: ITransportRequest): Promise<ITransportResponse>;
}
