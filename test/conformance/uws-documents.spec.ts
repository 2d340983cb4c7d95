import { describe, expect, it } from 'vitest';

import { parseJob, parseJobList } from '../../src/protocol/uws.js';
import { fixtureText } from '../support/fixtures.js';

describe('job documents', () => {
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
