import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IJobRecord } from '../../../../src/archives/jobrecord.js';
import { QueryModel } from '../../../../src/model/query.js';
import { bench, type IBench, meanwhile, pass, start } from './bench.js';

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) }));
afterEach(() => vi.useRealTimers());

describe('what becomes of the rows', () => {
  async function done(at: IBench): Promise<IJobRecord> {
    const { record } = await start(at);
    await pass(10);
    return record;
  }

  it('ESO-13: removes a job at the service once its rows were saved, not before', async () => {
    const at = bench();
    const { id } = await done(at);
    await meanwhile(at.model.note(id, { rows: 3 }));
    expect(at.uws.jobs.size).toBe(1);
    expect(at.model.request(id)?.job?.url).toBe('https://tap.example/tap/async/1');
    await meanwhile(at.model.note(id, { saved: 'm83.fits' }));
    expect(at.uws.jobs.size).toBe(0);
    expect(at.store.records.get(id)).toMatchObject({
      rows: 3,
      saved: 'm83.fits',
      removed: 'COMPLETED'
    });
    expect(at.model.request(id)).toMatchObject({
      subject: 'M 83',
      query: { maxrec: 100 }
    });
    expect(at.model.request(id)?.job).toBeUndefined();
  });

  it('ESO-13: removes it as soon as all rows were fetched where the user wants that', async () => {
    const at = bench();
    at.model.removeWhen = 'fetched';
    const { id } = await done(at);
    await meanwhile(at.model.note(id, { rows: 3 }));
    expect(at.uws.jobs.size).toBe(0);
  });

  it('are fetched from the job as long as it has them, and nothing is run', async () => {
    const at = bench();
    const { id } = await done(at);
    const query = new QueryModel();
    query.open(at.model.request(id)!);
    const asked = at.uws.seen.length;
    await meanwhile(query.run(), 1);
    expect(query.result.state).toBe('done');
    expect(query.result.rows?.rowCount).toBe(3);
    expect(query.result.provenance?.job?.url).toBe('https://tap.example/tap/async/1');
    expect(at.uws.calls.slice(asked)).toEqual(['GET /async/1/results/result']);
    // What was edited is another query than the job's.
    query.adql = 'SELECT 2';
    expect(query.current?.job).toBeUndefined();
  });

  it('leaves it at the service where the user wants that', async () => {
    const at = bench();
    at.model.removeWhen = 'never';
    const { id } = await done(at);
    await meanwhile(at.model.note(id, { rows: 3, saved: 'm83.fits' }));
    expect(at.uws.jobs.size).toBe(1);
  });
});
