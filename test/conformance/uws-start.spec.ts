import { describe, expect, it } from 'vitest';

import { redirect } from '../support/uws.js';
import { votable } from '../support/transport.js';
import { failure, QUERY, service } from './uwsbench.js';

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
