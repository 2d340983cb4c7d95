import { describe, expect, it } from 'vitest';

import { DataLinkService } from '../../src/archives/ivoa/links/service.js';
import { ServiceJobs } from '../../src/archives/servicejobs.js';
import type { IArchiveDefinition } from '../../src/archives/archive.js';
import type { IServiceAnswer } from '../../src/archives/links.js';
import { fieldOf } from '../../src/model/cutout/fields.js';
import { singleRequests } from '../../src/model/cutout/request.js';
import { readShape } from '../../src/model/cutout/shapetext.js';
import {
  readLinks,
  serviceRequest,
  type IServiceDescriptor
} from '../../src/protocol/datalink/index.js';
import type { ProtocolError } from '../../src/protocol/errors.js';
import {
  parseSodaError,
  refusesSeveral,
  sodaOffer,
  stencilParameter,
  stencilValue
} from '../../src/protocol/soda/index.js';
import { streamVOTable } from '../../src/protocol/votable/stream.js';
import { isStandard, parseCapabilities } from '../../src/protocol/vosi.js';
import { fixture, fixtureText } from '../support/fixtures.js';
import { FakeTransport } from '../support/transport.js';

const DEFINITION: IArchiveDefinition = {
  id: 'x',
  name: 'X',
  kind: 'ivoa',
  description: '',
  services: { datalink: { url: 'https://x.example/links' } },
  signIn: { kind: 'none' },
  origins: [],
  rank: 1,
  origin: 'shipped',
  editable: false
};

const SERVICE: IServiceDescriptor = {
  id: 's',
  name: null,
  description: null,
  accessUrl: 'https://x.example/soda',
  standardId: 'ivo://ivoa.net/std/SODA#sync-1.0',
  contentType: null,
  exampleUrls: [],
  parameters: []
};

/** What a cutout service's answer becomes. */
function run(answer: Response): Promise<IServiceAnswer> {
  const transport = new FakeTransport(() => answer);
  const service = new DataLinkService(DEFINITION, {
    transport,
    readVOTable: streamVOTable
  });
  const call = { service: SERVICE, url: 'https://x.example/soda?ID=x' };
  return service.run(call, new AbortController().signal);
}

async function failure(answer: Response): Promise<ProtocolError> {
  return run(answer).then(
    () => expect.unreachable('the service refused'),
    (error: ProtocolError) => error
  );
}

async function servicesOf(
  context: Parameters<typeof fixture>[0],
  name: string
): Promise<ReadonlyMap<string, IServiceDescriptor>> {
  const origin = { url: 'https://x.example/links?ID=x', readAt: 0 };
  return (await readLinks(fixture(context, name), origin)).services;
}

describe('what SODA services answer', () => {
  it('VO-45: 204 means that there are no pixels', async () => {
    const error = await failure(new Response(null, { status: 204 }));
    expect([error.kind, error.message]).toEqual(['not-found', 'No pixels there.']);
  });

  it('VO-46: a refusal of several values is known, and leads to single requests', async context => {
    const words = fixtureText(context, 'rubin/synthetic_soda_error_422_multi.txt');
    const error = await failure(new Response(words, { status: 422 }));
    expect(refusesSeveral(error)).toBe(true);
    expect(
      refusesSeveral(await failure(new Response('UsageError: x', { status: 422 })))
    ).toBe(false);
    const services = await servicesOf(context, 'vo/pyvo_cutout2.xml');
    const [service] = services.values();
    const given = { BAND: ['1 2', '3 4'], TIME: ['5 6', '7 8'] };
    const single = singleRequests({ service, row: () => null, given });
    expect(
      single.map(({ parameters }) => parameters.slice(2).flat().join(' '))
    ).toEqual([
      'BAND 1 2 TIME 5 6',
      'BAND 1 2 TIME 7 8',
      'BAND 3 4 TIME 5 6',
      'BAND 3 4 TIME 7 8'
    ]);
  });

  it('RUBIN-40: of a plain text the first word is the kind, the rest the text', async context => {
    const cases = [
      ['rubin/synthetic_soda_error_422_params.txt', 422, 'rejected'],
      ['rubin/synthetic_soda_error_422_stencil.txt', 422, 'rejected'],
      ['rubin/synthetic_soda_error_500_timeout.txt', 500, 'unavailable']
    ] as const;
    for (const [name, status, kind] of cases) {
      const words = fixtureText(context, name);
      const error = await failure(new Response(words, { status }));
      const { word, message } = parseSodaError(words);
      expect(['UsageError', 'Error']).toContain(word);
      expect(error.kind).toBe(kind);
      expect(error.message).toBe(message);
      expect(error.message).not.toMatch(/^(Usage)?Error/);
    }
    expect(parseSodaError('AuthorizationError no')).toEqual({
      word: 'AuthorizationError',
      message: 'no'
    });
    const busy = await failure(
      new Response('ServiceUnavailable: later', { status: 500 })
    );
    expect([busy.kind, busy.message]).toEqual(['unavailable', 'later']);
  });

  it('RUBIN-41: a VOTable error without RESOURCE is understood', async () => {
    const words = 'UsageError: no such image';
    const document = `<VOTABLE xmlns="http://www.ivoa.net/xml/VOTable/v1.3" version="1.3"><INFO name="QUERY_STATUS" value="ERROR">${words}</INFO></VOTABLE>`;
    const error = await failure(new Response(document, { status: 400 }));
    expect(error.message).toBe('no such image');
  });

  it('tell of a web page by its title', async () => {
    const page = '<html><head><title>Bad gateway</title></head></html>';
    const error = await failure(new Response(page, { status: 500 }));
    expect(error.message).toContain('Bad gateway');
  });

  it('have a type, a name without its path, and a size', async () => {
    const headers = {
      'Content-Type': 'Application/FITS; charset=binary',
      'Content-Disposition': 'attachment; filename="../x/cut.fits"',
      'Content-Length': '3'
    };
    const { contentType, name, size } = await run(new Response('abc', { headers }));
    expect([contentType, name, size]).toEqual(['application/fits', 'cut.fits', 3]);
  });
});

describe('what is typed for a cutout', () => {
  it('RUBIN-31: a circle is within the sky, has a radius and dots as decimal signs', () => {
    const good = { ra: '62.1', dec: '-37.2', radius: '0.01' };
    expect(readShape('circle', good)).toEqual({
      shape: { kind: 'circle', at: { ra: 62.1, dec: -37.2 }, radius: 0.01 }
    });
    const bad = [
      { ra: '361' },
      { dec: '91' },
      { radius: '0' },
      { radius: '-1' },
      { radius: 'NaN' },
      { radius: 'Infinity' },
      { ra: '62,1' },
      { radius: '0,01' }
    ];
    for (const change of bad) {
      const read = readShape('circle', { ...good, ...change });
      expect(read).toHaveProperty('problem', expect.any(String));
    }
  });

  it('RUBIN-32: a polygon needs three corners', () => {
    const two = readShape('polygon', { corners: '10 20, 11 20' });
    expect(two).toHaveProperty('problem', expect.stringContaining('three'));
    const three = readShape('polygon', { corners: '10 20, 11 20, 11 21' });
    expect(three).toHaveProperty('shape.corners.length', 3);
  });

  it('RUBIN-33: numbers are joined by single blanks, and the query is encoded', async context => {
    const services = await servicesOf(context, 'rubin/datalink_calexp.xml');
    const service = services.get('cutout-sync')!;
    const { url } = serviceRequest(service, () => null, {
      CIRCLE: ' 62.1  -37.2\t0.01 '
    });
    expect(url).toBe(
      'https://data-dev.lsst.cloud/api/cutout/sync?ID=butler%3A%2F%2Fdr1%2Fac691f52-c1a0-4199-b049-182cf403dc37&CIRCLE=62.1%20-37.2%200.01&CUTOUTDETAIL=Image'
    );
  });

  it('RUBIN-34: one stencil is sent, whatever the service offers', async context => {
    const services = await servicesOf(context, 'vo/pyvo_cutout2.xml');
    const offer = sodaOffer([...services.values()][0]);
    const at = { ra: 79.9, dec: -70.3 };
    expect(stencilParameter(offer, { kind: 'circle', at, radius: 0.1 })).toEqual([
      'CIRCLE',
      '79.9 -70.3 0.1'
    ]);
    const range = { kind: 'range', ra: [359, 1], dec: [-1, 1] } as const;
    expect(stencilParameter(offer, range)).toEqual(['POS', 'RANGE 359 1 -1 1']);
  });

  it('sends polygons counter-clockwise, in whatever order they were drawn', () => {
    const corners = [
      { ra: 10, dec: 20 },
      { ra: 11, dec: 20 },
      { ra: 11, dec: 21 }
    ];
    const turned = [...corners].reverse();
    const parameter = { name: 'POS', isPos: true };
    const drawn = (order: typeof corners): string =>
      stencilValue(parameter, { kind: 'polygon', corners: order });
    const cycle = (text: string): string => {
      const pairs = text.replace('POLYGON ', '').match(/\S+ \S+/g)!;
      const first = pairs.indexOf('10 20');
      return [...pairs.slice(first), ...pairs.slice(0, first)].join(', ');
    };
    expect(cycle(drawn(corners))).toBe(cycle(drawn(turned)));
    expect(drawn(corners)).toMatch(/^POLYGON /);
  });

  it('RUBIN-25: options become a choice', async context => {
    const services = await servicesOf(context, 'vo/pyvo_datalink.xml');
    const [, parameter] = services.get('ndndtdihpgea')!.parameters;
    expect(fieldOf(parameter, null)).toMatchObject({
      kind: 'choice',
      options: ['RELATIVE', 'NORMALIZED']
    });
  });

  it('ESO-22: only what the descriptor has is offered, and the fixed ID is sent', async context => {
    const name = 'eso/synthetic_product_datalink_soda.votable.xml';
    const [service] = (await servicesOf(context, name)).values();
    const offer = sodaOffer(service);
    expect([...offer.stencils.keys()]).toEqual(['circle']);
    expect(offer.band?.name).toBe('BAND');
    expect([offer.time, offer.pol, offer.others]).toEqual([null, null, []]);
    const { parameters } = serviceRequest(service, () => null, {
      POLYGON: '1 2 3 4 5 6'
    });
    expect(parameters).toEqual([
      ['ID', 'ivo://eso.org/ID?ADP.2026-08-19T13:19:07.647']
    ]);
  });
});

describe('cutout services', () => {
  it('RUBIN-43: are found in capabilities without namespace and with standardid', context => {
    const text = fixtureText(context, 'rubin/cutout_capabilities.xml');
    const capabilities = parseCapabilities(text);
    const soda = capabilities.filter(one => isStandard(one, 'ivo://ivoa.net/std/SODA'));
    expect(soda.map(({ interfaces }) => interfaces[0].accessUrl.trim())).toHaveLength(
      2
    );
    expect(
      soda.every(({ interfaces }) => /^https:/.test(interfaces[0].accessUrl))
    ).toBe(true);
  });

  it('RUBIN-42: run as jobs: 303, WAIT, results, deletion', async () => {
    const server = new JobServer();
    const clock = { now: () => 0, sleep: () => Promise.resolve() };
    const jobs = new ServiceJobs(server.transport, DEFINITION, clock);
    const job = await jobs.run(
      'https://x.example/jobs',
      [
        ['ID', 'x'],
        ['CIRCLE', '1 2 3']
      ],
      new AbortController().signal
    );
    expect(job.results.map(({ id, href }) => [id, href])).toEqual([
      ['cutout', 'https://store.example/cut.fits?X-Goog-Signature=feed']
    ]);
    await job.remove();
    expect(server.asked[0]).toBe('POST /jobs ID=x&CIRCLE=1+2+3');
    expect(server.asked).toContain('POST /jobs/1/phase PHASE=RUN');
    expect(server.asked.some(line => /GET \/jobs\/1\?WAIT=\d+&PHASE=/.test(line))).toBe(
      true
    );
    expect(server.asked.at(-1)).toBe('DELETE /jobs/1');
  });
});

/** A service with one job, which is done when it is asked for the third time. */
class JobServer {
  readonly asked: string[] = [];

  readonly transport = new FakeTransport(({ url, method = 'GET', body }) => {
    const { pathname, search } = new URL(url);
    this.asked.push(
      `${method} ${pathname}${search} ${body ? String(body) : ''}`.trim()
    );
    if (pathname === '/jobs') {
      const Location = '/jobs/1';
      return new Response(this._document('PENDING'), {
        status: 201,
        headers: { Location }
      });
    }
    return new Response(this._document(this._phase(pathname, method)));
  });

  private _phase(pathname: string, method: string): string {
    if (pathname.endsWith('/phase')) {
      return 'QUEUED';
    }
    this._questions += method === 'GET' ? 1 : 0;
    return this._questions > 2 ? 'COMPLETED' : 'EXECUTING';
  }

  private _document(phase: string): string {
    const result =
      '<uws:result id="cutout" mime-type="application/fits" xlink:href="https://store.example/cut.fits?X-Goog-Signature=feed"/>';
    return `<uws:job version="1.1" xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><uws:jobId>1</uws:jobId><uws:phase>${phase}</uws:phase><uws:results>${phase === 'COMPLETED' ? result : ''}</uws:results></uws:job>`;
  }

  private _questions = 0;
}
