import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import type { IJob } from '../../../../src/model/jobs/types.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { describeJob, matches } from '../../../../src/view/jobs/row.js';
import { formatRun } from '../../../../src/view/jobs/words.js';
import { AHEAD, job, NOW } from './fakes.js';

const CONTEXT = { nameOf: () => 'ESO', canSave: true };
const DAY = 86_400_000;

function row(entry: IJob, now = NOW) {
  return describeJob(entry, CONTEXT, now, nullTranslator.load('obsdeck'));
}

describe('a job in the list', () => {
  it.each<[string, IJob, string]>([
    ['is not started', job({ phase: 'PENDING' }), 'not started'],
    ['is queued', job({ phase: 'QUEUED' }), 'queued'],
    ['runs', job({}), 'running 0:48, limit 10:00'],
    ['runs without limit', job({ executionDuration: 0 }), 'running 0:48'],
    ['runs since nobody knows when', job({ started: null }), 'running'],
    ['is held', job({ phase: 'HELD' }), 'held by the service'],
    ['is suspended', job({ phase: 'SUSPENDED' }), 'paused by the service'],
    ['is archived', job({ phase: 'ARCHIVED' }), 'archived, result gone'],
    ['is unknown', job({ phase: 'UNKNOWN' }), 'state unknown, asking again'],
    ['was stopped', job({ phase: 'ABORTED' }), 'stopped'],
    [
      'failed',
      job({
        phase: 'ERROR',
        error: { message: 'No table dbo.rwa', transient: false, hasDetail: false }
      }),
      'No table dbo.rwa'
    ],
    [
      'failed without a word',
      job({ phase: 'ERROR' }),
      'failed, the service does not say why'
    ],
    [
      'is done',
      job(
        { phase: 'COMPLETED', destruction: NOW + AHEAD + 6.5 * DAY },
        { record: { rows: 4812 } }
      ),
      '4,812 rows, deleted by the service in 6 d'
    ],
    [
      'is done, its rows not fetched',
      job({
        phase: 'COMPLETED',
        results: [{ id: 'result', href: 'https://x.org', mime: null, size: 8112 }]
      }),
      'done, 8.11 kB'
    ],
    [
      'is done and past its end',
      job(
        { phase: 'COMPLETED', destruction: NOW + AHEAD - 1 },
        { record: { rows: 1 } }
      ),
      '1 row, the service may have deleted it'
    ],
    [
      'was saved and removed',
      job(null, { record: { rows: 20, saved: 'a/b.fits', removed: 'COMPLETED' } }),
      '20 rows, saved as a/b.fits'
    ],
    [
      'was stopped and removed',
      job(null, { record: { removed: 'ABORTED' } }),
      'stopped'
    ],
    ['vanished', job({}, { gone: true }), 'The service no longer knows this job.'],
    ['was not asked about', job(null), 'not asked about since the page was loaded'],
    ['ended long ago', job(null, { record: { ended: 5 } }), 'ended'],
    [
      'needs a sign-in',
      job({}, { error: new ProtocolError('expired', 'It ran out.') }),
      'sign in to ESO to see how it stands'
    ],
    [
      'cannot be asked about',
      job({}, { error: new ProtocolError('unavailable', 'No answer.') }),
      'cannot be asked: No answer.'
    ],
    [
      'is the user’s own',
      job({ phase: 'QUEUED' }, { record: { as: 'me' } }),
      'queued, as you'
    ],
    [
      'was found in the user’s name',
      job({ phase: 'COMPLETED' }, { kept: false, record: { as: 'me' } }),
      'done, started elsewhere'
    ],
    [
      'may be anybody’s',
      job({ phase: 'QUEUED' }, { kept: false }),
      'queued, started elsewhere, maybe by somebody else'
    ],
    ['is being stopped', job({}, { work: 'stop' }), 'stopping …']
  ])('says that it %s', (_, entry, words) => {
    expect(row(entry)).toMatchObject({
      title: 'Sgr A*',
      line: `ESO, ${words}`,
      name: `Sgr A*, ESO, ${words}`
    });
  });

  it('counts by the service’s clock and the time gone by here', () => {
    expect(row(job({}), NOW + 72_000).line).toBe('ESO, running 2:00, limit 10:00');
    // Without a Date the document is taken as of when it came.
    const silent = job({ sent: null, started: NOW - 5000 });
    expect(row(silent, NOW + 1000).line).toBe('ESO, running 0:06, limit 10:00');
    // A clock that is far behind never makes it negative.
    expect(row(job({ sent: null })).line).toBe('ESO, running 0:00, limit 10:00');
  });

  it.each<[string, IJob, string[]]>([
    ['not started', job({ phase: 'PENDING' }), ['Start', 'Remove']],
    ['held', job({ phase: 'HELD' }), ['Start', 'Remove']],
    ['queued', job({ phase: 'QUEUED' }), ['Stop']],
    ['running', job({}), ['Stop']],
    ['suspended', job({ phase: 'SUSPENDED' }), ['Stop']],
    ['done', job({ phase: 'COMPLETED' }), ['Open', 'Save as …', 'Remove']],
    ['failed', job({ phase: 'ERROR' }), ['Run again', 'Remove']],
    ['vanished', job({}, { gone: true }), ['Run again', 'Remove']],
    [
      'of a list that went along',
      job({ phase: 'ERROR' }, { record: { adql: 'SELECT * FROM Tap_Upload.t' } }),
      ['Remove']
    ],
    ['found', job({ phase: 'COMPLETED' }, { kept: false }), ['Fetch']],
    ['found and failed', job({ phase: 'ERROR' }, { kept: false }), []]
  ])('offers for a job that is %s', (_, entry, labels) => {
    const { actions } = row(entry);
    expect(actions.map(({ label }) => label)).toEqual(labels);
    for (const { label, name } of actions) {
      expect(name).toBe(`${label} job Sgr A*`);
    }
  });

  it('shows how much of its limit has gone by, and nothing it does not know', () => {
    expect(row(job({})).progress).toBeCloseTo(0.08);
    expect(row(job({}), NOW + DAY).progress).toBe(1);
    expect(row(job({ executionDuration: 0 })).progress).toBe('waiting');
    expect(row(job({ phase: 'QUEUED' })).progress).toBe('waiting');
    expect(row(job({ phase: 'COMPLETED' })).progress).toBeNull();
    const lost = new ProtocolError('unavailable', 'No answer.');
    expect(row(job({}, { error: lost })).progress).toBeNull();
  });

  it.each([
    ['sgr RUNNING', true],
    ['eso 10:00', true],
    ['  ', true],
    ['rubin', false]
  ])('is found by %j: %s', (filter, isFound) => {
    expect(matches(row(job({})), filter)).toBe(isFound);
  });
});

it.each([
  [-5, '0:00'],
  [48.9, '0:48'],
  [600, '10:00'],
  [3723, '1:02:03'],
  [360_000, '100:00:00']
])('a run of %d s reads %s', (seconds, text) => {
  expect(formatRun(seconds)).toBe(text);
});
