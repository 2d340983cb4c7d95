import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../src/protocol/errors.js';
import { ServerTransport } from '../../../src/transport/server.js';

const FINAL = { 'X-Obsdeck-Final-Url': 'https://other.org/tap/sync' };

/** A gateway that gives one answer; remembers what it was asked. */
function gateway(answer: () => Response) {
  const asked: { url: string; init: RequestInit }[] = [];
  const transport = new ServerTransport({
    baseUrl: 'http://127.0.0.1:8888/user/x/',
    fetch: async (url, init) => {
      asked.push({ url, init });
      return Promise.resolve(answer());
    }
  });
  return { transport, asked };
}

async function failure(answer: () => Response): Promise<ProtocolError> {
  const { transport } = gateway(answer);
  const reason: unknown = await transport
    .request('eso', { url: 'https://x.org/tap' })
    .catch(error => error);
  expect(reason).toBeInstanceOf(ProtocolError);
  return reason as ProtocolError;
}

describe('ServerTransport', () => {
  it('asks the gateway of the archive, with the address in a header', async () => {
    const { transport, asked } = gateway(() => new Response('', { headers: FINAL }));
    const body = new URLSearchParams({ QUERY: 'SELECT 1' });
    await transport.request('a/b', {
      url: 'https://x.org/tap/sync',
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body
    });
    expect(asked[0].url).toBe('http://127.0.0.1:8888/user/x/obsdeck/api/gateway/a%2Fb');
    expect(asked[0].init).toMatchObject({
      method: 'POST',
      body,
      headers: {
        'X-Obsdeck-Url': 'https://x.org/tap/sync',
        'Content-Type': 'application/x-www-form-urlencoded'
      }
    });
  });

  it('passes the address byte for byte, but for what no header can hold', async () => {
    const { transport, asked } = gateway(() => new Response('', { headers: FINAL }));
    const url = "https://x.org/a%2fb?sig=%2B+/='()~&n=é \u{1f52d}";
    await transport.request('x', { url });
    expect(asked[0].init.headers).toEqual({
      'X-Obsdeck-Url': "https://x.org/a%2fb?sig=%2B+/='()~&n=%C3%A9%20%F0%9F%94%AD"
    });
  });

  it('gives the answer on, with the address that answered and the challenge', async () => {
    const { transport } = gateway(
      () =>
        new Response('Sign in.', {
          status: 401,
          headers: { ...FINAL, 'X-Obsdeck-Challenge': 'Basic realm="x"' }
        })
    );
    const response = await transport.request('eso', { url: 'https://x.org/tap' });
    expect(response.status).toBe(401);
    expect(response.url).toBe('https://other.org/tap/sync');
    expect(response.header('WWW-Authenticate')).toBe('Basic realm="x"');
    expect(response.header('etag')).toBeNull();
    expect(await new Response(response.body).text()).toBe('Sign in.');
  });

  it('is anonymous unless asked to be in the user’s name', async () => {
    const { transport, asked } = gateway(() => new Response('', { headers: FINAL }));
    await transport.request('eso', { url: 'https://x.org/' });
    await transport.request('eso', { url: 'https://x.org/', as: 'me' });
    const named = asked.map(({ init }) =>
      new Headers(init.headers).get('X-Obsdeck-As')
    );
    expect(named).toEqual([null, 'me']);
  });

  it.each([
    ['me', 'me'],
    ['anyone', undefined],
    ['root', undefined],
    [null, undefined]
  ])('reads from %j who the archive was asked by', async (value, as) => {
    const headers = { ...FINAL, ...(value !== null && { 'X-Obsdeck-As': value }) };
    const { transport } = gateway(() => new Response('', { headers }));
    const response = await transport.request('eso', {
      url: 'https://x.org/',
      as: 'me'
    });
    expect(response.as).toBe(as);
  });

  it('has an empty body where there is none', async () => {
    const { transport } = gateway(
      () => new Response(null, { status: 204, headers: FINAL })
    );
    const { body } = await transport.request('eso', { url: 'https://x.org/' });
    expect(await new Response(body).text()).toBe('');
  });

  it('turns errors of the gateway into typed ones', async () => {
    const error = await failure(() =>
      Response.json(
        {
          error: {
            kind: 'refused-address',
            message: 'ESO: 10.0.0.1 is not called, because it is private.',
            hint: 'An administrator can allow it.',
            status: 403,
            archive: 'eso'
          }
        },
        { status: 403, headers: { 'X-Obsdeck-Error': '1' } }
      )
    );
    expect(error).toMatchObject({
      kind: 'refused-address',
      message: 'ESO: 10.0.0.1 is not called, because it is private.',
      details: { hint: 'An administrator can allow it.', status: 403 }
    });
  });

  it('does not take an answer of Jupyter for one of the archive', async () => {
    const missing = await failure(
      () => new Response('<html>404</html>', { status: 404 })
    );
    expect(missing.message).toBe('The server half of Obsdeck is missing.');
    expect(missing.details.hint).toMatch(/pip install obsdeck/);
    const login = await failure(() => new Response('<html>Log in</html>'));
    expect(login.message).toMatch(/Jupyter server/);
  });

  it('says that the Jupyter server is gone', async () => {
    const error = await failure(() => {
      throw new TypeError('Failed to fetch');
    });
    expect(error).toMatchObject({
      kind: 'unavailable',
      message: 'No connection to the Jupyter server.'
    });
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    abort.abort();
    const transport = new ServerTransport({
      baseUrl: '/',
      fetch: (_url, init) => Promise.reject(init.signal?.reason as Error)
    });
    await expect(
      transport.request('x', { url: 'https://x.org/', signal: abort.signal })
    ).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
