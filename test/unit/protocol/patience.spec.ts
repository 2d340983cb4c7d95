import { describe, expect, it } from 'vitest';

import { PatientTransport } from '../../../src/protocol/patience.js';
import { FakeTransport } from '../../support/transport.js';
import { FakeClock } from '../../support/waiting.js';

const BUSY = { status: 429, headers: { 'Retry-After': '40' } };

/** A service that gives these answers in turn, the last one from then on. */
function service(...answers: ResponseInit[]) {
  const clock = new FakeClock(1000);
  const transport = new FakeTransport(() => {
    const init = answers.length > 1 ? answers.shift() : answers[0];
    return new Response('words', init);
  });
  return { clock, transport, patient: new PatientTransport(transport, clock) };
}

describe('PatientTransport', () => {
  it('waits as long as it is asked to, tells so, and asks the same again', async () => {
    const { patient, transport, clock } = service(BUSY, { status: 200 });
    const told: (number | null)[] = [];
    const body = new URLSearchParams({ QUERY: 'SELECT 1' });
    const answer = await patient.request('x', {
      url: 'https://x.org/',
      method: 'POST',
      body,
      waits: until => told.push(until)
    });
    expect(answer.status).toBe(200);
    expect(clock.slept).toEqual([40_000]);
    expect(told).toEqual([41_000, null]);
    expect(transport.seen).toHaveLength(2);
    expect(transport.seen[1]).toEqual(transport.seen[0]);
  });

  it('asks once more only', async () => {
    const { patient, transport } = service(BUSY);
    const answer = await patient.request('x', { url: 'https://x.org/' });
    expect(answer.status).toBe(429);
    expect(transport.seen).toHaveLength(2);
    expect(await new Response(answer.body).text()).toBe('words');
  });

  it.each([
    ['nobody says how long', { status: 429 }],
    [
      'it is longer than anyone waits',
      { status: 429, headers: { 'Retry-After': '3600' } }
    ],
    ['it is another failure', { status: 503, headers: { 'Retry-After': '1' } }]
  ])('gives the answer on at once where %s', async (_what, init) => {
    const { patient, transport, clock } = service(init);
    const answer = await patient.request('x', { url: 'https://x.org/' });
    expect(answer.status).toBe(init.status);
    expect(await new Response(answer.body).text()).toBe('words');
    expect(transport.seen).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it('stops waiting when it is cancelled', async () => {
    const transport = new FakeTransport(() => new Response('', BUSY));
    const abort = new AbortController();
    const asked = new PatientTransport(transport).request('x', {
      url: 'https://x.org/',
      signal: abort.signal,
      waits: until => until !== null && abort.abort()
    });
    await expect(asked).rejects.toMatchObject({ kind: 'cancelled' });
    expect(transport.seen).toHaveLength(1);
  });
});
