import { describe, expect, it } from 'vitest';

import {
  quoteColumnName,
  quoteIdentifier,
  quoteTableName
} from '../../src/protocol/adql/index.js';
import { buildSyncRequest, TapService, tapUrl } from '../../src/protocol/tap.js';
import {
  hasObsCore,
  isStandard,
  parseCapabilities,
  TAP_STANDARD
} from '../../src/protocol/vosi.js';
import type { VOTableEvent } from '../../src/protocol/votable/types.js';
import { BrowserTransport } from '../../src/transport/browser.js';
import { obsCoreQuery } from '../support/forms.js';
import { fixtureText } from '../support/fixtures.js';
import { loopback, type IHttpRequest } from '../support/http.js';
import { votable } from '../support/transport.js';

const ARCHIVE = { id: 'x', name: 'Example archive' };

/** Run a query over a real connection; its rows and its end. */
async function run(url: string, adql: string, maxrec: number) {
  const tap = new TapService(new BrowserTransport(), ARCHIVE, url);
  let rows = 0;
  let end: Extract<VOTableEvent, { type: 'end' }> | null = null;
  for await (const event of tap.query({ adql, maxrec })) {
    rows = event.type === 'batch' ? event.rows : rows;
    end = event.type === 'end' ? event : end;
  }
  return { rows, end };
}

/** The form parameters of a request, in their order. */
function parameters({ body }: IHttpRequest): [string, string][] {
  return [...new URLSearchParams(body)];
}

/** A TAP service of ten rows that obeys TOP and MAXREC as TAP 1.1 §2.7.4 says. */
function tenRows(request: IHttpRequest): string {
  const form = new URLSearchParams(request.body);
  const top = Number(/TOP (\d+)/.exec(form.get('QUERY') ?? '')?.[1] ?? 10);
  const maxrec = Number(form.get('MAXREC'));
  const rows = Array.from({ length: Math.min(top, maxrec) }, (_, index) => index);
  return votable({ rows, trailing: top > maxrec ? 'OVERFLOW' : undefined });
}

describe('TAP', () => {
  it('VO-1: a base URL with and without trailing slash has the same endpoints', async () => {
    for (const resource of ['sync', 'async', 'tables', 'capabilities'] as const) {
      const wanted = `https://x.org/tap/${resource}`;
      expect(tapUrl('https://x.org/tap', resource)).toBe(wanted);
      expect(tapUrl('https://x.org/tap/', resource)).toBe(wanted);
      expect(tapUrl('https://x.org/tap//', resource)).toBe(wanted);
    }
    expect(tapUrl('https://x.org/tap/?db=1&x=/', 'sync')).toBe(
      'https://x.org/tap/sync?db=1&x=/'
    );
    await using server = await loopback((_request, response) =>
      response.end(votable({ rows: [1] }))
    );
    await run(`${server.origin}/tap`, 'SELECT 1', 1);
    await run(`${server.origin}/tap/`, 'SELECT 1', 1);
    expect(server.seen.map(({ url }) => url)).toEqual(['/tap/sync', '/tap/sync']);
  });

  it('VO-2: REQUEST, LANG, QUERY, one format name and MAXREC are sent', () => {
    const query = { adql: 'SELECT 1', maxrec: 7 };
    const modern = buildSyncRequest('https://x.org/tap', query);
    expect(modern.method).toBe('POST');
    expect(Object.fromEntries(modern.body)).toEqual({
      REQUEST: 'doQuery',
      LANG: 'ADQL',
      QUERY: 'SELECT 1',
      RESPONSEFORMAT: 'votable',
      MAXREC: '7'
    });
    const old = buildSyncRequest('https://x.org/tap', query, {
      formatParameter: 'FORMAT'
    });
    expect(old.body.has('FORMAT')).toBe(true);
    expect(old.body.has('RESPONSEFORMAT')).toBe(false);
  });

  it('VO-3: quotes, %, +, &, #, newlines and non-ASCII arrive unchanged', async () => {
    const adql = `SELECT '%+&#=?;"\\' AS a\n-- \u00e9\u2212\u{1f52d}\tµm\r\nFROM "t 1"`;
    await using server = await loopback((_request, response) =>
      response.end(votable({ rows: [1] }))
    );
    await run(`${server.origin}/tap`, adql, 1);
    expect(new URLSearchParams(server.seen[0].body).get('QUERY')).toBe(adql);
    expect(server.seen[0].headers['content-type']).toBe(
      'application/x-www-form-urlencoded'
    );
  });

  it.each([[303], [302]])('VO-4: a %d from sync is followed with GET', async status => {
    await using server = await loopback((request, response) => {
      if (request.url === '/tap/sync') {
        response.writeHead(status, { Location: '/results/42?a=%2B' }).end();
      } else {
        response.end(votable({ rows: [1, 2] }));
      }
    });
    const { rows } = await run(`${server.origin}/tap`, 'SELECT 1', 10);
    expect(rows).toBe(2);
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /tap/sync',
      'GET /results/42?a=%2B'
    ]);
    expect(server.seen[1].body).toBe('');
  });

  it('VO-5: an overflow of MAXREC arrives with the number of rows', async () => {
    await using server = await loopback((request, response) =>
      response.end(tenRows(request))
    );
    const url = `${server.origin}/tap`;
    const cut = await run(url, 'SELECT * FROM t', 4);
    expect(cut).toMatchObject({ rows: 4, end: { status: 'OVERFLOW' } });
    const whole = await run(url, 'SELECT * FROM t', 10);
    expect(whole).toMatchObject({ rows: 10, end: { status: 'OK' } });
  });

  it('VO-6: TOP below MAXREC is no overflow, and the form does not write TOP', async () => {
    await using server = await loopback((request, response) =>
      response.end(tenRows(request))
    );
    const url = `${server.origin}/tap`;
    const top = await run(url, 'SELECT TOP 3 * FROM t', 4);
    expect(top).toMatchObject({ rows: 3, end: { status: 'OK' } });
    const form = obsCoreQuery({ rowLimit: 4 });
    const { end } = await run(url, form.adql, form.maxrec);
    expect(end?.status).toBe('OVERFLOW');
    expect(parameters(server.seen[1])).toContainEqual(['MAXREC', '4']);
    expect(form.adql).not.toMatch(/\bTOP\b/);
  });
});

describe('ADQL', () => {
  it('VO-53: quotes are doubled, and names that need it are delimited', () => {
    const { adql } = obsCoreQuery({ columns: { instrument_name: "Barnard's eye" } });
    expect(adql).toContain("instrument_name = 'Barnard''s eye'");
    expect(quoteIdentifier('size')).toBe('"size"');
    expect(quoteIdentifier('he said "no"')).toBe('"he said ""no"""');
  });

  it('VO-54: names that TAP_SCHEMA quotes are not quoted twice', () => {
    expect(quoteColumnName('"size"')).toBe('"size"');
    expect(quoteTableName('"II/246/out"')).toBe('"II/246/out"');
    expect(quoteTableName('viz."J/A+A/1"')).toBe('viz."J/A+A/1"');
    const { adql } = obsCoreQuery({ orderBy: 'size' }, '"my ""own"" schema".ObsCore', {
      columns: ['"size"']
    });
    expect(adql).toBe('SELECT *\nFROM "my ""own"" schema".ObsCore\nORDER BY "size"');
  });
});

describe('VOSI', () => {
  const BODY = `<P:capability STANDARD="ivo://ivoa.net/std/TAP" T:type="tr:TableAccess">
    <P:interface T:type="vs:ParamHTTP" role="std"><P:accessURL use="base"> https://x.org/tap
    </P:accessURL>SECURITY</P:interface>
    <P:dataModel ivo-id="ivo://ivoa.net/std/ObsCore#core-1.1">ObsCore</P:dataModel>
    </P:capability>`;

  it.each([
    ['the usual prefix', 'vosi:', 'standardID', ' xmlns:vosi="v" xmlns:T="t"'],
    ['another prefix', 'x-y:', 'standardID', ' xmlns:x-y="v" xmlns:T="t"'],
    ['a default namespace', '', 'standardID', ' xmlns="v" xmlns:T="t"'],
    ['no namespace', '', 'standardID', ''],
    ['lower-case standardid', '', 'standardid', '']
  ])('VO-55: capabilities with %s are read', (_what, prefix, name, namespaces) => {
    const body = BODY.replaceAll('P:', prefix)
      .replace('STANDARD', name)
      .replace('SECURITY', '');
    const capabilities = parseCapabilities(
      `<?xml version="1.0"?>\n<${prefix}capabilities${namespaces}>${body}</${prefix}capabilities>`
    );
    expect(capabilities).toHaveLength(1);
    expect(isStandard(capabilities[0], TAP_STANDARD)).toBe(true);
    expect(capabilities[0].interfaces[0].accessUrl).toBe('https://x.org/tap');
    expect(hasObsCore(capabilities)).toBe(true);
  });

  it('VO-55: recorded capabilities with lower-case standardid are read', context => {
    const capabilities = parseCapabilities(
      fixtureText(context, 'rubin/cutout_capabilities.xml')
    );
    const soda = capabilities.find(one =>
      isStandard(one, 'ivo://ivoa.net/std/SODA#sync-1.0')
    );
    expect(soda?.interfaces[0]).toMatchObject({
      accessUrl: 'https://example.com/api/cutout/sync',
      role: 'std',
      anonymous: true
    });
  });

  it.each([
    ['', true, []],
    ['<securityMethod/>', true, []],
    ['<securityMethod></securityMethod>', true, []],
    ['<securityMethod standardID=""/>', true, []],
    [
      '<securityMethod/><securityMethod standardID="ivo://ivoa.net/sso#cookie"/>',
      true,
      ['ivo://ivoa.net/sso#cookie']
    ],
    [
      '<securityMethod standardID="ivo://ivoa.net/sso#BasicAA"/>',
      false,
      ['ivo://ivoa.net/sso#BasicAA']
    ],
    [
      '<securityMethod>ivo://ivoa.net/sso#OAuth</securityMethod>',
      false,
      ['ivo://ivoa.net/sso#OAuth']
    ]
  ])('VO-56: %s is anonymous: %s', (methods, anonymous, securityMethods) => {
    const [capability] = parseCapabilities(
      `<capabilities><capability standardID="ivo://ivoa.net/std/TAP"><interface>
       <accessURL>https://x.org/tap</accessURL>${methods}</interface></capability></capabilities>`
    );
    expect(capability.interfaces[0]).toMatchObject({ anonymous, securityMethods });
  });
});
