import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request for a file. */
export interface IAskedFile {
  /** Path and query. */
  readonly path: string;
  /** What of it was wanted; undefined where all of it. */
  readonly range: string | undefined;
  /** Whether all of the answer was sent. */
  isWhole: boolean;
}

/**
 * Stands before a service, and passes on what it is asked: it counts the files that are
 * fetched, and sends them no faster than it is told.
 *
 * Addresses in documents lead to itself. They are as long as those of the service, because
 * binary documents say how long a text is.
 */
export class CountingSource {
  private constructor(
    private readonly _target: string,
    private readonly _server: Server
  ) {
    _server.on('request', (asked: IncomingMessage, answer: ServerResponse) => {
      void this._pass(asked, answer).catch(() => answer.destroy());
    });
  }

  /** Requests for files, in their order. */
  readonly asked: IAskedFile[] = [];

  /** Bytes a second of each answer that is a file. */
  pace = Infinity;

  /** @param target - scheme, host and port of the service */
  static async start(target: string): Promise<CountingSource> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const source = new CountingSource(target, server);
    if (source.origin.length !== target.length) {
      throw new Error(`${source.origin} is not as long as ${target}.`);
    }
    return source;
  }

  /** Scheme, host and port. */
  get origin(): string {
    return `http://127.0.0.1:${(this._server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this._server.closeAllConnections();
    this._server.close();
    await once(this._server, 'close');
  }

  private async _pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const found = await this._ask(asked);
    if (asked.url?.startsWith('/products')) {
      await this._send(asked, found, answer);
      return;
    }
    const document = Buffer.concat(await found.toArray()).toString('latin1');
    const own = document.replaceAll(this._target, this.origin);
    answer.writeHead(found.statusCode ?? 502, lasting(found.headers));
    answer.end(own, 'latin1');
  }

  private async _ask(asked: IncomingMessage): Promise<IncomingMessage> {
    const { method, headers } = asked;
    const own = request(new URL(asked.url ?? '/', this._target), {
      method,
      headers: { ...lasting(headers), 'accept-encoding': 'identity' }
    });
    asked.pipe(own);
    const [found] = (await once(own, 'response')) as [IncomingMessage];
    return found;
  }

  private async _send(
    { url = '', headers: { range } }: IncomingMessage,
    found: IncomingMessage,
    answer: ServerResponse
  ): Promise<void> {
    const file: IAskedFile = { path: url, range, isWhole: false };
    this.asked.push(file);
    answer.writeHead(found.statusCode ?? 502, found.headers);
    for await (const piece of found as AsyncIterable<Buffer>) {
      if (answer.destroyed) {
        return;
      }
      answer.write(piece);
      await sleep((piece.length / this.pace) * 1000);
    }
    answer.end();
    // Throws where nobody was there any more to take the end.
    await finished(answer);
    file.isWhole = true;
  }
}

/** Header lines that hold for whoever passes a message on. */
function lasting(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = { ...headers };
  delete kept.connection;
  delete kept['transfer-encoding'];
  return kept;
}
