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

const RECORD = {
  id: 'one',
  archive: 'x',
  service: 'https://x.org/tap',
  url: 'https://x.org/tap/async/1',
  name: 'M 83',
  table: 'ivoa.ObsCore',
  adql: 'SELECT 1',
  maxrec: 5,
  created: 1
};

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

  it('keeps and forgets jobs by their ids', async () => {
    const { api, asked } = server(() => Response.json({ jobs: [], problems: [] }));
    expect(await api.jobs()).toEqual({ jobs: [], problems: [] });
    await api.keepJob({ ...RECORD, id: 'a/b' });
    await api.forgetJob('a/b');
    const seen = asked.map(
      ({ url, init }) => `${init.method ?? 'GET'} ${url.slice(37)}`
    );
    expect(seen).toEqual([
      'GET api/jobs',
      'PUT api/jobs/a%2Fb',
      'DELETE api/jobs/a%2Fb'
    ]);
    expect(JSON.parse(String(asked[1].init.body))).toMatchObject({ id: 'a/b' });
  });

  it('saves rows as they are', async () => {
    const saved = { path: 'a b/ü.fits', rows: 3, bytes: 5760, notes: [] };
    const { api, asked } = server(() => Response.json(saved));
    const rows = new Blob([Uint8Array.of(1, 2)]);
    expect(await api.saveTable({ path: 'a b/ü.fits', format: 'fits', rows })).toEqual(
      saved
    );
    expect(asked[0].url).toMatch(/api\/tables\?path=a\+b%2F%C3%BC\.fits&format=fits$/);
    expect(asked[0].init).toMatchObject({ method: 'POST', body: rows });
    await api.saveTable({ path: 'x.csv', format: 'csv', rows, overwrite: true });
    expect(asked[1].url).toMatch(/path=x\.csv&format=csv&overwrite=1$/);
  });

  it('tells that a file is already there', async () => {
    const error = { kind: 'rejected', message: 'x.csv is already there.', status: 409 };
    const { api } = server(() => Response.json({ error }, { status: 409 }));
    const rows = new Blob([]);
    const told = await failure(api.saveTable({ path: 'x.csv', format: 'csv', rows }));
    expect([told.kind, told.details.status]).toEqual(['rejected', 409]);
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

describe('ServerApi, accounts', () => {
  const ANSWER = { account: { archive: 'a/b' } };

  it.each<[string, (api: ServerApi) => Promise<unknown>, string, string, unknown]>([
    ['lists', api => api.accounts('p&1'), 'GET', 'accounts?page=p%261', undefined],
    [
      'signs in',
      api => api.signIn('a/b', { fields: { key: 'invented' }, keep: 'page' }, 'p1'),
      'POST',
      'accounts/a%2Fb',
      { action: 'sign-in', fields: { key: 'invented' }, keep: 'page', page: 'p1' }
    ],
    [
      'takes what was found',
      api =>
        api.useFound('a/b', { kind: 'environment', name: 'ODA_TOKEN', kept: null }),
      'POST',
      'accounts/a%2Fb',
      { action: 'use', place: { kind: 'environment', name: 'ODA_TOKEN' } }
    ],
    [
      'checks',
      api => api.checkAccount('a/b'),
      'POST',
      'accounts/a%2Fb',
      { action: 'check' }
    ],
    [
      'renews',
      api => api.renewAccount('a/b'),
      'POST',
      'accounts/a%2Fb',
      { action: 'renew' }
    ],
    ['signs out', api => api.signOut('a/b'), 'DELETE', 'accounts/a%2Fb', undefined],
    ['leaves', api => api.leave('p1'), 'POST', 'accounts', { leaving: 'p1' }]
  ])('%s', async (_what, ask, method, path, body) => {
    const { api, asked } = server(() => Response.json(ANSWER));
    await ask(api);
    const [{ url, init }] = asked;
    expect(url.split('/obsdeck/api/')[1]).toBe(path);
    expect(init.method ?? 'GET').toBe(method);
    expect(
      init.body === undefined ? undefined : JSON.parse(init.body as string)
    ).toEqual(body);
  });

  it('leaves even while the page is going', async () => {
    const { api, asked } = server(() => new Response(null, { status: 204 }));
    await api.leave('p1');
    expect(asked[0].init.keepalive).toBe(true);
  });

  it('can be stopped while it signs in', async () => {
    const { api } = server(() => Promise.reject(new DOMException('', 'AbortError')));
    const request = { fields: {}, keep: 'page' } as const;
    const asked = api.signIn('eso', request, 'p1', AbortSignal.abort());
    expect((await failure(asked)).kind).toBe('cancelled');
  });

  it('keeps what was typed out of addresses', async () => {
    const { api, asked } = server(() => Response.json(ANSWER));
    await api.signIn('eso', { fields: { password: 'invented' }, keep: 'page' }, 'p1');
    expect(asked[0].url).not.toContain('invented');
  });
});
