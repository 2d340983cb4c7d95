import { describe, expect, it } from 'vitest';

import { SignInGate } from '../../../src/model/signingate.js';
import { ProtocolError } from '../../../src/protocol/errors.js';

const EXPIRED = new ProtocolError('expired', 'The sign-in has expired.');

/** A gate that remembers what it told. */
function gate(isSignedIn = true) {
  const told: string[] = [];
  const opened = new SignInGate({
    ranOut: archive => told.push(archive),
    changed: () => undefined,
    isSignedIn: async () => Promise.resolve(isSignedIn)
  });
  return { gate: opened, told };
}

/** Work that fails so often with this, and then gives `done`. */
function failing(times: number, error: unknown = EXPIRED) {
  const work = {
    tries: 0,
    run: async () => {
      await Promise.resolve();
      if (work.tries++ < times) {
        throw error;
      }
      return 'done';
    }
  };
  return work;
}

/** Lets everything that can happen now happen. */
function settled(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve));
}

describe('SignInGate', () => {
  it.each(['expired', 'not-signed-in'] as const)(
    'does work that failed with %s again after the sign-in',
    async kind => {
      const { gate: one, told } = gate();
      const work = failing(1, new ProtocolError(kind, 'No.'));
      const done = one.run('eso', work.run);
      await settled();
      expect(told).toEqual(['eso']);
      expect(one.waiting).toEqual(['eso']);
      one.open('eso');
      expect(await done).toBe('done');
      expect(work.tries).toBe(2);
      expect(one.waiting).toEqual([]);
    }
  );

  it('tells once however much waits, and keeps what comes later from asking', async () => {
    const { gate: one, told } = gate();
    const works = Array.from({ length: 20 }, () => failing(1));
    const done = works.map(work => one.run('rubin', work.run));
    await settled();
    const late = failing(0);
    done.push(one.run('rubin', late.run));
    await settled();
    expect(told).toEqual(['rubin']);
    expect(late.tries).toBe(0);
    one.open('rubin');
    expect(await Promise.all(done)).toEqual(Array(21).fill('done'));
  });

  it('keeps archives apart', async () => {
    const { gate: one, told } = gate();
    const eso = one.run('eso', failing(1).run);
    const rubin = one.run('rubin', failing(1).run);
    await settled();
    expect(told).toEqual(['eso', 'rubin']);
    one.open('eso');
    expect(await eso).toBe('done');
    expect(one.waiting).toEqual(['rubin']);
    one.reject('rubin');
    await expect(rubin).rejects.toBe(EXPIRED);
  });

  it('asks again at once where a sign-in came while the work was under way', async () => {
    const { gate: one, told } = gate();
    const work = failing(1);
    const done = one.run('eso', work.run);
    one.open('eso');
    expect(await done).toBe('done');
    expect(told).toEqual([]);
  });

  it('does not go round when a fresh sign-in is refused too', async () => {
    const { gate: one, told } = gate();
    const work = failing(Infinity);
    const done = one.run('eso', work.run);
    await settled();
    one.open('eso');
    await expect(done).rejects.toBe(EXPIRED);
    expect(work.tries).toBe(2);
    expect(told).toEqual(['eso']);
  });

  it('waits again where the next sign-in ran out as well', async () => {
    const { gate: one, told } = gate(false);
    const done = one.run('eso', failing(2).run);
    await settled();
    one.open('eso');
    await settled();
    expect(told).toEqual(['eso', 'eso']);
    one.open('eso');
    expect(await done).toBe('done');
  });

  it.each([
    ['another error', new ProtocolError('forbidden', 'No.')],
    ['an address that may not see the credential', EXPIRED.with({ as: 'anyone' })],
    ['no typed error', new Error('x')]
  ])('does not wait for %s', async (_what, error) => {
    const { gate: one, told } = gate();
    await expect(one.run('eso', failing(1, error).run)).rejects.toBe(error);
    expect(told).toEqual([]);
  });

  it('lets go of what is cancelled, and of the archive with the last', async () => {
    const { gate: one } = gate();
    const first = new AbortController();
    const second = new AbortController();
    const done = [first, second].map(({ signal }) =>
      one.run('eso', failing(1).run, signal)
    );
    await settled();
    first.abort();
    await expect(done[0]).rejects.toMatchObject({ kind: 'cancelled' });
    expect(one.waiting).toEqual(['eso']);
    second.abort();
    await expect(done[1]).rejects.toMatchObject({ kind: 'cancelled' });
    expect(one.waiting).toEqual([]);
  });

  it('does not begin what was cancelled while another waits', async () => {
    const { gate: one } = gate();
    const holding = one.run('eso', failing(1).run);
    await settled();
    const late = failing(0);
    await expect(one.run('eso', late.run, AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled'
    });
    expect(late.tries).toBe(0);
    one.open('eso');
    await holding;
  });

  it('ends what waits with a reason of its own', async () => {
    const { gate: one } = gate();
    const done = one.run('eso', failing(1).run);
    await settled();
    const reason = new ProtocolError('not-signed-in', 'You signed out.');
    one.reject('eso', reason);
    await expect(done).rejects.toBe(reason);
  });
});
