import type { TestContext } from 'vitest';
import { beforeAll, describe, expect, it } from 'vitest';

import type { IArchive, IArchiveDefinition } from '../../src/archives/archive.js';
import { createIvoaArchive } from '../../src/archives/ivoa/index.js';
import { ServiceJobs } from '../../src/archives/servicejobs.js';
import { dataFacts } from '../../src/model/cutout/facts.js';
import { CutoutSession } from '../../src/model/cutout/session.js';
import type { ServiceModel } from '../../src/model/cutout/service.js';
import { rowTarget } from '../../src/model/quicklook/rowtarget.js';
import { RowStore } from '../../src/model/columns.js';
import { cellsOf } from '../../src/model/rowcells.js';
import { refusal } from '../../src/protocol/answer.js';
import { ProtocolError } from '../../src/protocol/errors.js';
import { streamVOTable } from '../../src/protocol/votable/index.js';
import { BrowserTransport } from '../../src/transport/browser.js';
import { MemoryQueue, meansFor } from '../support/cutouts.js';

/** A real service of the IVOA, started by `make test`. */
const DACHS = process.env['OBSDECK_DACHS'] ?? 'http://127.0.0.1:8080';

const DEFINITION = {
  id: 'dachs',
  name: 'DaCHS',
  kind: 'ivoa',
  services: { tap: [{ url: `${DACHS}/tap`, title: 'TAP' }] },
  signIn: { kind: 'none' },
  origins: []
} as unknown as IArchiveDefinition;

const transport = new BrowserTransport();
const archive = createIvoaArchive(DEFINITION, {
  transport,
  readVOTable: streamVOTable
});

let isUp = false;

beforeAll(async () => {
  isUp = await fetch(`${DACHS}/tap/availability`).then(
    ({ ok }) => ok,
    () => false
  );
});

/** Skip with the reason where the service is not there. */
function needDachs({ skip }: TestContext): void {
  skip(!isUp, `no DaCHS answers at ${DACHS}`);
}

/** Fetch as the download queue does: no pixels and refusals are errors. */
async function fetched({ url }: { readonly url: string }): Promise<Uint8Array> {
  const answer = await transport.request('dachs', { url });
  if (answer.status === 204) {
    throw new ProtocolError('not-found', 'No pixels there.', { status: 204 });
  }
  if (answer.status !== 200) {
    throw await refusal(answer);
  }
  return new Uint8Array(await new Response(answer.body).arrayBuffer());
}

/** The first rows of a query. */
async function rowsOf(asked: IArchive, adql: string): Promise<RowStore> {
  const stop = new AbortController();
  const { discover } = asked;
  const [table] = discover?.tables ?? [];
  let store: RowStore | null = null;
  for await (const event of discover?.run(
    table ?? { name: '', title: '', service: `${DACHS}/tap` },
    { adql, maxrec: 5 },
    stop.signal
  ) ?? []) {
    if (event.type === 'head') {
      store = new RowStore(event.head);
    } else if (event.type === 'batch') {
      store?.append(event.batch);
    }
  }
  if (!store || store.rowCount === 0) {
    throw new Error('The query found no rows.');
  }
  return store;
}

/** A cutout of what an observation's row leads to, its links read. */
async function cutoutOf(did: string): Promise<{
  session: CutoutSession;
  model: ServiceModel;
  queue: MemoryQueue;
}> {
  const store = await rowsOf(
    archive,
    `SELECT * FROM ivoa.obscore WHERE obs_publisher_did = '${did}'`
  );
  const { id, title, source, sky } = rowTarget(archive, cellsOf(store, 0));
  const queue = new MemoryQueue(fetched);
  const jobs = new ServiceJobs(transport, DEFINITION);
  const subject = { id, title, source, facts: dataFacts(sky) };
  const session = new CutoutSession(subject, meansFor(archive, queue, { jobs }));
  await session.load();
  if (session.model === null) {
    throw session.error ?? new Error('No service is described.');
  }
  return { session, model: session.model, queue };
}

/** Cards of the first header of a FITS file (FITS 4.0 §4.1) that hold numbers. */
function header(bytes: Uint8Array): Readonly<Record<string, number>> {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 2880 * 12));
  expect(text.slice(0, 9)).toBe('SIMPLE  =');
  const cards: readonly string[] = text.match(/.{80}/gs) ?? [];
  return Object.fromEntries(
    cards
      .slice(0, cards.indexOf('END'.padEnd(80)))
      .filter(card => card[8] === '=')
      .map(card => [card.slice(0, 8).trim(), parseFloat(card.slice(10).split('/')[0])])
  );
}

async function saved(model: ServiceModel, queue: MemoryQueue): Promise<Uint8Array> {
  await model.run();
  if (model.state.phase === 'failed') {
    throw model.state.error;
  }
  expect(model.state).toMatchObject({ phase: 'done', results: [{ kind: 'file' }] });
  const [path] = [...queue.files.keys()].slice(-1);
  return queue.files.get(path) ?? new Uint8Array();
}

const IMAGE = 'ivo://x-obsdeck/ID?ADP.2020-12-17T21:36:00.000';
const CUBE = 'ivo://x-obsdeck/ID?ADP.2021-04-16T04:48:00.000';

/** Degrees of a pixel of the image. */
const PIXEL = 0.0354166 / 256;

describe('cutouts of a real SODA service', () => {
  it('cuts a circle out of an image, as large as it was drawn', async context => {
    needDachs(context);
    const { model, queue } = await cutoutOf(IMAGE);
    const at = { ra: 40.6697, dec: -0.0133 };
    model.setShape({ kind: 'circle', at, radius: 0.004 });
    const { NAXIS, NAXIS1, NAXIS2 } = header(await saved(model, queue));
    expect(NAXIS).toBe(2);
    expect(NAXIS1).toBeGreaterThan((0.008 / PIXEL) * 0.95);
    expect(NAXIS1).toBeLessThan((0.008 / PIXEL) * 1.1 + 2);
    expect(Math.abs(NAXIS1 - NAXIS2)).toBeLessThanOrEqual(2);
  });

  it('cuts a polygon out of an image', async context => {
    needDachs(context);
    const { model, queue } = await cutoutOf(IMAGE);
    const corners = [
      { ra: 40.66, dec: -0.02 },
      { ra: 40.67, dec: -0.02 },
      { ra: 40.67, dec: -0.015 },
      { ra: 40.66, dec: -0.015 }
    ];
    model.setShape({ kind: 'polygon', corners });
    const { NAXIS1, NAXIS2 } = header(await saved(model, queue));
    expect(NAXIS1 / NAXIS2).toBeCloseTo(2, 0);
  });

  it('cuts a range of wavelengths out of a cube, whatever unit it is typed in', async context => {
    needDachs(context);
    const { model, queue } = await cutoutOf(CUBE);
    const band = model.form.fields.find(({ name }) => name === 'BAND');
    expect(band).toBeDefined();
    model.form.set(band!, { text: '600', until: '660', unit: 'nm' });
    const wave = header(await saved(model, queue));
    expect(wave['NAXIS']).toBe(3);
    // Planes of 3 nm.
    expect(wave['NAXIS3']).toBeGreaterThanOrEqual(19);
    expect(wave['NAXIS3']).toBeLessThanOrEqual(22);
  });

  it('tells that a circle beside the data has no pixels', async context => {
    needDachs(context);
    const { model } = await cutoutOf(IMAGE);
    const raw = model.area;
    raw.setText('ra', '120');
    await model.run();
    const words =
      model.state.phase === 'failed' ? model.state.error.message : model.problem;
    expect(words).toMatch(/No pixels there\.|outside/);
  });

  it(
    'runs the same cutout as a job and fetches its result',
    { timeout: 60_000 },
    async context => {
      needDachs(context);
      const { session, queue } = await cutoutOf(IMAGE);
      const job = session.choices.find(({ service }) =>
        /async/i.test(service.standardId ?? '')
      );
      expect(job).toBeDefined();
      session.choose(job!.key);
      const { model } = session;
      model!.setShape({
        kind: 'circle',
        at: { ra: 40.6697, dec: -0.0133 },
        radius: 0.002
      });
      expect(header(await saved(model!, queue))['NAXIS']).toBe(2);
    }
  );
});
