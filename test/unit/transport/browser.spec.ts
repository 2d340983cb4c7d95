// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { BrowserTransport } from '../../../src/transport/browser.js';
import { loopback } from '../../support/http.js';

const transport = new BrowserTransport();

describe('BrowserTransport', () => {
  it('sends the request as it is and gives the answer as it comes', async () => {
    await using server = await loopback((_request, response) => {
      response.writeHead(418, { 'X-Tea': 'green' }).end('short and stout');
    });
    const response = await transport.request('x', {
      url: `${server.origin}/a%2fb?q=%2B(~)`,
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: 'tea'
    });
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      url: '/a%2fb?q=%2B(~)',
      body: 'tea'
    });
    expect(server.seen[0].headers).not.toHaveProperty('referer');
    expect(server.seen[0].headers).not.toHaveProperty('cookie');
    expect(response.status).toBe(418);
    expect(response.header('x-tea')).toBe('green');
    expect(await new Response(response.body).text()).toBe('short and stout');
  });

  it.each([['file:///etc/passwd'], ['javascript:alert(1)'], ['data:text/xml,<a/>']])(
    'refuses %s',
    async url => {
      await expect(transport.request('x', { url })).rejects.toMatchObject({
        kind: 'refused-address'
      });
    }
  );

  it('refuses what is no address', async () => {
    await expect(transport.request('x', { url: '/tap/sync' })).rejects.toMatchObject({
      kind: 'refused-address',
      message: '“/tap/sync” is no address.'
    });
  });

  it('asks nobody in the user’s name, as there is no vault', async () => {
    await using server = await loopback((_request, response) => {
      response.end();
    });
    const asked = transport.request('eso', { url: `${server.origin}/`, as: 'me' });
    await expect(asked).rejects.toMatchObject({
      kind: 'not-signed-in',
      message: 'There are no accounts without a Jupyter server.'
    });
    expect(server.seen).toEqual([]);
  });

  it('says which host did not answer', async () => {
    const server = await loopback(() => undefined);
    await server[Symbol.asyncDispose]();
    await expect(
      transport.request('x', { url: `${server.origin}/tap` })
    ).rejects.toMatchObject({
      kind: 'unavailable',
      message: `No answer from ${server.origin.slice('http://'.length)}.`
    });
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    await using server = await loopback(() => abort.abort());
    await expect(
      transport.request('x', { url: server.origin, signal: abort.signal })
    ).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
