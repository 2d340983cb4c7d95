import { describe, expect, it, type TestContext } from 'vitest';

import type { IArchive } from '../../src/archives/archive.js';
import type { ISourceLinks } from '../../src/archives/links.js';
import { dataFacts } from '../../src/model/cutout/facts.js';
import type { IServiceField } from '../../src/model/cutout/fields.js';
import type { IServiceMeans } from '../../src/model/cutout/run.js';
import { ServiceModel } from '../../src/model/cutout/service.js';
import { CutoutSession } from '../../src/model/cutout/session.js';
import {
  readLinks,
  type IServiceDescriptor
} from '../../src/protocol/datalink/index.js';
import type { IServiceParameter } from '../../src/protocol/datalink/types.js';
import { ProtocolError } from '../../src/protocol/errors.js';
import { MemoryQueue, meansFor, type Fetcher } from '../support/cutouts.js';
import { fixture } from '../support/fixtures.js';

const NOWHERE = { region: null, ra: null, dec: null, fov: null };

const SOMETHING: Fetcher = () => Promise.resolve(new Uint8Array([1]));

/** A session whose links are a recorded document. */
async function sessionOf(
  context: TestContext,
  name: string,
  id: string,
  { service, fetch = SOMETHING }: { service?: string; fetch?: Fetcher } = {}
): Promise<{ session: CutoutSession; queue: MemoryQueue }> {
  const url = 'https://x.example/links';
  const answer = await readLinks(fixture(context, name), { url, id, readAt: 0 });
  const queue = new MemoryQueue(fetch);
  const means = meansFor(archiveWith({ index: 0, answer }), queue);
  const source = { kind: 'document', url, id } as const;
  const subject = { id, title: 'x', source, facts: dataFacts(NOWHERE) };
  const session = new CutoutSession(
    { ...subject, ...(service !== undefined && { service }) },
    means
  );
  await session.load();
  return { session, queue };
}

function archiveWith(read: ISourceLinks): IArchive {
  const links = {
    read: async function* () {
      yield read;
    }
  };
  return { definition: { id: 'x', name: 'X' }, links } as unknown as IArchive;
}

const CALEXP = 'butler://dr1/ac691f52-c1a0-4199-b049-182cf403dc37';

function modelOf({ session }: { session: CutoutSession }): ServiceModel {
  if (session.model === null) {
    throw session.error ?? new Error('There is no form.');
  }
  return session.model;
}

/** What is sent, by name. */
function sent(model: ServiceModel): [string, string][] {
  const { url } = model.request ?? { url: '' };
  return [...new URL(url).searchParams];
}

function field(model: ServiceModel, name: string): IServiceField {
  const found = model.form.fields.find(one => one.name === name);
  if (!found) {
    throw new Error(`There is no field ${name}.`);
  }
  return found;
}

/** A service of three kinds of parameters. */
function service(
  parameters: readonly Partial<IServiceParameter>[],
  more: Partial<IServiceDescriptor> = {}
): IServiceDescriptor {
  return {
    id: 's',
    name: null,
    description: null,
    accessUrl: 'https://x.example/run',
    standardId: null,
    contentType: null,
    exampleUrls: [],
    parameters: parameters.map(one => ({
      name: 'P',
      id: null,
      datatype: 'char',
      arraysize: '*',
      unit: null,
      ucd: null,
      utype: null,
      xtype: null,
      description: null,
      nullValue: null,
      value: '',
      ref: null,
      options: [],
      min: null,
      max: null,
      kind: 'free',
      ...one
    })),
    ...more
  };
}

function formOf(
  described: IServiceDescriptor,
  {
    row = {},
    fetch = SOMETHING
  }: { row?: Record<string, string>; fetch?: Fetcher } = {}
): { model: ServiceModel; queue: MemoryQueue } {
  const queue = new MemoryQueue(fetch);
  const means: IServiceMeans = meansFor(
    { definition: { id: 'x' }, links: {} } as never,
    queue
  );
  const model = new ServiceModel({
    service: described,
    row: ref => row[ref] ?? null,
    id: 'x',
    title: 'x',
    meaning: 'cutout',
    facts: dataFacts(NOWHERE),
    means
  });
  return { model, queue };
}

const SODA = { standardId: 'ivo://ivoa.net/std/SODA#sync-1.0' };

const CIRCLE = {
  name: 'CIRCLE',
  datatype: 'double',
  arraysize: '3',
  xtype: 'circle'
} as const;

const POL = { name: 'POL', options: ['I', 'Q', 'V'] } as const;

describe('the form of a described service', () => {
  it('VO-42: shows fixed and bound parameters as they are sent, and asks for free ones', () => {
    const described = service([
      { name: 'MODE', kind: 'fixed', value: 'fast' },
      { name: 'ID', kind: 'bound', ref: 'obs_id' },
      { name: 'N', datatype: 'int', arraysize: null }
    ]);
    const { model } = formOf(described, { row: { obs_id: 'o 1' } });
    expect(model.given).toEqual([
      ['MODE', 'fast'],
      ['ID', 'o 1']
    ]);
    expect(model.form.fields.map(({ name }) => name)).toEqual(['N']);
    model.form.set(field(model, 'N'), { text: '3' });
    expect(sent(model)).toEqual([
      ['MODE', 'fast'],
      ['ID', 'o 1'],
      ['N', '3']
    ]);
  });

  it('VO-42: says what a row lacks that a bound parameter needs', () => {
    const { model } = formOf(service([{ name: 'ID', kind: 'bound', ref: 'obs_id' }]));
    expect(model.request).toBeNull();
    expect(model.problem).toContain('obs_id');
  });

  it('VO-43: keeps the query that the address of the service has', () => {
    const described = service([{ name: 'N' }], {
      accessUrl: 'https://x.example/run?a=1'
    });
    const { model } = formOf(described);
    model.form.set(field(model, 'N'), { text: 'b c' });
    expect(model.request?.url).toBe('https://x.example/run?a=1&N=b%20c');
  });

  it('VO-44: takes limits from MIN and MAX, infinite ones too, and choices from OPTION', () => {
    const { model } = formOf(
      service([
        { name: 'N', datatype: 'int', arraysize: null, min: '2', max: '32' },
        {
          name: 'E',
          datatype: 'double',
          arraysize: '2',
          xtype: 'interval',
          min: '1.5',
          max: '+Inf'
        },
        { name: 'KIND', options: ['HEADER', 'DATA'] }
      ])
    );
    const [n, e, kind] = model.form.fields;
    expect(n.range).toEqual([2, 32]);
    expect(e.range).toEqual([1.5, Infinity]);
    expect([kind.kind, kind.options]).toEqual(['choice', ['HEADER', 'DATA']]);
    model.form.set(n, { text: '33' });
    expect(model.problem).toBe('N must be between 2 and 32.');
    model.form.set(n, { text: '2.5' });
    expect(model.problem).toBe('N must be a whole number.');
    model.form.set(n, { text: '4' });
    model.form.set(e, { text: '2' });
    expect(sent(model)).toEqual([
      ['N', '4'],
      ['E', '2 +Inf']
    ]);
    model.form.set(e, { text: '', until: '1' });
    expect(model.problem).toContain('outside the data');
  });

  it('VO-45: tells an answer without pixels in words', async () => {
    const { model } = formOf(service([CIRCLE], SODA), {
      fetch: () =>
        Promise.reject(
          new ProtocolError('not-found', 'No pixels there.', { status: 204 })
        )
    });
    model.setShape({ kind: 'circle', at: { ra: 1, dec: 2 }, radius: 0.1 });
    await model.run();
    expect(model.state).toMatchObject({
      phase: 'failed',
      error: { message: 'No pixels there.' }
    });
  });

  it('VO-46: asks for each value by itself where the service takes one', async () => {
    const asked: string[] = [];
    const { model, queue } = formOf(service([CIRCLE, POL], SODA), {
      fetch: ({ url }) => {
        asked.push(url);
        const { searchParams } = new URL(url);
        return searchParams.getAll('POL').length > 1
          ? Promise.reject(
              new ProtocolError('rejected', 'MultiValuedParamNotSupported: POL')
            )
          : Promise.resolve(new Uint8Array([1]));
      }
    });
    model.setShape({ kind: 'circle', at: { ra: 1, dec: 2 }, radius: 0.1 });
    model.form.set(field(model, 'POL'), { chosen: ['I', 'V'] });
    await model.run();
    const pols = asked.map(url => new URL(url).searchParams.getAll('POL'));
    expect(pols).toEqual([['I', 'V'], ['I'], ['V']]);
    expect(asked.every(url => url.includes('CIRCLE=1%202%200.1'))).toBe(true);
    expect(model.state).toMatchObject({ phase: 'done' });
    expect(queue.files.size).toBe(2);
  });

  it('VO-46: takes any other refusal for what it is', async () => {
    let asked = 0;
    const { model } = formOf(service([CIRCLE, POL], SODA), {
      fetch: () => {
        asked += 1;
        return Promise.reject(new ProtocolError('rejected', 'UsageError: no such POL'));
      }
    });
    model.form.set(field(model, 'POL'), { chosen: ['I', 'V'] });
    await model.run();
    expect(asked).toBe(1);
    expect(model.state).toMatchObject({ phase: 'failed' });
  });
});

describe('a cutout of Rubin', () => {
  it('RUBIN-24: sends fixed values as they are, and has no field for them', async context => {
    const model = modelOf(
      await sessionOf(context, 'rubin/datalink_calexp.xml', CALEXP)
    );
    expect(Object.fromEntries(model.given)).toEqual({
      ID: CALEXP,
      CUTOUTDETAIL: 'Image'
    });
    const names = model.form.fields.map(({ name }) => name);
    expect(names).not.toContain('ID');
    expect(names).not.toContain('CUTOUTDETAIL');
    model.setShape({ kind: 'circle', at: { ra: 55.7, dec: -32.3 }, radius: 0.01 });
    expect(sent(model)).toContainEqual(['ID', CALEXP]);
    expect(sent(model)).toContainEqual(['CUTOUTDETAIL', 'Image']);
  });

  it('RUBIN-25: makes a choice of OPTIONs', () => {
    const { model } = formOf(
      service([{ name: 'CUTOUTDETAIL', options: ['Image', 'MaskedImage', 'Exposure'] }])
    );
    const detail = field(model, 'CUTOUTDETAIL');
    expect(detail.kind).toBe('choice');
    model.form.set(detail, { text: 'Exposure' });
    expect(sent(model)).toEqual([['CUTOUTDETAIL', 'Exposure']]);
  });

  it('RUBIN-30: says which service the links name and do not describe', async context => {
    const { session } = await sessionOf(context, 'rubin/datalink_calexp.xml', CALEXP, {
      service: 'cutout-of-dreams'
    });
    expect(session.state).toBe('failed');
    expect(session.error?.message).toContain('cutout-of-dreams');
    expect(session.model).toBeNull();
  });

  it('RUBIN-31: checks a circle before it is sent', async context => {
    const model = modelOf(
      await sessionOf(context, 'rubin/datalink_calexp.xml', CALEXP)
    );
    const type = (ra: string, dec: string, radius: string): string | null => {
      model.area.setText('ra', ra);
      model.area.setText('dec', dec);
      model.area.setText('radius', radius);
      return model.problem;
    };
    expect(type('361', '0', '1')).toMatch(/Right ascension/);
    expect(type('-1', '0', '1')).toMatch(/Right ascension/);
    expect(type('10', '-90.1', '1')).toMatch(/Declination/);
    expect(type('10', '0', '0')).toMatch(/Radius/);
    expect(type('10', '0', '-1')).toMatch(/Radius/);
    expect(type('10', '0', 'Inf')).toMatch(/Radius/);
    expect(type('10', '0', '0,5')).toMatch(/Radius/);
    expect(model.request).toBeNull();
    expect(type('10', '\u22120.5', '0.5')).toBeNull();
    expect(sent(model)).toContainEqual(['CIRCLE', '10 -0.5 0.5']);
  });

  it('RUBIN-32: wants three corners of a polygon', async context => {
    const model = modelOf(
      await sessionOf(context, 'rubin/datalink_calexp.xml', CALEXP)
    );
    model.setKind('polygon');
    model.area.setText('corners', '10 1, 11 1');
    expect(model.problem).toMatch(/three/);
    expect(model.request).toBeNull();
    model.area.setText('corners', '10 1, 11 1, 11 2');
    expect(model.problem).toBeNull();
  });

  it('RUBIN-33: parts numbers by single blanks and encodes the query', async context => {
    const model = modelOf(
      await sessionOf(context, 'rubin/datalink_calexp.xml', CALEXP)
    );
    model.setShape({ kind: 'circle', at: { ra: 55.5, dec: -32.25 }, radius: 0.125 });
    expect(model.request?.url).toBe(
      'https://data-dev.lsst.cloud/api/cutout/sync' +
        `?ID=${encodeURIComponent(CALEXP)}&CIRCLE=55.5%20-32.25%200.125&CUTOUTDETAIL=Image`
    );
  });

  it('RUBIN-34: sends the one shape that is shown', async context => {
    const model = modelOf(
      await sessionOf(context, 'rubin/datalink_calexp.xml', CALEXP)
    );
    expect(model.kinds).toEqual(['circle', 'polygon']);
    model.setShape({ kind: 'circle', at: { ra: 55.5, dec: -32.25 }, radius: 0.125 });
    model.setKind('polygon');
    const names = sent(model).map(([name]) => name);
    expect(names).toContain('POLYGON');
    expect(names).not.toContain('CIRCLE');
    expect(names).not.toContain('POS');
  });
});

describe('a cutout of ESO', () => {
  it('ESO-22: offers what the descriptor has and nothing else; the ID stays as it is', async context => {
    const id = 'ivo://eso.org/ID?ADP.2026-08-19T13:19:07.647';
    const name = 'eso/synthetic_product_datalink_soda.votable.xml';
    const model = modelOf(await sessionOf(context, name, id));
    expect(model.kinds).toEqual(['circle']);
    expect(model.form.fields.map(one => one.name)).toEqual(['BAND']);
    expect(model.given).toEqual([['ID', id]]);
    const band = field(model, 'BAND');
    model.form.set(band, { text: '656.3', until: '700', unit: 'nm' });
    expect(sent(model)).toEqual([
      ['ID', id],
      ['BAND', '6.563e-7 7e-7']
    ]);
    model.form.set(band, { text: '400', until: '600', unit: 'THz' });
    const [from, until] = sent(model)[1][1].split(' ').map(Number);
    expect(from).toBeCloseTo(299_792_458 / 600e12, 12);
    expect(until).toBeCloseTo(299_792_458 / 400e12, 12);
  });
});
