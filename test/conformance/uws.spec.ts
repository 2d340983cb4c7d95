import { describe, expect, it } from 'vitest';

import { TapJobs } from '../../src/protocol/tap.js';
import { FakeUws, redirect } from '../support/uws.js';
import { FakeClock } from '../support/waiting.js';
import { failure, follow, NOON, QUERY, rows, service } from './uwsbench.js';

/** Milliseconds between questions. */
function gaps(uws: FakeUws): number[] {
  const times = uws.polls.map(({ at }) => at);
  return times.slice(1).map((time, index) => time - times[index]);
}

describe('UWS', () => {
  it('VO-7: a job is made, set, run, waited for, fetched and deleted in that order', async () => {
    const at = service();
    const started = await at.jobs.start(QUERY, {
      executionDuration: 600,
      keep: 7 * 86_400
    });
    await follow(at, started);
    expect(await rows(at.jobs.result(started.url, 1000))).toContain('batch');
    await at.jobs.uws.remove(started.url);
    const steps = at.uws.seen
      .filter(({ path }) => !/^\/async\/1(\?|$)/.test(path) || path === '/async/1')
      .map(({ method, path, form }) => `${method} ${path} ${form}`.trim())
      .filter(step => !/^GET \/async(\/1)?$/.test(step));
    expect(steps[0]).toContain('POST /async REQUEST=doQuery&LANG=ADQL');
    expect(steps[0]).toContain('MAXREC=1000');
    expect(steps[0]).not.toContain('PHASE=');
    expect(steps.slice(1)).toEqual([
      'POST /async/1/executionduration EXECUTIONDURATION=600',
      'POST /async/1/destruction DESTRUCTION=2026-04-08T10:00:00Z',
      'POST /async/1/phase PHASE=RUN',
      'GET /async/1/results/result',
      'DELETE /async/1'
    ]);
    expect(at.uws.jobs.size).toBe(0);
  });

  it('VO-7: settings that the service clips, or refuses, are read back', async () => {
    const clipped = service({ longest: 100 });
    const { job } = await clipped.jobs.start(QUERY, { executionDuration: 600 });
    expect(job.executionDuration).toBe(100);
    const stubborn = service({ refuses: 'executionduration' });
    const started = await stubborn.jobs.start(QUERY, { executionDuration: 600 });
    expect(started.job).toMatchObject({ phase: 'QUEUED', executionDuration: 60 });
  });

  it.each([
    ['two hours ahead', 2],
    ['a day behind', -24]
  ])(
    'VO-7: a job is kept as long as wanted where the service’s clock is %s',
    async (_, hours) => {
      const here = new FakeClock(NOON);
      const there = NOON + hours * 3_600_000;
      const uws = new FakeUws(new FakeClock(there));
      const jobs = new TapJobs(uws, { id: 'x', name: 'Example' }, uws.base, {
        clock: here
      });
      const { job } = await jobs.start(QUERY, { keep: 7 * 86_400 });
      expect(job.destruction).toBe(there + 7 * 86_400_000);
      // What is left of it is told by the service's time, which the document came with.
      expect(job.sent).toBe(there);
    }
  );

  it.each(['1', './1', '/tap/async/1', '//tap.example/tap/async/1'])(
    'VO-8: the Location %s is resolved against the request',
    async location => {
      const relative =
        location === '1' ? 'async/1' : location.replace('./', './async/');
      const { jobs } = service({ created: () => redirect(relative) });
      const { url } = await jobs.start(QUERY);
      expect(url).toBe('https://tap.example/tap/async/1');
    }
  );

  it('VO-8: a Location without redirect, or a job document alone, is understood', async () => {
    const accepted = service({
      created: () =>
        new Response(null, { status: 202, headers: { Location: '/tap/async/1' } })
    });
    expect((await accepted.jobs.start(QUERY)).url).toBe(
      'https://tap.example/tap/async/1'
    );
    const told = service({
      created: () => new Response('<job><jobId>1</jobId><phase>PENDING</phase></job>')
    });
    expect((await told.jobs.start(QUERY)).url).toBe('https://tap.example/tap/async/1');
  });

  it('VO-9: WAIT is asked with the phase just seen, and never more than once a second', async () => {
    const at = service();
    const started = await at.jobs.start(QUERY);
    expect(await follow(at, started)).toEqual(['EXECUTING', 'COMPLETED']);
    const asked = at.uws.polls.filter(({ path }) => path.includes('?'));
    expect(asked.map(({ path }) => path)).toEqual([
      '/async/1?WAIT=30&PHASE=QUEUED',
      '/async/1?WAIT=30&PHASE=EXECUTING'
    ]);
  });

  it('VO-9: phases that change all the time are not asked for faster', async () => {
    const plan = Array.from({ length: 200 }, (_, index) => {
      return [index * 700, index % 2 ? 'QUEUED' : 'EXECUTING'] as const;
    });
    const at = service({ plan, ignoresWait: true });
    await follow(at, await at.jobs.start(QUERY), 30);
    expect(Math.min(...gaps(at.uws).slice(1))).toBeGreaterThanOrEqual(1000);
  });

  it('VO-9: without WAIT the pauses are 1, 2, 4 … 30 s', async () => {
    const at = service({ version: '1.0', plan: [[0, 'EXECUTING']] });
    await follow(at, await at.jobs.start(QUERY), 8);
    expect(at.uws.polls.every(({ path }) => path === '/async/1')).toBe(true);
    expect(gaps(at.uws).slice(-7)).toEqual(
      [2, 4, 8, 16, 30, 30, 30].map(s => s * 1000)
    );
  });

  it('VO-10: a service that ignores WAIT is not asked in a busy loop', async () => {
    const at = service({ ignoresWait: true, plan: [[0, 'EXECUTING']] });
    await follow(at, await at.jobs.start(QUERY), 12);
    expect(Math.min(...gaps(at.uws).slice(1))).toBeGreaterThanOrEqual(1000);
    expect(gaps(at.uws).at(-1)).toBe(30_000);
  });

  it('VO-11: HELD leads to one further RUN, then waits', async () => {
    const at = service({ plan: [[0, 'HELD']] });
    await follow(at, await at.jobs.start(QUERY), 6);
    const runs = at.uws.seen.filter(({ form }) => form === 'PHASE=RUN');
    expect(runs).toHaveLength(2);
    const freed = service({
      plan: [[0, 'HELD']],
      planAfterHeld: [[0, 'COMPLETED']]
    });
    expect(await follow(freed, await freed.jobs.start(QUERY))).toEqual(['COMPLETED']);
  });

  it('VO-12: SUSPENDED and UNKNOWN are asked on; ARCHIVED is the end', async () => {
    const at = service({
      plan: [
        [0, 'SUSPENDED'],
        [9000, 'UNKNOWN'],
        [50_000, 'ARCHIVED']
      ],
      result: () => new Response('gone', { status: 404 })
    });
    const started = await at.jobs.start(QUERY);
    const phases = await follow(at, started);
    expect(phases.filter(phase => phase === 'SUSPENDED').length).toBeGreaterThan(1);
    expect(phases.filter(phase => phase === 'UNKNOWN').length).toBeGreaterThan(1);
    expect(phases.at(-1)).toBe('ARCHIVED');
    expect(at.uws.polls.some(({ path }) => path.includes('WAIT'))).toBe(false);
    const error = await failure(rows(at.jobs.result(started.url, 10)));
    expect(error).toMatchObject({ kind: 'not-found', details: { archive: 'Example' } });
    expect(error.message).toMatch(/result expired/);
  });

  it('VO-13: a phase nobody knows is asked on', async () => {
    const at = service({
      plan: [
        [0, 'MEDITATING'],
        [20_000, 'completed']
      ]
    });
    const phases = await follow(at, await at.jobs.start(QUERY));
    expect(phases.slice(0, 2)).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(phases.at(-1)).toBe('COMPLETED');
  });

  it.each(['PENDING', 'QUEUED', 'EXECUTING'])(
    'VO-14: a job in %s is stopped',
    async phase => {
      const at = service({ plan: [[0, phase]] });
      const { url, job } = await at.jobs.start(QUERY);
      expect(job.phase).toBe(phase);
      expect((await at.jobs.uws.abort(url)).phase).toBe('ABORTED');
      expect(at.uws.seen.some(({ form }) => form === 'PHASE=ABORT')).toBe(true);
    }
  );

  it.each([400, 403, 405, 501])(
    'VO-15: where DELETE gets %d the job is deleted by POST',
    async onDelete => {
      const at = service({ onDelete });
      const { url } = await at.jobs.start(QUERY);
      await at.jobs.uws.remove(url);
      expect(at.uws.jobs.size).toBe(0);
      const [first, second] = at.uws.seen.slice(-3);
      expect(first).toMatchObject({ method: 'DELETE', path: '/async/1' });
      expect(second).toMatchObject({ method: 'POST', form: 'ACTION=DELETE' });
    }
  );

  it('VO-15: where DELETE works nothing else is sent', async () => {
    const at = service();
    const { url } = await at.jobs.start(QUERY);
    await at.jobs.uws.remove(url);
    expect(at.uws.jobs.size).toBe(0);
    expect(at.uws.calls.slice(-2)).toEqual(['DELETE /async/1', 'GET /async']);
  });

  it('VO-16: a job that is gone is told as gone, and removing it is no error', async () => {
    const at = service();
    const { url } = await at.jobs.start(QUERY);
    at.uws.jobs.clear();
    const error = await failure(at.jobs.uws.status(url));
    expect(error).toMatchObject({
      kind: 'not-found',
      message: 'The service no longer knows this job.',
      details: { archive: 'Example' }
    });
    await expect(at.jobs.uws.remove(url)).resolves.toBeUndefined();
    await expect(at.jobs.uws.abort(url)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it.each([
    ['a VOTable', undefined, 'It failed.\nUnknown column x.'],
    [
      'text',
      () => new Response('It failed. Column x of 7.'),
      'It failed. Column x of 7.'
    ],
    ['nothing', () => new Response('', { status: 404 }), 'It failed.']
  ])(
    'VO-17: an ERROR tells the summary and what /error adds, %s',
    async (_, error, words) => {
      const at = service({ plan: [[0, 'ERROR']], ...(error && { error }) });
      const { url } = await at.jobs.start(QUERY);
      const job = await at.jobs.uws.status(url);
      expect(job.phase).toBe('ERROR');
      expect(job.error?.message).toBe(words);
    }
  );
});
