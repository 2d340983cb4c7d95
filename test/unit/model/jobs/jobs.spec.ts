import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import { bench, FakeAccounts, type IBench, meanwhile, pass, start } from './bench.js';

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) }));
afterEach(() => vi.useRealTimers());

/** Phases as the model tells them, each once. */
function phases({ model }: IBench): string[] {
  const seen: string[] = [];
  model.changed.connect(() => {
    const phase = model.jobs[0]?.job?.phase;
    if (phase !== undefined && phase !== seen.at(-1)) {
      seen.push(phase);
    }
  });
  return seen;
}

describe('JobsModel', () => {
  it('starts a job, keeps it, follows it and tells its end', async () => {
    const at = bench();
    const seen = phases(at);
    const ended: string[] = [];
    at.model.ended.connect((_, { record }) => ended.push(record.name));
    const { record } = await start(at);
    expect(at.store.records.get(record.id)).toEqual({
      id: record.id,
      archive: 'x',
      service: 'https://tap.example/tap',
      url: 'https://tap.example/tap/async/1',
      name: 'M 83',
      table: 'ivoa.ObsCore',
      adql: 'SELECT * FROM ivoa.ObsCore',
      maxrec: 100,
      created: Date.UTC(2026, 10, 22, 12)
    });
    await pass(10);
    expect(seen).toEqual(['QUEUED', 'EXECUTING', 'COMPLETED']);
    expect(ended).toEqual(['M 83']);
    expect(at.store.records.get(record.id)?.ended).toBeGreaterThan(record.created);
    const asked = at.uws.seen.length;
    await pass(3600);
    expect(at.uws.seen.length).toBe(asked);
  });

  it('asks for its time to run, its label, and to be kept for a week', async () => {
    const at = bench();
    const { job } = await start(at);
    expect(job?.executionDuration).toBe(600);
    expect(job?.destruction).toBe(Date.UTC(2026, 10, 29, 12));
    expect(at.uws.seen[0].form).toContain('RUNID=M+83');
  });

  it('follows jobs on after the page was loaded anew', async () => {
    const at = bench({
      plan: [
        [0, 'EXECUTING'],
        [60_000, 'COMPLETED']
      ]
    });
    await start(at);
    at.model.dispose();
    await pass(10);
    const asked = at.uws.seen.length;
    const model = at.reload();
    const ended = vi.fn();
    model.ended.connect(ended);
    await meanwhile(model.load());
    expect(model.jobs.map(({ record }) => record.name)).toEqual(['M 83']);
    await pass(60);
    expect(at.uws.seen.length).toBeGreaterThan(asked);
    expect(model.jobs[0].job?.phase).toBe('COMPLETED');
    expect(ended).toHaveBeenCalledOnce();
    expect(at.uws.seen.slice(asked).every(({ method }) => method === 'GET')).toBe(true);
  });

  it('tells the end of a job that ended while the page was away, once', async () => {
    const at = bench();
    await start(at);
    at.model.dispose();
    await pass(86_400);
    const ended = vi.fn();
    for (const model of [at.reload(), at.reload()]) {
      model.ended.connect(ended);
      await meanwhile(model.load(), 1);
      model.dispose();
    }
    expect(ended).toHaveBeenCalledOnce();
  });

  it('asks about nobody’s jobs in the user’s name before the user does something', async () => {
    const accounts = new FakeAccounts();
    const at = bench({ plan: [[0, 'EXECUTING']] }, { accounts });
    await start(at, { as: 'me' });
    at.model.dispose();
    await pass(1);
    const asked = at.uws.seen.length;
    const model = at.reload();
    await meanwhile(model.load(), 120);
    const watching = model.watch();
    await pass(120);
    expect(at.uws.seen.length).toBe(asked);
    model.wake();
    await pass(2);
    expect(at.uws.seen.length).toBeGreaterThan(asked);
    expect(at.uws.seen.at(-1)?.as).toBe('me');
    watching.dispose();
    model.dispose();
  });

  it('asks about ended jobs only while somebody looks, and once', async () => {
    const at = bench();
    await start(at);
    await pass(10);
    const model = at.reload();
    await meanwhile(model.load(), 60);
    const asked = at.uws.seen.length;
    expect(model.jobs[0].job).toBeNull();
    model.watch();
    await pass(1);
    expect(model.jobs[0].job?.phase).toBe('COMPLETED');
    model.watch();
    await pass(600);
    expect(at.uws.seen.length).toBe(asked + 1);
  });

  it('asks seldom while nobody sees the page', async () => {
    let isHidden = false;
    const at = bench({ plan: [[0, 'EXECUTING']] }, { isHidden: () => isHidden });
    await start(at);
    await pass(31);
    isHidden = true;
    await pass(31);
    const asked = at.uws.polls.length;
    await pass(600);
    expect(at.uws.polls.length - asked).toBeLessThanOrEqual(10);
    expect(
      at.uws.polls.slice(asked + 1).some(({ path }) => path.includes('WAIT'))
    ).toBe(false);
  });

  it('lets the service hold back one question at a time', async () => {
    const at = bench({ plan: [[0, 'EXECUTING']] });
    await start(at);
    await start(at);
    await start(at);
    await pass(29);
    const held = at.uws.polls.filter(({ path }) => path.includes('WAIT'));
    expect(held).toHaveLength(1);
    expect(at.uws.polls.length).toBeGreaterThan(5);
  });

  it('stops a job, removes it at the service, and keeps the record', async () => {
    const at = bench({ plan: [[0, 'EXECUTING']] });
    const { record } = await start(at);
    const ended = vi.fn();
    at.model.ended.connect(ended);
    await meanwhile(at.model.stop(record.id), 1);
    expect(at.uws.jobs.size).toBe(0);
    const [entry] = at.model.jobs;
    expect(entry).toMatchObject({ gone: false, work: null });
    expect(entry.record.removed).toBe('ABORTED');
    expect(at.store.records.get(record.id)?.removed).toBe('ABORTED');
    expect(ended).not.toHaveBeenCalled();
  });

  it('tells a job that vanished, and does not ask again', async () => {
    const at = bench({ plan: [[0, 'EXECUTING']] });
    await start(at);
    await pass(1);
    at.uws.jobs.clear();
    await pass(120);
    expect(at.model.jobs[0]).toMatchObject({ gone: true, error: null });
    const asked = at.uws.seen.length;
    await pass(600);
    expect(at.uws.seen.length).toBe(asked);
  });

  it('goes on asking when the service does not answer for a while', async () => {
    const at = bench({
      plan: [
        [0, 'EXECUTING'],
        [200_000, 'COMPLETED']
      ]
    });
    await start(at);
    const request = at.uws.request.bind(at.uws);
    at.uws.request = () =>
      Promise.reject(new ProtocolError('unavailable', 'No answer.'));
    await pass(60);
    expect(at.model.jobs[0].error?.kind).toBe('unavailable');
    at.uws.request = request;
    await pass(300);
    expect(at.model.jobs[0]).toMatchObject({ error: null });
    expect(at.model.jobs[0].job?.phase).toBe('COMPLETED');
  });

  it('waits for the next sign-in where the last ran out', async () => {
    const accounts = new FakeAccounts();
    const at = bench({ plan: [[0, 'EXECUTING']] }, { accounts });
    await start(at, { as: 'me' });
    const request = at.uws.request.bind(at.uws);
    const refused = vi.fn(() =>
      Promise.reject(new ProtocolError('expired', 'The sign-in ran out.'))
    );
    at.uws.request = refused;
    await pass(120);
    const tries = refused.mock.calls.length;
    accounts.changed.emit();
    await pass(120);
    expect(refused.mock.calls.length).toBe(tries);
    expect(at.model.jobs[0].error?.kind).toBe('expired');
    at.uws.request = request;
    accounts.who = 'ASTRO2';
    accounts.changed.emit();
    await pass(3);
    expect(at.model.jobs[0].error).toBeNull();
  });

  it('removes a job at the service, or here alone', async () => {
    const at = bench();
    const first = await start(at);
    const second = await start(at);
    await pass(10);
    await meanwhile(at.model.remove(first.record.id));
    await meanwhile(at.model.remove(second.record.id, false));
    expect([...at.uws.jobs.keys()]).toEqual(['2']);
    expect(at.model.jobs).toEqual([]);
    expect(at.store.records.size).toBe(0);
  });

  it('keeps a job in the list that could not be removed', async () => {
    const at = bench({ onDelete: 500 });
    const { record } = await start(at);
    await pass(10);
    at.uws.request = () =>
      Promise.reject(new ProtocolError('unavailable', 'No answer.'));
    await expect(meanwhile(at.model.remove(record.id))).rejects.toMatchObject({
      kind: 'unavailable'
    });
    expect(at.model.jobs).toHaveLength(1);
    expect(at.model.jobs[0].work).toBeNull();
  });

  it('tells when a job could not be kept, and follows it all the same', async () => {
    const at = bench();
    at.store.isFull = true;
    await start(at);
    expect(at.model.error?.message).toBe('No space is left.');
    await pass(10);
    expect(at.model.jobs[0].job?.phase).toBe('COMPLETED');
  });

  it('starts one job for each slice', async () => {
    const at = bench();
    const more = [2, 3].map(n => ({ adql: `SELECT ${n}`, maxrec: 5 }));
    const first = await meanwhile(at.model.start(at.request({ more }), 'Stars'), 5);
    expect(first.record.name).toBe('Stars, 1 of 3');
    expect(at.uws.jobs.size).toBe(3);
    expect(at.model.jobs.map(({ record }) => record.name).sort()).toEqual([
      'Stars, 1 of 3',
      'Stars, 2 of 3',
      'Stars, 3 of 3'
    ]);
  });
});

describe('a job that may outlast the sign-in', () => {
  const soon = Date.UTC(2026, 10, 22, 12, 5) / 1000;

  it('is started only if the user wants it', async () => {
    const accounts = new FakeAccounts(soon);
    const confirm = vi.fn(() => Promise.resolve(false));
    const at = bench({}, { accounts, confirm });
    await expect(start(at, { as: 'me' })).rejects.toMatchObject({ kind: 'cancelled' });
    expect(confirm).toHaveBeenCalledWith({ archive: at.archive, left: 300 });
    expect(at.uws.seen).toEqual([]);
    confirm.mockResolvedValue(true);
    await start(at, { as: 'me' });
    expect(at.uws.jobs.size).toBe(1);
  });

  it.each([
    ['runs in nobody’s name', soon, {}],
    ['ends in time', soon + 3600, { as: 'me' }],
    ['has no end to outlast', null, { as: 'me' }]
  ] as const)('is not asked about where it %s', async (_, expires, changes) => {
    const confirm = vi.fn(() => Promise.resolve(false));
    const at = bench({}, { accounts: new FakeAccounts(expires), confirm });
    await start(at, changes);
    expect(confirm).not.toHaveBeenCalled();
  });
});
