import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type { IArchiveDefinition } from '../../src/archives/archive.js';
import { createIvoaArchive } from '../../src/archives/index.js';
import { TapJobService } from '../../src/archives/ivoa/jobs.js';
import { ProtocolError } from '../../src/protocol/errors.js';
import type { IAskOptions } from '../../src/protocol/transport.js';
import { parseJob } from '../../src/protocol/uws.js';
import { streamVOTable } from '../../src/protocol/votable/index.js';
import { fixtureText } from '../support/fixtures.js';
import { votable } from '../support/transport.js';
import { FakeUws, type IUwsHabits } from '../support/uws.js';
import { FakeClock } from '../support/waiting.js';
import { settled } from '../support/settled.js';

const DEFINITION = {
  ...(JSON.parse(
    readFileSync('obsdeck/archives/definitions/eso.json', 'utf8')
  ) as IArchiveDefinition),
  origin: 'shipped'
} as const;

const BASE = 'https://archive.eso.org/tap_obs';
const QUERY = { adql: 'SELECT TOP 3 * FROM dbo.raw', maxrec: 100 };

/** ESO as its definition describes it, its service, and what it was asked. */
function eso(habits: Partial<IUwsHabits> = {}) {
  const clock = new FakeClock(Date.UTC(2026, 3, 1));
  const uws = new FakeUws(clock, habits, BASE);
  const means = { transport: uws, readVOTable: streamVOTable, clock };
  const { discover } = createIvoaArchive(DEFINITION, means);
  const table = discover?.tables.find(({ name }) => name === 'dbo.raw');
  if (!discover || !table) {
    throw new Error('ESO has no raw frames');
  }
  const ask = async (how: IAskOptions, signal = new AbortController().signal) => {
    let rows = 0;
    for await (const event of discover.run(table, QUERY, signal, how)) {
      rows += event.type === 'batch' ? event.batch.numRows : 0;
    }
    return rows;
  };
  return { clock, uws, ask, jobs: new TapJobService(DEFINITION, means) };
}

describe('ESO', () => {
  it('ESO-10: an anonymous query is sent in nobody’s name although one is signed in', async () => {
    const { uws, ask, jobs } = eso();
    await ask({});
    const { address } = await jobs.start(BASE, QUERY, {});
    await jobs.status(address);
    await jobs.remove(address);
    expect(uws.seen.length).toBeGreaterThan(5);
    expect(uws.seen.filter(({ as }) => as !== undefined)).toEqual([]);
  });

  it('ESO-11: a search in the user’s name runs as a job, all of it in that name', async () => {
    const { uws, ask } = eso();
    expect(await ask({ as: 'me' })).toBe(3);
    await settled();
    expect(uws.calls).toContain('POST /async');
    expect(uws.calls).not.toContain('POST /sync');
    expect(uws.seen.every(({ as }) => as === 'me')).toBe(true);
  });

  it('ESO-11: a search as anyone does not', async () => {
    const { uws, ask } = eso();
    await ask({});
    expect(uws.calls).toEqual(['POST /sync']);
  });

  it('ESO-12: the execution duration is set before the job runs', async () => {
    const { uws, jobs } = eso();
    const { job } = await jobs.start(BASE, QUERY, {});
    const forms = uws.seen.filter(({ method }) => method === 'POST');
    expect(forms.map(({ path, form }) => `${path} ${form}`).slice(1)).toEqual([
      '/async/1/executionduration EXECUTIONDURATION=3600',
      '/async/1/phase PHASE=RUN'
    ]);
    expect(forms[0].form).not.toContain('PHASE');
    expect(job.executionDuration).toBe(3600);
  });

  it('ESO-13: the job behind a search is deleted once its rows have arrived', async () => {
    const { uws, ask } = eso();
    await ask({ as: 'me' });
    await settled();
    const fetched = uws.calls.indexOf('GET /async/1/results/result');
    const deleted = uws.calls.indexOf('DELETE /async/1');
    expect(fetched).toBeGreaterThan(0);
    expect(deleted).toBeGreaterThan(fetched);
    expect(uws.jobs.size).toBe(0);
  });

  it('ESO-13: the job behind a search is stopped and deleted when the user cancels', async () => {
    const { uws, ask, clock } = eso({ plan: [[0, 'EXECUTING']] });
    const abort = new AbortController();
    const sleep = clock.sleep.bind(clock);
    clock.sleep = milliseconds => {
      if (uws.polls.length > 2) {
        abort.abort();
      }
      return sleep(milliseconds);
    };
    await expect(ask({ as: 'me' }, abort.signal)).rejects.toMatchObject({
      kind: 'cancelled'
    });
    await settled();
    expect(uws.seen.some(({ form }) => form === 'PHASE=ABORT')).toBe(true);
    expect(uws.calls).toContain('DELETE /async/1');
    expect(uws.jobs.size).toBe(0);
  });

  it('ESO-13: a job that failed is told in the service’s words, and deleted', async () => {
    const words = 'Incorrect ADQL query: unresolved identifier s_raa';
    const { uws, ask } = eso({
      plan: [[0, 'ERROR']],
      error: () => new Response(votable({ status: 'ERROR', message: words }))
    });
    const reason: unknown = await ask({ as: 'me' }).catch((error: unknown) => error);
    expect(reason).toBeInstanceOf(ProtocolError);
    expect(reason).toMatchObject({ kind: 'rejected', details: { archive: 'ESO' } });
    expect((reason as ProtocolError).message).toContain(words);
    await settled();
    expect(uws.jobs.size).toBe(0);
  });

  it('ESO-14: times that are xsi:nil are null', context => {
    const read = (name: string) =>
      parseJob(
        fixtureText(context, `eso/synthetic_uws_${name}.xml`),
        `${BASE}/async/d98a8ab8`
      );
    const pending = read('pending');
    expect(pending).toMatchObject({ quote: null, started: null, ended: null });
    expect(pending.created).toBe(Date.UTC(2026, 3, 1, 10, 16, 13));
    expect(pending.owner).toBeNull();
    expect(read('executing')).toMatchObject({
      phase: 'EXECUTING',
      started: Date.UTC(2026, 3, 1, 10, 16, 14),
      ended: null,
      canWait: true
    });
    expect(read('completed').results).toEqual([
      expect.objectContaining({
        id: 'result',
        mime: 'application/x-votable+xml',
        size: 8112
      })
    ]);
    expect(read('error').error?.message).toBe(
      'Incorrect ADQL query: unresolved identifier s_raa'
    );
    expect(read('aborted').phase).toBe('ABORTED');
  });
});
