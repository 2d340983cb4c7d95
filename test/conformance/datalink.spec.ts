import { describe, expect, it } from 'vitest';

import type { IArchive, IArchiveDefinition } from '../../src/archives/archive.js';
import { ArchiveRegistry } from '../../src/archives/index.js';
import type { ISourceLinks, LinkSource, RowCell } from '../../src/archives/links.js';
import {
  groupOf,
  isMeaning,
  linkValue,
  meaningOf,
  readLinks,
  serviceRequest,
  tableValue,
  type ILink,
  type ILinks
} from '../../src/protocol/datalink/index.js';
import { streamVOTable } from '../../src/protocol/votable/stream.js';
import { readVOTable } from '../../src/protocol/votable/read.js';
import { fixture } from '../support/fixtures.js';
import { idsOf, linksTable } from '../support/linkserver.js';
import { FakeTransport } from '../support/transport.js';

const ORIGIN = { url: 'https://archive.example/dl/links?ID=x', readAt: 0 };

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A {links} document with these columns and rows, and what follows its table. */
function document(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  services = ''
): Uint8Array {
  const fields = columns
    .map(
      name => `<FIELD ID="col_${name}" name="${name}" datatype="char" arraysize="*"/>`
    )
    .join('');
  const cells = rows
    .map(row => `<TR>${row.map(cell => `<TD>${cell}</TD>`).join('')}</TR>`)
    .join('');
  return bytes(
    '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">' +
      `<RESOURCE type="results"><TABLE>${fields}<DATA><TABLEDATA>${cells}</TABLEDATA></DATA></TABLE>` +
      `</RESOURCE>${services}</VOTABLE>`
  );
}

const LINK = ['ID', 'access_url', 'service_def', 'error_message', 'semantics'];

async function firstLink(row: readonly string[], columns = LINK): Promise<ILink> {
  const { links } = await readLinks(document(columns, [row]), ORIGIN);
  return links[0];
}

/** A described service with one parameter that is bound to the row. */
function described(params: string, group: string): string {
  return `<RESOURCE type="meta" utype="adhoc:service" ID="s">${params}${group}</RESOURCE>`;
}

const ACCESS =
  '<PARAM name="accessURL" datatype="char" arraysize="*" value="https://s.example/run?keep=a%20b"/>';
const BOUND =
  '<GROUP name="inputParams"><PARAM name="ID" datatype="char" arraysize="*" ref="REF" value=""/></GROUP>';

async function requestOf(services: string, row: readonly string[]): Promise<string> {
  const answer = await readLinks(document(LINK, [row], services), ORIGIN);
  const service = answer.services.get('s');
  return serviceRequest(service!, linkValue(answer.links[0])).url;
}

describe('DataLink', () => {
  it('VO-38: a row with two of the three link columns, or none, is flagged', async () => {
    const both = await firstLink(['x', 'https://a/b', '', 'NotFoundFault', '#this']);
    const none = await firstLink(['x', '', '', '', '#this']);
    const one = await firstLink(['x', 'https://a/b', '', '', '#this']);
    expect(both.flaw).toContain('access_url and error_message');
    expect(none.flaw).toContain('neither');
    expect(one.flaw).toBeNull();
  });

  it('VO-39: #THIS, #this, the bare word and the full URI are the same', () => {
    const written = [
      '#THIS',
      '#this',
      'This',
      'http://www.ivoa.net/rdf/datalink/core#this'
    ];
    const meanings = written.map(meaningOf);
    expect(new Set(meanings.map(({ term }) => term))).toEqual(new Set(['this']));
    expect(meanings.map(({ group }) => group)).toEqual(Array(4).fill('this'));
    expect(meaningOf('#that')).toMatchObject({ group: 'other', isKnown: false });
  });

  it('VO-40: narrower terms group under their parent', () => {
    const groups = ['#thumbnail', '#preview-plot', '#flat', '#noise', '#cutout'].map(
      semantics => groupOf({ semantics })
    );
    expect(groups).toEqual([
      'preview',
      'preview',
      'calibration',
      'auxiliary',
      'cutout'
    ]);
    expect(isMeaning('#thumbnail', 'preview')).toBe(true);
    expect(isMeaning('#preview', 'thumbnail')).toBe(false);
  });

  it('VO-42: fixed, bound and free parameters are told apart', async context => {
    const answer = await readLinks(fixture(context, 'vo/astropy_gemini.xml'), ORIGIN);
    const kinds = answer.services
      .get('soda-sync')
      ?.parameters.map(({ name, kind }) => `${name} ${kind}`);
    expect(kinds?.slice(0, 2)).toEqual(['ID bound', 'POS free']);
    const fixed = answer.services.get('soda-62b3e0b3-2718-442f-920a-ce8028687c2b');
    expect(fixed?.parameters[0]).toMatchObject({
      name: 'ID',
      kind: 'fixed',
      ref: null
    });
  });

  it('VO-43: an accessURL with a query keeps it', async () => {
    const url = await requestOf(described(ACCESS, BOUND.replace('REF', 'ID')), [
      'a b&c',
      '',
      's',
      '',
      '#proc'
    ]);
    expect(url).toBe('https://s.example/run?keep=a%20b&ID=a%20b%26c');
  });

  it('VO-44: MIN, MAX and OPTION are there for the form, Inf included', async context => {
    const answer = await readLinks(fixture(context, 'vo/pyvo_datalink.xml'), ORIGIN);
    const [, calibrated, band] = answer.services.get('ndndtdihpgea')!.parameters;
    expect(calibrated.options).toEqual(['RELATIVE', 'NORMALIZED']);
    expect([band.min, band.max, band.unit]).toEqual(['4.01053e-07', '6.792e-07', 'm']);
    const open = described(
      ACCESS,
      '<GROUP name="inputParams"><PARAM name="BAND" datatype="double" arraysize="2" value=""><VALUES><MIN value="-Inf"/></VALUES></PARAM></GROUP>'
    );
    const { services } = await readLinks(document(LINK, [], open), ORIGIN);
    const request = serviceRequest(services.get('s')!, () => null, {
      BAND: '-Inf +Inf'
    });
    expect(services.get('s')?.parameters[0].min).toBe('-Inf');
    expect(request.url).toContain('BAND=-Inf%20%2BInf');
  });
});

const RUBIN = definition('rubin', 'https://data.lsst.cloud/api/datalink/links');
const ESO = definition('eso', 'https://archive.eso.org/datalink/links');

function definition(kind: string, url: string): IArchiveDefinition {
  return {
    id: kind,
    name: kind,
    kind,
    description: '',
    services: { datalink: { url } },
    signIn: { kind: 'none' },
    origins: [],
    rank: 1,
    origin: 'shipped',
    editable: false
  };
}

function archiveOf(
  what: IArchiveDefinition,
  transport = new FakeTransport(request => new Response(linksTable(idsOf(request))))
): Required<Pick<IArchive, 'links'>> {
  const means = { transport, readVOTable: streamVOTable };
  const { links } = new ArchiveRegistry(means).create(what);
  return { links: links! };
}

async function readAll(
  { links }: Required<Pick<IArchive, 'links'>>,
  sources: readonly LinkSource[]
): Promise<readonly ISourceLinks[]> {
  const all: ISourceLinks[] = [];
  for await (const one of links.read(sources, new AbortController().signal)) {
    all.push(one);
  }
  return all;
}

function row(cells: Readonly<Record<string, string | number | null>>): RowCell {
  return column => cells[column] ?? null;
}

describe('Rubin’s links', () => {
  it('RUBIN-18: a null access_url leads nowhere', () => {
    const cells = {
      access_url: null,
      access_format: 'application/x-votable+xml;content=datalink',
      obs_publisher_did: 'ivo://org.rubinobs/usdac/dp1?repo=dp1&id=1'
    };
    expect(archiveOf(RUBIN).links.sourceOf(row(cells))).toBeNull();
  });

  it('RUBIN-19: ivo://…?repo=dp1&id=… is sent as one encoded ID', async () => {
    const did = 'ivo://org.rubinobs/usdac/dp1?repo=dp1&id=5c-f';
    const transport = new FakeTransport(
      request => new Response(linksTable(idsOf(request)))
    );
    const archive = archiveOf(RUBIN, transport);
    const typed = archive.links.sourceOfId(did);
    const unencoded = archive.links.sourceOf(
      row({
        access_url: `${RUBIN.services.datalink?.url}?ID=${did}`,
        access_format: 'application/x-votable+xml;content=datalink',
        obs_publisher_did: did
      })
    );
    for (const source of [typed, unencoded]) {
      await readAll(archive, [source!]);
    }
    await readAll(archive, [typed!, unencoded!]);
    expect(transport.seen.map(({ request }) => idsOf(request))).toEqual([
      [did],
      [did],
      [did, did]
    ]);
    expect(transport.seen[0].request.url).toContain('dp1%3Frepo%3Ddp1%26id%3D5c-f');
  });

  it('RUBIN-20: columns are found by name although description is before semantics', async () => {
    const link = await firstLink(
      ['#this', 'Primary image', 'x', 'https://a/b'],
      ['SEMANTICS', 'description', 'id', 'Access_URL']
    );
    expect(link).toMatchObject({
      id: 'x',
      accessUrl: 'https://a/b',
      semantics: '#this',
      description: 'Primary image'
    });
  });

  it('RUBIN-21: the descriptor is that of the RESOURCE whose ID service_def names', async context => {
    const answer = await calexp(context);
    const fixed = answer.links.slice(1).map(({ serviceDef }) => {
      const parameters = answer.services.get(serviceDef ?? '')?.parameters ?? [];
      return parameters.find(({ name }) => name === 'CUTOUTDETAIL')?.value;
    });
    expect(fixed).toEqual(['Image', 'MaskedImage', 'Exposure']);
  });

  it('RUBIN-22: the group may be before or after the accessURL', async () => {
    const cells = ['x', '', 's', '', '#cutout'];
    const group = BOUND.replace('REF', 'ID');
    const after = await requestOf(described(ACCESS, group), cells);
    const before = await requestOf(described(group, ACCESS), cells);
    expect(before).toBe(after);
    expect(before).toContain('&ID=x');
  });

  it('RUBIN-23: a ref takes the cell of the column with that XML ID, or that name', async () => {
    const cells = ['x', '', 's', '', '#cutout'];
    for (const ref of ['col_ID', 'ID', 'id']) {
      const url = await requestOf(described(ACCESS, BOUND.replace('REF', ref)), cells);
      expect(url).toContain('&ID=x');
    }
    await expect(
      requestOf(described(ACCESS, BOUND.replace('REF', 'nowhere')), cells)
    ).rejects.toThrow('nowhere');
  });

  it('RUBIN-24: fixed parameters are sent unchanged, whatever is given for them', async context => {
    const answer = await calexp(context);
    const service = answer.services.get('cutout-sync-exposure')!;
    const { parameters } = serviceRequest(service, () => null, {
      CUTOUTDETAIL: 'Image',
      ID: 'other',
      CIRCLE: '1 2 3'
    });
    expect(parameters).toEqual([
      ['ID', 'butler://dr1/ac691f52-c1a0-4199-b049-182cf403dc37'],
      ['CIRCLE', '1 2 3'],
      ['CUTOUTDETAIL', 'Exposure']
    ]);
  });

  it('RUBIN-26: semantics that are a URL have a label that can be read', () => {
    const semantics = 'https://rsp.lsst.io/guides/api/soda.html#MaskedImage';
    expect(meaningOf(semantics)).toMatchObject({
      label: 'Cutout with mask and variance',
      uri: semantics
    });
    expect(meaningOf('https://other.example/terms#CoaddOfAll').label).toBe(
      'Coadd of all'
    );
  });

  it('RUBIN-27: a NotFoundFault row has its message and no address', async context => {
    const bytesOf = fixture(context, 'rubin/datalink_nonexistent.xml');
    const { links } = await readLinks(bytesOf, ORIGIN);
    expect(links[0]).toMatchObject({
      accessUrl: null,
      serviceDef: null,
      error: {
        fault: 'NotFoundFault',
        message:
          "Unknown dataset ID 'butler://dr1/abb90721-3735-477d-ae8c-7726ec118c50'"
      }
    });
  });

  it('RUBIN-28: an empty table of links is an answer', async () => {
    const answer = await readLinks(document(LINK, []), ORIGIN);
    expect(answer.links).toEqual([]);
  });

  it('RUBIN-29: an accessURL without value takes the URL of the row', async context => {
    const bytesOf = fixture(context, 'rubin/synthetic_obscore_tabledata.xml');
    const { services } = await readLinks(bytesOf, ORIGIN);
    const { tables } = await readVOTable(bytesOf);
    const [service] = services.values();
    const cell = (index: number): unknown => tables[0].arrow.getChildAt(index)?.get(0);
    const value = tableValue(tables[0].fields, cell);
    expect(serviceRequest(service, value).url).toBe(value('access_url'));
    const source = archiveOf(RUBIN).links.sourceOf(value, [service]);
    expect(source).toMatchObject({ kind: 'document', url: value('access_url') });
  });

  it('RUBIN-30: a service_def without its RESOURCE is reported', async context => {
    const bytesOf = fixture(context, 'rubin/synthetic_links_foreign_cutout.xml');
    const { links } = await readLinks(bytesOf, ORIGIN);
    expect(links[3]).toMatchObject({
      serviceDef: 'missing',
      flaw: 'The service ‘missing’ is not described.'
    });
  });

  it('RUBIN-37: a signed address is kept and asked for byte for byte', async () => {
    const url = 'https://s.example/%7Ea/b+c?X-Goog-Signature=%41b%2fc&x=~a%20b';
    const text = `https://s.example/%7Ea/b+c?X-Goog-Signature=%41b%2fc&amp;x=~a%20b`;
    const { accessUrl } = await firstLink(['x', text, '', '', '#this']);
    expect(accessUrl).toBe(url);
    const transport = new FakeTransport(() => new Response('ok'));
    const service = { ...EMPTY_SERVICE, accessUrl: url };
    const signal = new AbortController().signal;
    await archiveOf(RUBIN, transport).links.run({ service, url }, signal);
    expect(transport.seen[0].request.url).toBe(url);
  });

  it('RUBIN-47: addresses that are neither http nor https are refused', async () => {
    for (const url of [
      'javascript:alert(1)',
      ' file:///etc/passwd',
      'DATA:text/html,x'
    ]) {
      const link = await firstLink(['x', url, '', '', '#preview']);
      expect(link.accessUrl).toBeNull();
      expect(link.flaw).toContain('is not followed');
    }
    const evil = ACCESS.replace('https://s.example', 'javascript:x//');
    const answer = await readLinks(document(LINK, [], described(evil, '')), ORIGIN);
    expect(answer.services.size).toBe(0);
    expect(answer.warnings[0]).toContain('javascript:');
  });
});

const EMPTY_SERVICE = {
  id: null,
  name: null,
  description: null,
  standardId: null,
  contentType: null,
  exampleUrls: [],
  parameters: []
};

function calexp(context: Parameters<typeof fixture>[0]): Promise<ILinks> {
  return readLinks(fixture(context, 'rubin/datalink_calexp.xml'), ORIGIN);
}

describe('ESO’s links', () => {
  it('ESO-18: columns are found by name, not by position', async () => {
    const columns = ['eso_category', 'semantics', 'access_url', 'ID', 'eso_datalink'];
    const link = await firstLink(
      ['FLAT', '#flat', 'https://a/b', 'x', 'https://a/l'],
      columns
    );
    expect(link).toMatchObject({
      id: 'x',
      accessUrl: 'https://a/b',
      extras: { eso_category: 'FLAT', eso_datalink: 'https://a/l' },
      flaw: null
    });
  });

  it('ESO-19: a “no access” answer has its message and no address', async context => {
    const bytesOf = fixture(context, 'eso/synthetic_datalink_no_access.votable.xml');
    const { links } = await readLinks(bytesOf, ORIGIN);
    expect(links).toHaveLength(1);
    expect(links[0].accessUrl).toBeNull();
    expect(links[0].error?.message).toBe(
      'the requested file does not exist or you have no permission to access it'
    );
  });

  it('ESO-20: unknown URIs are listed with their last fragment', () => {
    const uri = 'http://archive.eso.org/rdf/datalink/eso#quick_look';
    expect(meaningOf(uri)).toEqual({
      term: 'quick_look',
      uri,
      label: 'Quick look',
      lineage: ['quick_look'],
      group: 'other',
      isKnown: false
    });
    const log = 'http://archive.eso.org/rdf/datalink/eso#night_log';
    expect(meaningOf(log)).toMatchObject({ label: 'Night log', group: 'night-log' });
  });

  it('ESO-21: a row with service_def has a service and no address', async context => {
    const name = 'eso/synthetic_product_datalink_soda.votable.xml';
    const { links, services } = await readLinks(fixture(context, name), ORIGIN);
    const link = links.at(-1)!;
    expect(link.accessUrl).toBeNull();
    expect(services.get(link.serviceDef ?? '')?.accessUrl).toBe(
      'https://dataportal.eso.org/dataPortal/soda/sync'
    );
  });

  it('finds the links of raw frames beside the file, and those of what is linked', async context => {
    const { links } = archiveOf(ESO);
    const cells = {
      access_url: 'https://dataportal.eso.org/dataPortal/file/A.1',
      datalink_url: 'https://archive.eso.org/datalink/links?ID=ivo://eso.org/ID?A.1',
      dp_id: 'A.1'
    };
    const id = 'ivo://eso.org/ID?A.1';
    expect(links.sourceOf(row(cells))).toMatchObject({ kind: 'document', id });
    expect(links.sourceOf(row({ dp_id: 'A.1' }))).toMatchObject({
      kind: 'service',
      id
    });
    expect(links.sourceOfId('A.1')).toEqual(links.sourceOfId(id));
    const name = 'eso/sphere_raw_datalink.votable.xml';
    const answer = await readLinks(fixture(context, name), ORIGIN);
    const further = answer.links.map(link => links.furtherOf(link, answer)?.url ?? '');
    expect(further.map(url => /mode=(\w+)/.exec(url)?.[1] ?? url)).toEqual([
      '',
      'Raw2Raw',
      'Raw2Master',
      ''
    ]);
  });
});
