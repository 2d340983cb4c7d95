import { expect } from 'vitest';

import { ProtocolError } from '../../src/protocol/errors.js';
import { TapJobs } from '../../src/protocol/tap.js';
import type { IAskOptions } from '../../src/protocol/transport.js';
import { followJob, type IUwsJob, JobPoller } from '../../src/protocol/uws.js';
import { FakeUws, type IUwsHabits } from '../support/uws.js';
import { FakeClock } from '../support/waiting.js';

/** A query that any service takes. */
export const QUERY = { adql: 'SELECT TOP 9 * FROM ivoa.ObsCore', maxrec: 1000 };

/** 2026-04-01T10:00:00Z. */
export const NOON = Date.UTC(2026, 3, 1, 10);

/** A service with these habits, and our client of it. */
export function service(habits: Partial<IUwsHabits> = {}) {
  const clock = new FakeClock(NOON);
  const uws = new FakeUws(clock, habits);
  const jobs = new TapJobs(uws, { id: 'x', name: 'Example' }, uws.base, { clock });
  return { clock, uws, jobs };
}

/** Follow a job to its end, or for so many questions. */
export async function follow(
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

/** The error that work fails with. */
export async function failure(work: Promise<unknown>): Promise<ProtocolError> {
  const reason: unknown = await work.then(
    () => null,
    (error: unknown) => error
  );
  expect(reason).toBeInstanceOf(ProtocolError);
  return reason as ProtocolError;
}

/** What came of an answer. */
export async function rows(events: AsyncIterable<{ type: string }>): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of events) {
    types.push(type);
  }
  return types;
}
