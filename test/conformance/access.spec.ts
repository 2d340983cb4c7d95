import { describe, expect, it } from 'vitest';

import type { IAccountList, ISignInRequest } from '../../src/archives/account.js';
import { createIvoaArchive } from '../../src/archives/ivoa/index.js';
import { AccountsModel } from '../../src/model/accounts.js';
import { QueryModel } from '../../src/model/query.js';
import { SearchModel } from '../../src/model/search.js';
import { SignInGate } from '../../src/model/signingate.js';
import { ProtocolError } from '../../src/protocol/errors.js';
import { PatientTransport } from '../../src/protocol/patience.js';
import { TapService } from '../../src/protocol/tap.js';
import type { IAskOptions, ITransport } from '../../src/protocol/transport.js';
import { streamVOTable } from '../../src/protocol/votable/index.js';
import { ServerApi } from '../../src/transport/api.js';
import { BrowserTransport } from '../../src/transport/browser.js';
import { accountList, signedIn } from '../support/accounts.js';
import { fixtureText } from '../support/fixtures.js';
import { FakeGateway } from '../support/gateway.js';
import { loopback } from '../support/http.js';
import { readRecorded } from '../support/recorded.js';
import { votable } from '../support/transport.js';
import { FakeClock } from '../support/waiting.js';
import { archiveOf } from '../unit/model/rows.js';

const TAP = 'https://data.example.org/api/tap';

/** Run a query to its end; the number of its rows. */
async function query(transport: ITransport, how: IAskOptions = {}): Promise<number> {
  const tap = new TapService(transport, { id: 'rubin', name: 'Rubin' }, TAP);
  let rows = 0;
  const asked = tap.query({ adql: 'SELECT 1', maxrec: 10 }, undefined, how);
  for await (const event of asked) {
    rows += event.type === 'batch' ? event.batch.numRows : 0;
  }
  return rows;
}

/** The error that a recorded answer leads to; asked in the user's name unless told. */
async function failure(
  answer: () => Response,
  how: IAskOptions = { as: 'me' }
): Promise<ProtocolError> {
  const reason: unknown = await query(new FakeGateway(answer).transport, how).catch(
    error => error
  );
  expect(reason).toBeInstanceOf(ProtocolError);
  return reason as ProtocolError;
}

const ROWS = () => new Response(votable({ rows: [1, 2] }));

describe('challenges', () => {
  it('VO-57: two challenges in one header are split although values contain commas', async () => {
    const header =
      'Basic realm="Archive, the public one", ' +
      'ivoa_bearer standard_id="ivo://ivoa.net/sso#tls-with-password", ' +
      'access_url="https://login.example.org/vo?a=1,2"';
    const { details } = await failure(
      () => new Response('', { status: 401, headers: { 'WWW-Authenticate': header } }),
      {}
    );
    expect(details.challenges).toEqual([
      {
        scheme: 'basic',
        parameters: { realm: 'Archive, the public one' },
        token68: null
      },
      {
        scheme: 'ivoa_bearer',
        parameters: {
          standard_id: 'ivo://ivoa.net/sso#tls-with-password',
          access_url: 'https://login.example.org/vo?a=1,2'
        },
        token68: null
      }
    ]);
  });

  it('VO-58: ivoa_bearer leads to an offer to sign in that names the host', async () => {
    const header =
      'IVOA_Bearer standard_id=ivo://ivoa.net/sso#tls-with-password, ' +
      'access_url=https://login.example.org:8443/vo';
    const error = await failure(
      () => new Response('', { status: 401, headers: { 'WWW-Authenticate': header } }),
      {}
    );
    expect(error.kind).toBe('not-signed-in');
    expect(error.details.signInHost).toBe('login.example.org:8443');
    expect(error.details.hint).toContain('login.example.org:8443');
  });
});

describe('where secrets go', () => {
  const SECRET = 'gt-inventedinventedinvent.inventedinventedinvent';

  /** Sign in with a token and ask a foreign service; all that left the page. */
  async function session() {
    const gateway = new FakeGateway(ROWS, url => url.startsWith(TAP));
    const list: IAccountList = accountList([signedIn('rubin')], 1);
    const model = new AccountsModel({
      store: new ServerApi({
        ...gateway.options,
        fetch: async (url, init) => {
          await gateway.options.fetch(url, init);
          return Response.json({ ...list, account: list.accounts[0] });
        }
      }),
      page: 'p1',
      nameOf: id => id
    });
    const request: ISignInRequest = { fields: { token: SECRET }, keep: 'session' };
    await model.refresh();
    await model.signIn('rubin', request);
    await query(gateway.transport, { as: 'me' });
    await gateway.transport.request('rubin', {
      url: 'https://elsewhere.example.net/links?ID=1',
      as: 'me'
    });
    return { gateway, model };
  }

  it('VO-59: what is typed goes to the user’s own server, and from the page to no other host', async () => {
    const { gateway, model } = await session();
    const holding = gateway.asked.filter(({ body }) => body.includes(SECRET));
    expect(holding.map(({ path }) => path)).toEqual(['api/accounts/rubin']);
    expect(gateway.asked.length).toBeGreaterThanOrEqual(4);
    model.dispose();
  });

  it('RUBIN-5: the token is in no address, header or state of the page', async () => {
    const { gateway, model } = await session();
    for (const { path, headers } of gateway.asked) {
      expect(decodeURIComponent(path)).not.toContain(SECRET);
      expect(JSON.stringify([...headers])).not.toContain(SECRET);
      expect(headers.has('Authorization')).toBe(false);
    }
    expect(JSON.stringify([model.list, model.accounts])).not.toContain(SECRET);
    model.dispose();
  });

  it.each(['RUBIN-48', 'ESO-46'])(
    '%s: what an address that may not see the credential refuses is not taken for an expired sign-in',
    async () => {
      const gateway = new FakeGateway(
        () => new Response('', { status: 401 }),
        url => url.startsWith('https://listed.example.org/')
      );
      const told: string[] = [];
      const gate = new SignInGate({
        ranOut: archive => told.push(archive),
        changed: () => undefined,
        isSignedIn: () => Promise.resolve(true)
      });
      const asked = gate.run('rubin', () => query(gateway.transport, { as: 'me' }));
      await expect(asked).rejects.toMatchObject({
        kind: 'not-signed-in',
        message: 'data.example.org needs an account, and may not see yours.',
        details: { as: 'anyone' }
      });
      expect(told).toEqual([]);
      expect(gateway.asked).toHaveLength(1);
    }
  );

  it('RUBIN-8: X-Requested-With is not sent', async () => {
    const gateway = new FakeGateway(ROWS);
    await query(gateway.transport, { as: 'me' });
    expect(gateway.asked[0].headers.has('X-Requested-With')).toBe(false);
    await using server = await loopback((_request, response) => {
      response.end();
    });
    await new BrowserTransport().request('x', { url: server.origin });
    expect(server.seen[0].headers).not.toHaveProperty('x-requested-with');
  });

  it('ESO-10: searches are anonymous even when one is signed in, unless asked as me', async () => {
    const gateway = new FakeGateway(ROWS);
    const { definition } = archiveOf(async function* () {});
    const archive = createIvoaArchive(
      {
        ...definition,
        signIn: { kind: 'oidc-password' },
        services: { tap: [{ url: TAP, title: 'x', tables: ['ivoa.ObsCore'] }] }
      },
      { transport: gateway.transport, readVOTable: streamVOTable }
    );
    const search = new SearchModel();
    search.setArchives([archive]);
    const model = new QueryModel();
    for (const as of [null, 'me', 'anyone'] as const) {
      search.setAs(as ?? search.as);
      const request = search.submit();
      expect(request).not.toBeNull();
      model.open(request!);
      await model.run();
      expect(model.result.state).toBe('done');
    }
    const named = gateway.asked.map(({ headers }) => headers.get('X-Obsdeck-As'));
    expect(named).toEqual([null, 'me', null]);
    expect(gateway.asked.some(({ headers }) => headers.has('Authorization'))).toBe(
      false
    );
    model.dispose();
    search.dispose();
  });
});

describe('refusals', () => {
  it('RUBIN-6: 401 with a Basic challenge leads to signing in again', async context => {
    const recorded = fixtureText(context, 'rubin/synthetic_401_no_token.http');
    expect(await failure(() => readRecorded(recorded))).toMatchObject({
      kind: 'expired',
      details: { status: 401, as: 'me', hint: 'Sign in again.' }
    });
    expect(await failure(() => readRecorded(recorded), {})).toMatchObject({
      kind: 'not-signed-in',
      message: 'An account is needed for this.'
    });
  });

  it('RUBIN-7: invalid_token names expiry, insufficient_scope names the scope', async context => {
    const expired = fixtureText(context, 'rubin/synthetic_401_expired_bearer.http');
    expect(await failure(() => readRecorded(expired))).toMatchObject({
      kind: 'expired',
      message: 'The sign-in has expired.'
    });
    const scope = fixtureText(context, 'rubin/synthetic_403_scope.http');
    expect(await failure(() => readRecorded(scope))).toMatchObject({
      kind: 'forbidden',
      message: 'The right read:image is missing.',
      details: { scope: 'read:image' }
    });
  });

  it('RUBIN-9: detail as object and as list are both shown', async context => {
    const object = fixtureText(context, 'rubin/synthetic_401_expired_bearer.http');
    const list = fixtureText(context, 'rubin/synthetic_403_scope.http');
    const shown = await Promise.all(
      [object, list].map(recorded => failure(() => readRecorded(recorded)))
    );
    expect(shown.map(({ details }) => details.serviceMessage)).toEqual([
      'Token has expired',
      'Token missing required scope'
    ]);
  });

  it('RUBIN-10: 429 waits until the date in Retry-After and then retries once', async context => {
    const recorded = fixtureText(context, 'rubin/synthetic_429_rate.http');
    const until = Date.UTC(2026, 10, 21, 20, 5);
    const answers = [() => readRecorded(recorded), ROWS];
    const gateway = new FakeGateway(() => (answers.shift() ?? ROWS)());
    const clock = new FakeClock(until - 40_000);
    const told: unknown[] = [];
    const rows = await query(new PatientTransport(gateway.transport, clock), {
      waits: wait => told.push(wait)
    });
    expect(rows).toBe(2);
    expect(clock.slept).toEqual([40_000]);
    expect(told).toEqual([until, null]);
    expect(gateway.asked).toHaveLength(2);

    const busy = new FakeGateway(() => readRecorded(recorded));
    const again = query(new PatientTransport(busy.transport, new FakeClock(until - 1)));
    await expect(again).rejects.toMatchObject({
      kind: 'rate-limited',
      details: { status: 429, retryAt: expect.any(Number) as number }
    });
    expect(busy.asked).toHaveLength(2);
  });

  it('RUBIN-11: quota headers do no harm', async () => {
    const headers = {
      'X-RateLimit-Limit': '100',
      'X-RateLimit-Remaining': '-1',
      'X-RateLimit-Reset': 'soon',
      'X-RateLimit-Resource': 'tap',
      'X-RateLimit-Used': '1e9'
    };
    const gateway = new FakeGateway(
      () => new Response(votable({ rows: [1] }), { headers })
    );
    expect(await query(new PatientTransport(gateway.transport))).toBe(1);
    const error = await failure(() => new Response('', { status: 429, headers }));
    expect(error.kind).toBe('rate-limited');
  });

  it('RUBIN-50: after expiry running work stops with one message, not one per request', async context => {
    const expired = fixtureText(context, 'rubin/synthetic_401_expired_bearer.http');
    let isValid = false;
    const gateway = new FakeGateway(() => (isValid ? ROWS() : readRecorded(expired)));
    const told: string[] = [];
    const gate = new SignInGate({
      ranOut: archive => told.push(archive),
      changed: () => undefined,
      isSignedIn: () => Promise.resolve(isValid)
    });
    const work = () => gate.run('rubin', () => query(gateway.transport, { as: 'me' }));
    const running = Array.from({ length: 12 }, work);
    await expect.poll(() => told.length).toBe(1);
    await expect.poll(() => gateway.asked.length).toBe(12);
    const later = Array.from({ length: 12 }, work);
    isValid = true;
    gate.open('rubin');
    expect(await Promise.all([...running, ...later])).toEqual(Array(24).fill(2));
    expect(told).toEqual(['rubin']);
    // Twelve that failed, twelve again, and those twelve that had only waited.
    expect(gateway.asked).toHaveLength(36);
  });

  it.each([
    ['MMODA-9', 'A token must be provided.', 'not-signed-in'],
    ['MMODA-10', 'The token provided is expired.', 'expired'],
    ['MMODA-11', 'The token provided is not valid.', 'not-signed-in']
  ])('%s: “%s” with HTTP 403 is an error of its own kind', async (_id, text, kind) => {
    const headers = { 'Content-Type': 'text/html; charset=utf-8' };
    const error = await failure(() => new Response(text, { status: 403, headers }));
    expect(error.kind).toBe(kind);
    expect(error.details.serviceMessage).toBe(text);
  });

  it('MMODA-12: the role that is missing is named', async () => {
    const text =
      'Unfortunately, your privileges are not sufficient to post on the product gallery.\n' +
      "Your privilege roles include ['general'], but the following roles are missing: gallery contributor.";
    const error = await failure(() => new Response(text, { status: 403 }));
    expect(error).toMatchObject({
      kind: 'forbidden',
      message: 'The right gallery contributor is missing.',
      details: { scope: 'gallery contributor' }
    });
  });
});
