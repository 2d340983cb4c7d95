import { ServerTransport } from '../../src/transport/server.js';
import type { IServerOptions } from '../../src/transport/api.js';

/** A request as the Jupyter server saw it. */
export interface IAskedServer {
  /** Path below `obsdeck/`. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A Jupyter server whose gateway reaches the services that a test writes down. */
export class FakeGateway {
  /**
   * @param _service - answers of the archives
   * @param _signs - whether a request in the user's name gets a credential on its way
   */
  constructor(
    private readonly _service: (url: string) => Response,
    private readonly _signs: (url: string) => boolean = () => true
  ) {}

  readonly asked: IAskedServer[] = [];

  readonly options: IServerOptions = {
    baseUrl: 'http://127.0.0.1:8888/',
    fetch: async (url, init) => {
      const path = url.slice('http://127.0.0.1:8888/obsdeck/'.length);
      const headers = new Headers(init.headers);
      const body = await new Response(init.body).text();
      this.asked.push({ path, headers, body });
      return this._pass(headers);
    }
  };

  readonly transport = new ServerTransport(this.options);

  private _pass(asked: Headers): Response {
    const url = asked.get('X-Obsdeck-Url') ?? '';
    const answer = this._service(url);
    const headers = new Headers(answer.headers);
    headers.set('X-Obsdeck-Final-Url', url);
    const isSigned = asked.get('X-Obsdeck-As') === 'me' && this._signs(url);
    headers.set('X-Obsdeck-As', isSigned ? 'me' : 'anyone');
    const challenge = headers.get('WWW-Authenticate');
    headers.delete('WWW-Authenticate');
    if (challenge !== null) {
      headers.set('X-Obsdeck-Challenge', challenge);
    }
    return new Response(answer.body, { status: answer.status, headers });
  }
}
