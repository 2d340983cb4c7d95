import { describe, expect, it } from 'vitest';

import { describeError, ProtocolError } from '../../../src/protocol/errors.js';
import { buildSyncRequest, TapService, tapUrl } from '../../../src/protocol/tap.js';
import type { VOTableEvent } from '../../../src/protocol/votable/types.js';
import { FakeTransport, votable } from '../../support/transport.js';

const QUERY = { adql: 'SELECT n FROM t', maxrec: 10 };

function service(answer: ConstructorParameters<typeof FakeTransport>[0]) {
  const transport = new FakeTransport(answer);
  const archive = { id: 'x', name: 'Example archive' };
  return { transport, tap: new TapService(transport, archive, 'https://x.org/tap') };
}

/** The service of one answer. */
function answering(body: BodyInit | null, init: ResponseInit = {}): TapService {
  return service(() => new Response(body, init)).tap;
}

async function collect(
  tap: TapService,
  signal?: AbortSignal
): Promise<{ rows: number; events: VOTableEvent[] }> {
  const events: VOTableEvent[] = [];
  let rows = 0;
  for await (const event of tap.query(QUERY, signal)) {
    events.push(event);
    rows = event.type === 'batch' ? event.rows : rows;
  }
  return { rows, events };
}

async function failure(promise: Promise<unknown>): Promise<ProtocolError> {
  const reason: unknown = await promise.then(
    () => null,
    error => error
  );
  expect(reason).toBeInstanceOf(ProtocolError);
  return reason as ProtocolError;
}

describe('tapUrl', () => {
  it('goes below the base, which keeps its query', () => {
    expect(tapUrl('https://x.org/tap?key=a%2Fb?c', 'tables', '"my".t/1')).toBe(
      'https://x.org/tap/tables/%22my%22.t%2F1?key=a%2Fb?c'
    );
    expect(tapUrl('https://x.org/tap/?', 'sync')).toBe('https://x.org/tap/sync');
    expect(tapUrl('https://x.org/tap#top', 'sync')).toBe('https://x.org/tap/sync');
  });
});

describe('buildSyncRequest', () => {
  it('carries language and label when asked to', () => {
    const { body } = buildSyncRequest(
      'https://x.org/tap',
      { ...QUERY, runid: 'deck-1' },
      { lang: 'ADQL-2.0', format: 'votable/td' }
    );
    expect(body.get('LANG')).toBe('ADQL-2.0');
    expect(body.get('RUNID')).toBe('deck-1');
    expect(body.get('RESPONSEFORMAT')).toBe('votable/td');
  });
});

describe('TapService.query', () => {
  it('asks on behalf of its archive and streams the rows', async () => {
    const { tap, transport } = service(
      () => new Response(votable({ rows: [1, 2, 3] }))
    );
    const { rows, events } = await collect(tap);
    expect(rows).toBe(3);
    expect(events.map(({ type }) => type)).toEqual(['head', 'batch', 'end']);
    expect(transport.seen[0].archive).toBe('x');
    expect(transport.seen[0].request.url).toBe('https://x.org/tap/sync');
  });

  it('hands rows over although an error came behind them', async () => {
    const { rows, events } = await collect(
      answering(votable({ rows: [1, 2], trailing: 'ERROR' }))
    );
    expect(rows).toBe(2);
    expect(events.at(-1)).toMatchObject({
      type: 'end',
      status: 'ERROR',
      message: 'cut'
    });
  });

  it.each([
    [400, 'rejected'],
    [401, 'not-signed-in'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [408, 'timeout'],
    [410, 'not-found'],
    [413, 'rejected'],
    [429, 'rate-limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [504, 'timeout'],
    [304, 'bad-answer']
  ])('takes HTTP %d for %s', async (status, kind) => {
    const tap = answering(status === 304 ? null : 'No.', { status });
    const error = await failure(collect(tap));
    expect(error.kind).toBe(kind);
    expect(error.details).toMatchObject({ status, archive: 'Example archive' });
  });

  it('quotes a plain-text error unshortened', async () => {
    const words = `UsageError: ${'no such column; '.repeat(200)}`.trim();
    const error = await failure(collect(answering(` ${words}\n`, { status: 400 })));
    expect(error.message).toBe(words);
    expect(error.details.serviceMessage).toBe(words);
  });

  it('names the title of an error page instead of quoting markup', async () => {
    const page = '<!DOCTYPE html><html><head><title>Bad gateway</title></head></html>';
    const error = await failure(collect(answering(page, { status: 502 })));
    expect(error.message).toBe(
      'The service answered HTTP status 502 with a web page titled “Bad gateway”.'
    );
    expect(error.details.hint).toBe('Try again later.');
  });

  it('says so when there are no words at all', async () => {
    const error = await failure(collect(answering(null, { status: 400 })));
    expect(describeError(error)).toBe(
      'Example archive: The service answered HTTP status 400 without saying why.'
    );
  });

  it('says when to come back', async () => {
    const headers = { 'Retry-After': '40' };
    const error = await failure(collect(answering('Slow.', { status: 429, headers })));
    expect(error.details.hint).toBe('Try again in 40 s.');
  });

  it('names the address of a service that is not there', async () => {
    const error = await failure(collect(answering('Gone.', { status: 404 })));
    expect(error.details.hint).toContain('https://x.org/tap');
  });

  it.each([
    [
      'a job instead of a table',
      '<uws:job xmlns:uws="u"><uws:jobId>1</uws:jobId></uws:job>',
      /job/
    ],
    [
      'a log-in page',
      '<html><head><title>Log in</title></head></html>',
      /web page.*Log in/
    ],
    ['nothing', '', /empty/],
    ['JSON', '{"a": 1}', /\{"a"/]
  ])('refuses %s with HTTP 200', async (_what, body, words) => {
    const error = await failure(collect(answering(body)));
    expect(error.kind).toBe('bad-answer');
    expect(error.message).toMatch(words);
    expect(error.details.archive).toBe('Example archive');
  });

  it('does not name the archive twice when the gateway did already', async () => {
    const { tap } = service(() => {
      throw new ProtocolError(
        'unavailable',
        'Example archive: nothing listens there.',
        {
          archive: 'x',
          hint: 'Later.'
        }
      );
    });
    const error = await failure(collect(tap));
    expect(describeError(error)).toBe('Example archive: nothing listens there.');
    expect(error).toMatchObject({ kind: 'unavailable', details: { hint: 'Later.' } });
  });

  it('does not blame the archive when our own server could not be asked', async () => {
    const { tap } = service(() => {
      throw new ProtocolError('unavailable', 'No connection.', { archive: '' });
    });
    const error = await failure(collect(tap));
    expect(describeError(error)).toBe('No connection.');
  });

  it('calls a stopped query cancelled, also in the middle', async () => {
    const abort = new AbortController();
    const { tap } = service(() => new Response(endless(abort.signal)));
    const error = await failure(
      (async () => {
        for await (const event of tap.query(
          { ...QUERY, maxrec: 1_000_000 },
          abort.signal
        )) {
          abort.abort(event);
        }
      })()
    );
    expect(error.kind).toBe('cancelled');
    expect(error.details.archive).toBe('Example archive');
  });

  it('stops reading when nobody wants more rows', async () => {
    let cancelled = false;
    const body = endless(new AbortController().signal, () => (cancelled = true));
    const { tap } = service(() => new Response(body));
    for await (const event of tap.query(QUERY)) {
      if (event.type === 'batch') {
        break;
      }
    }
    expect(cancelled).toBe(true);
  });

  it('reports a connection that breaks in the middle', async () => {
    const error = await failure(collect(answering(breaking())));
    expect(error.kind).toBe('unavailable');
    expect(describeError(error)).toMatch(/^Example archive: The connection broke/);
  });

  it('passes errors on that are our own fault', async () => {
    const { tap } = service(() => {
      throw new RangeError('bug');
    });
    await expect(collect(tap)).rejects.toBeInstanceOf(RangeError);
  });
});

describe('TapService.availability', () => {
  it('reports a connection that breaks in the middle', async () => {
    const error = await failure(answering(breaking()).availability());
    expect(error.kind).toBe('unavailable');
    expect(describeError(error)).toMatch(/^Example archive: The connection broke/);
  });
});

describe('TapService.tables', () => {
  it('asks for them without columns on request', async () => {
    const { tap, transport } = service(() => new Response('<tableset/>'));
    expect(await tap.tables(undefined, 'min')).toEqual({ schemas: [] });
    expect(transport.seen[0].request.url).toBe('https://x.org/tap/tables?detail=min');
  });

  it('names the archive when the document is none', async () => {
    const error = await failure(answering('<job/>').tables());
    expect(error).toMatchObject({
      kind: 'bad-answer',
      details: { archive: 'Example archive' }
    });
  });
});

describe('TapService.tableDescription', () => {
  const SCHEMA = `<VOTABLE><RESOURCE type="results"><TABLE>
    <FIELD name="COLUMN_NAME" datatype="char" arraysize="*"/>
    <FIELD name="datatype" datatype="char" arraysize="*"/>
    <FIELD name="size" datatype="int"/><FIELD name="unit" datatype="char" arraysize="*"/>
    <FIELD name="principal" datatype="int"/><DATA><TABLEDATA>
    <TR><TD>s_ra</TD><TD>adql:DOUBLE</TD><TD/><TD>deg</TD><TD>1</TD></TR>
    <TR><TD>"size"</TD><TD>VARCHAR</TD><TD>12</TD><TD/><TD>0</TD></TR>
    <TR><TD/><TD>VARCHAR</TD><TD>12</TD><TD/><TD>0</TD></TR>
    </TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>`;

  it('asks for the one table', async () => {
    const { tap, transport } = service(
      () =>
        new Response(
          '<table><name>ivoa.obscore</name><column/><column><name>s_ra</name></column></table>'
        )
    );
    const table = await tap.tableDescription('ivoa.ObsCore');
    expect(table.columns.map(({ name }) => name)).toEqual(['s_ra']);
    expect(transport.seen.map(({ request }) => request.url)).toEqual([
      'https://x.org/tap/tables/ivoa.ObsCore'
    ]);
  });

  it.each([
    ['has no such address', () => new Response('no', { status: 404 })],
    ['sends a page', () => new Response('<html></html>')],
    ['sends other tables', () => new Response('<tableset/>')],
    [
      'leaves the columns out',
      () => new Response('<table><name>ivoa.ObsCore</name></table>')
    ]
  ])('asks TAP_SCHEMA where the service %s', async (_what, first) => {
    const { tap, transport } = service(request =>
      request.url.endsWith('/sync') ? new Response(SCHEMA) : first()
    );
    const table = await tap.tableDescription('ivoa.ObsCore');
    expect(table.columns).toMatchObject([
      {
        name: 's_ra',
        datatype: 'double',
        arraysize: null,
        unit: 'deg',
        principal: true
      },
      {
        name: '"size"',
        datatype: 'char',
        arraysize: '12',
        unit: null,
        principal: false
      }
    ]);
    expect((transport.seen[1].request.body as URLSearchParams).get('QUERY')).toBe(
      "SELECT * FROM TAP_SCHEMA.columns WHERE table_name IN ('ivoa.ObsCore', 'ivoa.obscore', 'IVOA.OBSCORE')"
    );
  });

  it('says which table is described nowhere', async () => {
    const { tap } = service(request =>
      request.url.endsWith('/sync')
        ? new Response(votable({ rows: [] }))
        : new Response('', { status: 404 })
    );
    const error = await failure(tap.tableDescription('no.such'));
    expect(error).toMatchObject({
      kind: 'not-found',
      message: 'The service describes no table no.such.',
      details: { archive: 'Example archive' }
    });
  });

  it('does not go on asking once stopped', async () => {
    const { tap, transport } = service(() => {
      throw new ProtocolError('cancelled', 'Stopped.');
    });
    expect((await failure(tap.tableDescription('t'))).kind).toBe('cancelled');
    expect(transport.seen).toHaveLength(1);
  });
});

/** A body that fails as those of `fetch` do. */
function breaking(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: controller => controller.error(new TypeError('terminated'))
  });
}

/** A VOTable whose rows never end, until the signal or the reader stops it. */
function endless(
  signal: AbortSignal,
  onCancel?: () => void
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let sent = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise(resolve => setTimeout(resolve, 0));
      if (signal.aborted) {
        controller.error(new DOMException('stopped', 'AbortError'));
        return;
      }
      const head = votable({ rows: [1] }).split('</TABLEDATA>')[0];
      controller.enqueue(
        encoder.encode(sent++ === 0 ? head : '<TR><TD>2</TD></TR>'.repeat(5000))
      );
    },
    cancel: onCancel
  });
}

describe('a service that ignores MAXREC', () => {
  it('is cut at the row limit, which is an overflow, and is told to stop', async () => {
    let cancelled = false;
    const rows = Array.from({ length: 5000 }, (_, n) => n);
    const bytes = new TextEncoder().encode(votable({ rows }));
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        controller.enqueue(bytes);
      },
      cancel: () => {
        cancelled = true;
      }
    });
    const { rows: read, events } = await collect(answering(body));
    expect(read).toBe(QUERY.maxrec);
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'OVERFLOW' });
    expect(cancelled).toBe(true);
  });

  it('is left alone while it keeps to the limit', async () => {
    const rows = Array.from({ length: QUERY.maxrec }, (_, n) => n);
    const { rows: read, events } = await collect(answering(votable({ rows })));
    expect(read).toBe(QUERY.maxrec);
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'OK' });
  });
});
