import { readBytes, refusal } from './answer.js';
import { isAbort, isOwnServer, ProtocolError } from './errors.js';
import type { ITransport, ITransportRequest, ITransportResponse } from './transport.js';
import { decodeXml } from './xml.js';

/** On whose behalf a service is asked. */
export interface IAskedArchive {
  readonly id: string;
  /** As the user knows it; every error carries it. */
  readonly name: string;
}

/** Requests to the services of one archive; what fails says which archive it was. */
export class Channel {
  /**
   * @param _transport - the way to the services
   * @param _archive - on whose behalf they are asked
   */
  constructor(
    private readonly _transport: ITransport,
    private readonly _archive: IAskedArchive
  ) {}

  /** The answer, whatever its HTTP status. */
  request(request: ITransportRequest): Promise<ITransportResponse> {
    return this._transport.request(this._archive.id, request);
  }

  /**
   * The answer of a service that does as it was asked.
   *
   * @throws {@link ProtocolError} for an HTTP status outside 2xx
   */
  async send(request: ITransportRequest): Promise<ITransportResponse> {
    const response = await this.request(request);
    if (response.status < 200 || response.status > 299) {
      throw await refusal(response, request);
    }
    return response;
  }

  /**
   * A small document as the parser gives it.
   *
   * @param limit - bytes beyond which it is not read
   * @throws {@link ProtocolError} that names the archive
   */
  async document<T>(
    request: ITransportRequest,
    parse: (text: string, response: ITransportResponse) => T,
    limit: number
  ): Promise<T> {
    return this.explained(async () => {
      const response = await this.send(request);
      return parse(decodeXml(await readBytes(response.body, limit)), response);
    }, request.signal);
  }

  /** Do something whose errors name the archive. */
  async explained<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.explain(error, signal);
    }
  }

  /**
   * The same error with the archive's name as `details.archive`, and not a second time in
   * its message, where the gateway puts it. Broken connections become typed errors. Those
   * of our own server stay as they are: the archive was not asked.
   */
  explain(error: unknown, signal?: AbortSignal): unknown {
    const archive = this._archive.name;
    if (signal?.aborted || isAbort(error)) {
      return new ProtocolError('cancelled', 'The query was stopped.', { archive });
    }
    if (isOwnServer(error)) {
      return error;
    }
    if (error instanceof ProtocolError) {
      const { kind, message, details } = error;
      const prefix = `${archive}: `;
      const sentence = message.startsWith(prefix)
        ? message.slice(prefix.length)
        : message;
      return new ProtocolError(kind, sentence, { ...details, archive, cause: error });
    }
    // Reading a body that breaks off throws a TypeError in browsers and in Node.
    return error instanceof TypeError
      ? new ProtocolError('unavailable', 'The connection broke before the end.', {
          archive,
          cause: error
        })
      : error;
  }
}
