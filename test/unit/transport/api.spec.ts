import { describe, expect, it } from 'vitest';

import {
  describeError,
  isOwnServer,
  ProtocolError
} from '../../../src/protocol/errors.js';
import { ServerApi } from '../../../src/transport/api.js';

/** A server half that gives one answer; remembers what it was asked. */
function server(answer: () => Response | Promise<Response>) {
  const asked: { url: string; init: RequestInit }[] = [];
  const api = new ServerApi({
    baseUrl: 'http://127.0.0.1:8888/user/x/',
    fetch: async (url, init) => {
      asked.push({ url, init });
      return await answer();
    }
  });
  return { api, asked };
}

async function failure(promise: Promise<unknown>): Promise<ProtocolError> {
  const reason = await promise.then(
    () => null,
    (error: unknown) => error
  );
  expect(reason).toBeInstanceOf(ProtocolError);
  return reason as ProtocolError;
}

describe('ServerApi', () => {
  it('asks below the server’s base URL', async () => {
    const { api, asked } = server(() => Response.json({ version: '0.1.0', api: 1 }));
    expect(await api.hello()).toEqual({ version: '0.1.0', api: 1 });
    expect(asked[0].url).toBe('http://127.0.0.1:8888/user/x/obsdeck/api/hello');
  });

  it('encodes ids in addresses', async () => {
    const { api, asked } = server(() => new Response(null, { status: 204 }));
    await api.removeArchive('a/../b');
    expect(asked[0].url).toMatch(/archives\/a%2F\.\.%2Fb$/);
    expect(asked[0].init.method).toBe('DELETE');
  });

  it('sends only the sign-in when it is changed', async () => {
    const { api, asked } = server(() => Response.json({ id: 'user-mine' }));
    await api.changeArchive('user-mine', { kind: 'api-key', header: 'X-API-Key' });
    expect(asked[0].url).toMatch(/archives\/user-mine$/);
    expect(asked[0].init).toMatchObject({
      method: 'PATCH',
      body: '{"signIn":{"kind":"api-key","header":"X-API-Key"}}'
    });
  });

  it('tells a missing server half and the line that mends it', async () => {
    const { api } = server(() => new Response('<html>', { status: 404 }));
    const error = await failure(api.hello());
    expect(error.kind).toBe('not-found');
    expect(error.message).toBe('The server half of Obsdeck is missing.');
    expect(error.details.hint).toContain('pip install obsdeck');
  });

  it('passes the server half’s own error on', async () => {
    const error = {
      kind: 'rejected',
      message: 'This host belongs to ESO, which is already here.',
      hint: null,
      status: 409,
      archive: 'ESO'
    };
    const { api } = server(() => Response.json({ error }, { status: 409 }));
    const got = await failure(
      api.addArchive({ name: 'x', url: 'https://archive.eso.org/tap' })
    );
    expect(got.kind).toBe('rejected');
    expect(got.message).toBe('This host belongs to ESO, which is already here.');
    expect(got.details).toMatchObject({ archive: 'ESO', status: 409 });
    expect(isOwnServer(got)).toBe(false);
  });

  it('does not trust a kind it does not know', async () => {
    const { api } = server(() =>
      Response.json({ error: { kind: 'constructor', message: 'x' } }, { status: 500 })
    );
    expect((await failure(api.hello())).kind).toBe('unavailable');
  });

  it.each([401, 403])('tells a lost login (HTTP %i)', async status => {
    const { api } = server(() => new Response('', { status }));
    expect((await failure(api.hello())).kind).toBe('forbidden');
  });

  it.each([401, 403, 404, 503])(
    'blames no archive for what the Jupyter server answers itself (HTTP %i)',
    async status => {
      const { api } = server(() => new Response('<html>', { status }));
      const error = await failure(api.hello());
      expect(isOwnServer(error)).toBe(true);
      expect(describeError(error.with({ archive: 'ESO' }))).toBe(error.message);
    }
  );

  it('tells a server that is gone', async () => {
    const { api } = server(() => Promise.reject(new TypeError('Failed to fetch')));
    const error = await failure(api.hello());
    expect(error.kind).toBe('unavailable');
    expect(error.message).toBe('No connection to the Jupyter server.');
    expect(isOwnServer(error)).toBe(true);
  });
});
