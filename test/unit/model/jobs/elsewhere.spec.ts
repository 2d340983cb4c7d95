import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { bench, FakeAccounts, type IBench, meanwhile, pass, start } from './bench.js';

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) }));
afterEach(() => vi.useRealTimers());

describe('jobs started elsewhere', () => {
  async function elsewhere(at: IBench): Promise<void> {
    await meanwhile(
      (async () => {
        const jobs = at.archive.discover?.jobs;
        await jobs?.start(
          at.uws.base,
          { adql: 'SELECT 7 FROM dbo.raw', maxrec: 7 },
          {}
        );
      })()
    );
    await pass(10);
  }

  it('are found on refresh at archives with jobs here, and kept when fetched', async () => {
    const at = bench();
    await elsewhere(at);
    await meanwhile(at.model.refresh());
    expect(at.model.jobs).toEqual([]);
    await start(at);
    await meanwhile(at.model.refresh());
    const found = at.model.jobs.find(({ kept }) => !kept);
    expect(found).toMatchObject({
      record: { name: '1', elsewhere: true, url: 'https://tap.example/tap/async/1' },
      job: { phase: 'COMPLETED' }
    });
    expect(at.store.records.size).toBe(1);
    const kept = await meanwhile(at.model.keep(found?.record.id ?? ''));
    expect(kept.record).toMatchObject({
      adql: 'SELECT 7 FROM dbo.raw',
      maxrec: 7,
      table: 'dbo.raw',
      elsewhere: true
    });
    expect(at.store.records.size).toBe(2);
    await meanwhile(at.model.refresh());
    expect(at.model.jobs.filter(one => !one.kept)).toEqual([]);
  });

  it('are found everywhere when that is asked', async () => {
    const at = bench();
    await elsewhere(at);
    await meanwhile(at.model.refresh(true));
    expect(at.model.jobs.map(({ record }) => record.name)).toEqual(['1']);
  });

  it('are looked for in the user’s name where one is signed in', async () => {
    const at = bench({}, { accounts: new FakeAccounts() });
    await elsewhere(at);
    await meanwhile(at.model.refresh());
    expect(at.uws.seen.at(-1)).toMatchObject({ path: '/async', as: 'me' });
    expect(at.model.jobs[0].record.as).toBe('me');
  });

  it('are never removed without a word', async () => {
    const at = bench();
    await elsewhere(at);
    await meanwhile(at.model.refresh(true));
    const { record } = await meanwhile(at.model.keep(at.model.jobs[0].record.id));
    await meanwhile(at.model.note(record.id, { saved: 'a.fits' }));
    expect(at.uws.jobs.size).toBe(1);
  });
});
