import { describe, expect, it } from 'vitest';

import type { IArchiveDefinition } from '../../../src/archives/archive.js';
import { DataLinkService } from '../../../src/archives/ivoa/links/service.js';
import type { ISourceLinks, LinkSource } from '../../../src/archives/links.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import { streamVOTable } from '../../../src/protocol/votable/stream.js';
import { type ILinkServerFaults, LinkServer } from '../../support/linkserver.js';

const BASE = 'https://archive.example/links';

const DEFINITION: IArchiveDefinition = {
  id: 'x',
  name: 'X',
  kind: 'ivoa',
  description: '',
  services: { datalink: { url: BASE } },
  signIn: { kind: 'none' },
  origins: [],
  rank: 1,
  origin: 'shipped',
  editable: false
};

function serviceOf(server: LinkServer, milliseconds = 10): DataLinkService {
  let now = 0;
  return new DataLinkService(DEFINITION, {
    transport: server.transport,
    readVOTable: streamVOTable,
    clock: { now: () => (now += milliseconds), sleep: () => Promise.resolve() }
  });
}

function sourcesOf(count: number): readonly LinkSource[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'document' as const,
    url: `${BASE}?ID=${encodeURIComponent(`ivo://x/?${index}&é`)}`,
    id: `ivo://x/?${index}&é`
  }));
}

async function readAll(
  service: DataLinkService,
  sources: readonly LinkSource[],
  signal = new AbortController().signal
): Promise<readonly ISourceLinks[]> {
  const all: ISourceLinks[] = [];
  for await (const one of service.read(sources, signal)) {
    all.push(one);
  }
  return all;
}

/** Each source has the links of its own id, once. */
function expectOwn(
  answers: readonly ISourceLinks[],
  sources: readonly LinkSource[]
): void {
  const ids = answers
    .slice()
    .sort((a, b) => a.index - b.index)
    .map(({ answer }) =>
      answer instanceof ProtocolError
        ? answer.kind
        : [...new Set(answer.links.map(({ id }) => id))].join()
    );
  expect(ids).toEqual(sources.map(({ id }) => id));
}

describe('links of many rows', () => {
  it('come in few requests, each id with its own', async () => {
    const server = new LinkServer();
    const sources = sourcesOf(1000);
    const answers = await readAll(serviceOf(server), sources);
    expectOwn(answers, sources);
    expect(server.asked.length).toBeLessThanOrEqual(10);
    expect(server.transport.seen.every(({ request }) => request.url === BASE)).toBe(
      true
    );
  });

  it('are asked for fewer at a time once answers take long', async () => {
    const server = new LinkServer();
    await readAll(serviceOf(server, 60_000), sourcesOf(500));
    expect(Math.max(...server.asked.map(ids => ids.length))).toBe(20);
  });

  const faults: readonly (readonly [string, ILinkServerFaults])[] = [
    ['answers 7 ids at a time', { most: 7 }],
    ['refuses more than 30 with 413', { tooLong: { ids: 30, status: 413 } }],
    ['runs out of time with more than 5', { tooLong: { ids: 5, status: 504 } }],
    ['knows no POST', { post: 405 }],
    ['breaks on POST', { post: 500 }],
    ['loses the form of a POST', { losesForm: true }]
  ];
  it.each(faults)('come whole from a service that %s', async (_, fault) => {
    const server = new LinkServer(fault);
    const sources = sourcesOf(120);
    expectOwn(await readAll(serviceOf(server), sources), sources);
  });

  it('are not asked for in a size again that was too much', async () => {
    const server = new LinkServer({ tooLong: { ids: 30, status: 413 } });
    const service = serviceOf(server);
    await readAll(service, sourcesOf(200));
    const before = server.asked.length;
    await readAll(service, sourcesOf(200));
    expect(Math.max(...server.asked.slice(before).map(ids => ids.length))).toBe(20);
  });

  it('are asked for by GET next time, too, where POST failed', async () => {
    const server = new LinkServer({ post: 405 });
    const service = serviceOf(server);
    await readAll(service, sourcesOf(50));
    const before = server.transport.seen.length;
    await readAll(service, sourcesOf(50));
    const later = server.transport.seen.slice(before);
    expect(later.filter(({ request }) => request.method === 'POST')).toEqual([]);
  });

  it('come but for the one the service breaks on', async () => {
    const sources = sourcesOf(60);
    const server = new LinkServer({ poison: { id: sources[33].id, status: 500 } });
    const answers = await readAll(serviceOf(server), sources);
    const failed = answers.filter(({ answer }) => answer instanceof ProtocolError);
    expect(failed.map(({ index }) => index)).toEqual([33]);
    expect(answers).toHaveLength(60);
  });

  it('fail with one sentence and few requests where the service is down', async () => {
    const server = new LinkServer({ status: 503 });
    const answers = await readAll(serviceOf(server), sourcesOf(1000));
    expect(
      new Set(answers.map(({ answer }) => (answer as ProtocolError).kind))
    ).toEqual(new Set(['unavailable']));
    expect(answers).toHaveLength(1000);
    expect(server.asked.length).toBeLessThanOrEqual(8);
  });

  it('are asked for no more after the sign-in ended', async () => {
    const server = new LinkServer({ status: 401 });
    const answers = await readAll(serviceOf(server), sourcesOf(1000));
    expect(answers).toHaveLength(1000);
    expect(server.asked.length).toBeLessThanOrEqual(2);
  });

  it('of one row are asked for by its address, byte for byte', async () => {
    const server = new LinkServer();
    const url = `${BASE}?x=%7E~&ID=a%3Fb&y=+`;
    await readAll(serviceOf(server), [{ kind: 'document', url, id: 'a?b' }]);
    expect(server.transport.seen.map(({ request }) => request.url)).toEqual([url]);
  });

  it('keep what the address says beside the id', async () => {
    const server = new LinkServer();
    const sources = ['a', 'b'].map(id => ({
      kind: 'document' as const,
      url: `${BASE}?RESPONSEFORMAT=votable&ID=${id}&x=1`,
      id
    }));
    expectOwn(await readAll(serviceOf(server), sources), sources);
    expect(server.transport.seen[0].request.url).toBe(
      `${BASE}?RESPONSEFORMAT=votable&x=1`
    );
  });

  it('of a file are the file itself, nobody asked', async () => {
    const server = new LinkServer();
    const source: LinkSource = {
      kind: 'file',
      url: 'https://files.example/a.fits',
      id: 'a',
      contentType: 'application/fits',
      size: 2880
    };
    const [{ answer }] = await readAll(serviceOf(server), [source]);
    expect(answer).toMatchObject({
      links: [{ semantics: '#this', accessUrl: source.url, contentLength: 2880 }]
    });
    expect(server.asked).toEqual([]);
  });

  it('are never more than four requests at once', async () => {
    let running = 0;
    let most = 0;
    const server = new LinkServer({ post: 405 });
    const request = server.transport.request.bind(server.transport);
    server.transport.request = async (archive, asked) => {
      most = Math.max(most, (running += 1));
      await new Promise(resolve => setTimeout(resolve, 1));
      const answer = await request(archive, asked);
      running -= 1;
      return answer;
    };
    await readAll(serviceOf(server), sourcesOf(60));
    expect(most).toBe(4);
  });

  it('stop when they are no longer wanted', async () => {
    const stop = new AbortController();
    stop.abort();
    const reading = readAll(serviceOf(new LinkServer()), sourcesOf(3), stop.signal);
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('what of a row leads to links', () => {
  const service = serviceOf(new LinkServer());
  const row =
    (cells: Readonly<Record<string, string | number | null>>) => (column: string) =>
      cells[column] ?? null;

  it('is access_url where its format says that it is a document', () => {
    const cells = {
      access_url: `${BASE}?ID=a`,
      access_format: 'application/x-votable+xml; content="datalink"',
      obs_publisher_did: 'ivo://a'
    };
    expect(service.sourceOf(row(cells))).toEqual({
      kind: 'document',
      url: `${BASE}?ID=a`,
      id: 'ivo://a'
    });
  });

  it('is found by its address where the format was cut to nine characters', () => {
    const cells = {
      access_url: 'https://almascience.eso.org/datalink/sync?ID=uid://A001/X1/X2',
      access_format: 'applicati'
    };
    expect(service.sourceOf(row(cells))?.kind).toBe('document');
  });

  it('is the file otherwise, with its size in bytes', () => {
    const cells = {
      access_url: 'https://files.example/a.fits',
      access_format: 'application/fits',
      obs_publisher_did: 'ivo://a',
      access_estsize: 1234
    };
    expect(service.sourceOf(row(cells))).toMatchObject({
      kind: 'file',
      contentType: 'application/fits',
      size: 1_234_000
    });
  });

  it('is nothing without an address, or with one that is not followed', () => {
    const signed = 'https://s3.example/a.fits?X-Amz-Signature=invented';
    expect(
      service.sourceOf(row({ access_url: signed, access_format: 'image/fits' }))
    ).toMatchObject({ kind: 'file', url: signed, id: 'https://s3.example/a.fits' });
    expect(service.sourceOf(row({ obs_publisher_did: 'ivo://a' }))).toBeNull();
    expect(service.sourceOf(row({ access_url: 'file:///etc/passwd' }))).toBeNull();
  });

  it('is what was typed, asked of the archive’s own service', () => {
    expect(service.sourceOfId(' ivo://a ')).toEqual({
      kind: 'service',
      url: BASE,
      id: 'ivo://a'
    });
    expect(service.sourceOfId(' ')).toBeNull();
  });
});
