import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../src/protocol/errors.js';
import { buildQueryRequest, TapJobs } from '../../src/protocol/tap.js';
import type { IAskOptions } from '../../src/protocol/transport.js';
import {
  followJob,
  type IUwsJob,
  JobPoller,
  parseJob,
  parseJobList
} from '../../src/protocol/uws.js';
import { fixtureText } from '../support/fixtures.js';
import { votable } from '../support/transport.js';
import { FakeUws, type IUwsHabits, redirect } from '../support/uws.js';
import { FakeClock } from '../support/waiting.js';

const QUERY = { adql: 'SELECT TOP 9 * FROM ivoa.ObsCore', maxrec: 1000 };

/** 2026-04-01T10:00:00Z. */
const NOON = Date.UTC(2026, 3, 1, 10);

/** A service with these habits, and our client of it. */
function service(habits: Partial<IUwsHabits> = {}) {
  const clock = new FakeClock(NOON);
  const uws = new FakeUws(clock, habits);
  const jobs = new TapJobs(uws, { id: 'x', name: 'Example' }, uws.base, { clock });
  return { clock, uws, jobs };
}

/** Follow a job to its end, or for so many questions. */
async function follow(
  { clock, jobs }: ReturnType<typeof service>,
  { url, job }: { url: string; job: IUwsJob },
  most = Infinity,
  how: IAskOptions = {}
): Promise<string[]> {
  const source = {
    status: (wait?: Parameters<TapJobs['uws']['status']>[2]) =>
      jobs.uws.status(url, how, wait),
    run: () => jobs.uws.run(url, how)
  };
  const poller = new JobPoller(source, clock, job, { runHeld: true });
  const phases: string[] = [];
  for await (const { phase } of followJob(poller, clock)) {
    phases.push(phase);
    if (phases.length >= most) {
      break;
    }
  }
  return phases;
}

async function failure(work: Promise<unknown>): Promise<ProtocolError> {
  const reason: unknown = await work.then(
    () => null,
    (error: unknown) => error
  );
  expect(reason).toBeInstanceOf(ProtocolError);
  return reason as ProtocolError;
}

async function rows(events: AsyncIterable<{ type: string }>): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of events) {
    types.push(type);
  }
  return types;
}

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

  const BODY =
    '<P:jobId>a&amp;b</P:jobId><P:ownerId xsi:nil="true"/><P:phase> EXECUTING </P:phase>' +
    '<P:quote xsi:nil="true"/><P:startTime>2026-04-01T10:16:14.123456+02:00</P:startTime>' +
    '<P:executionDuration>0</P:executionDuration><P:weather>fine</P:weather>' +
    '<P:parameters><P:parameter id="QUERY">SELECT &lt; 1</P:parameter></P:parameters>' +
    '<P:results><P:result id="result" href="results/result" size="12" mime-type="text/xml"/>' +
    '<P:result id="js" href="javascript:alert(1)"/></P:results>' +
    '<P:jobInfo><phase>COMPLETED</phase></P:jobInfo>';

  it.each([
    ['a prefix', 'P:', ' xmlns:P="http://www.ivoa.net/xml/UWS/v1.0"'],
    ['a default namespace', '', ' xmlns="http://www.ivoa.net/xml/UWS/v1.0"'],
    ['no namespace', '', '']
  ])(
    'VO-18: a job document with %s, xsi:nil and extra elements is read',
    (_, prefix, ns) => {
      const text = `<P:job${ns} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${BODY}</P:job>`;
      const job = parseJob(
        text.replaceAll('P:', prefix).replace('xmlns:="', 'xmlns:P="'),
        'https://x.org/tap/async/7/'
      );
      expect(job).toMatchObject({
        id: 'a&b',
        owner: null,
        phase: 'EXECUTING',
        quote: null,
        started: Date.UTC(2026, 3, 1, 8, 16, 14, 123),
        ended: null,
        executionDuration: 0,
        parameters: [{ id: 'QUERY', value: 'SELECT < 1' }],
        canWait: false
      });
      expect(job.results).toEqual([
        {
          id: 'result',
          href: 'https://x.org/tap/async/7/results/result',
          mime: 'text/xml',
          size: 12
        }
      ]);
    }
  );
});

describe('recorded job documents', () => {
  const ERROR = { message: 'We have problem', transient: false, hasDetail: false };

  it.for([
    ['vo/pyvo_job.xml', { id: '1337', phase: 'COMPLETED', owner: null, canWait: true }],
    [
      'vo/pyvo_job-error.xml',
      { phase: 'ERROR', error: ERROR, executionDuration: 7200 }
    ],
    ['vo/pyvo_job-with-duplicate-elements.xml', { id: 'myjobid', phase: 'COMPLETED' }],
    ['vo/pyvo_job-with-empty-jobinfo.xml', { id: 'myjobid', owner: null }],
    ['vo/pyvo_job-with-namespace-elements.xml', { id: 'myjobid', error: null }],
    ['vo/pyvo_job-with-nested-jobinfo.xml', { id: 'jobid123', runId: null }],
    ['rubin/cutout_uws_pending.xml', { owner: 'test-user', executionDuration: 600 }]
  ] as const)('VO-18: %s is read', ([name, expected], context) => {
    expect(parseJob(fixtureText(context, name), 'https://x.org/1')).toMatchObject(
      expected
    );
  });

  it('VO-18: lists of jobs with and without addresses are read', context => {
    const rubin = parseJobList(
      fixtureText(context, 'rubin/rsp_resp-tap.xml'),
      'https://data.example/api/tap/async'
    );
    expect(rubin).toHaveLength(11);
    expect(rubin[0]).toEqual({
      id: 'b14h0uj4acef4wxd',
      url: 'https://data.example/api/tap/async/b14h0uj4acef4wxd',
      phase: 'COMPLETED',
      runId: 'ivoa.ObsCore - data',
      owner: 'adam',
      created: Date.UTC(2025, 8, 12, 21, 36, 52, 656)
    });
    const none = fixtureText(context, 'rubin/rsp_resp-tap-0.xml');
    expect(parseJobList(none, 'https://data.example/api/tap/async')).toEqual([]);
    const esa = parseJobList(
      fixtureText(context, 'vo/esa_jobs_list.xml'),
      'https://x.org/a'
    );
    expect(esa.map(({ url, phase }) => `${url} ${phase}`)).toEqual([
      'http://test:1111/tap/async/12345 COMPLETED',
      'http://test:1111/tap/async/77777 ERROR'
    ]);
  });
});

describe('jobs at other addresses', () => {
  it.each([
    'https://evil.example/tap/async/1',
    'https://tap.example:8443/tap/async/1',
    'https://user@tap.example.evil.example/async/1'
  ])('refuses a job at %s', async location => {
    const { jobs, uws } = service({ created: () => redirect(location) });
    const error = await failure(jobs.start(QUERY));
    expect(error).toMatchObject({
      kind: 'refused-address',
      details: { archive: 'Example' }
    });
    expect(error.message).toMatch(/^tap\.example put the job at \S+, which is another/);
    expect(uws.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('takes https for a job that its service calls by http', async () => {
    const { jobs } = service({
      created: () => redirect('http://tap.example/tap/async/1?x#y')
    });
    expect((await jobs.start(QUERY)).url).toBe('https://tap.example/tap/async/1');
  });

  it('leaves entries of a list out that are elsewhere', async () => {
    const at = service();
    await at.jobs.start(QUERY);
    const list = await at.jobs.uws.list(at.jobs.listUrl);
    expect(list.map(({ url }) => url)).toEqual(['https://tap.example/tap/async/1']);
    const evil = '<jobs><jobref id="1" href="https://evil.example/1"/></jobs>';
    const { jobs } = service({ created: () => new Response(evil) });
    expect((await failure(jobs.start(QUERY))).kind).toBe('bad-answer');
  });
});

describe('a start that does not come off', () => {
  it('tells the words of a service that refuses the query with HTTP status 200', async () => {
    const { jobs } = service({
      created: () =>
        new Response(votable({ status: 'ERROR', message: 'No such table.' }))
    });
    expect(await failure(jobs.start(QUERY))).toMatchObject({
      kind: 'rejected',
      message: 'No such table.'
    });
  });

  it('leaves nothing at the service when it is cancelled', async () => {
    const at = service({ plan: [[0, 'PENDING']] });
    const abort = new AbortController();
    at.clock.sleep = () => {
      abort.abort();
      return Promise.resolve();
    };
    const error = await failure(at.jobs.start(QUERY, {}, {}, abort.signal));
    expect(error.kind).toBe('cancelled');
    expect(at.uws.jobs.size).toBe(0);
    expect(at.uws.calls.slice(-4)).toContain('DELETE /async/1');
  });
});

describe('uploads', () => {
  const uploads = [
    { name: 'targets', votable: '<VOTABLE>\u00e9\r\n</VOTABLE>' },
    { name: 'b2', votable: '<VOTABLE/>' }
  ];

  it.each(['sync', 'async'] as const)(
    'go along with a %s query as files',
    async resource => {
      const adql = `SELECT 'a"b\r\n--x' FROM TAP_UPLOAD.targets`;
      const request = buildQueryRequest('https://x.org/tap', resource, {
        adql,
        maxrec: 5,
        uploads
      });
      expect(request.url).toBe(`https://x.org/tap/${resource}`);
      const form = await new Response(request.body as Uint8Array<ArrayBuffer>, {
        headers: request.headers
      }).formData();
      expect(form.get('QUERY')).toBe(adql);
      expect(form.get('UPLOAD')).toBe('targets,param:targets;b2,param:b2');
      const file = form.get('targets') as File;
      expect(file.type).toBe('application/x-votable+xml');
      expect(await file.text()).toBe(uploads[0].votable);
    }
  );

  it.each(['', '1a', 'a b', 'a"; name="QUERY', 'a;b'])('refuse the name %j', name => {
    const query = { adql: '', maxrec: 1, uploads: [{ name, votable: '' }] };
    expect(() => buildQueryRequest('https://x.org', 'sync', query)).toThrow(
      /cannot be the name/
    );
  });

  it('refuse the same name twice, in any case', () => {
    const twice = ['a', 'A'].map(name => ({ name, votable: '' }));
    const query = { adql: '', maxrec: 1, uploads: twice };
    expect(() => buildQueryRequest('https://x.org', 'sync', query)).toThrow();
  });
});
